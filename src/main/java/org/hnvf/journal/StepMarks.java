package org.hnvf.journal;

import org.hnvf.model.Action;
import org.hnvf.model.Step;

/**
 * The marks of a step in the plan of a journal. {@code [cut off]}: the guest cannot be reached
 * while the step runs. {@code [traffic]}: the step ends when traffic passes through the VF.
 */
public final class StepMarks {

  private static final String CUT_OFF = " [cut off]";
  private static final String TRAFFIC = " [traffic]";

  private StepMarks() {}

  /** Returns the text to append to the name of a step. */
  public static String of(Step step) {
    boolean traffic = step.actions().stream().anyMatch(Action.AwaitTraffic.class::isInstance);
    return (step.critical() ? CUT_OFF : "") + (traffic ? TRAFFIC : "");
  }

  /** Returns whether the guest cannot be reached while the marked step runs. */
  static boolean isCutOff(String marked) {
    return marked.endsWith(CUT_OFF) || marked.endsWith(CUT_OFF + TRAFFIC);
  }

  /** Returns whether traffic passes through the VF when the marked step has ended. */
  static boolean awaitsTraffic(String marked) {
    return marked.endsWith(TRAFFIC);
  }

  /** Returns the name without its marks. */
  static String name(String marked) {
    String name = marked;
    name = name.endsWith(TRAFFIC) ? name.substring(0, name.length() - TRAFFIC.length()) : name;
    name = name.endsWith(CUT_OFF) ? name.substring(0, name.length() - CUT_OFF.length()) : name;
    return name;
  }
}
