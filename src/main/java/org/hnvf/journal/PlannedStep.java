package org.hnvf.journal;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A step of the plan in a journal.
 *
 * @param marked its name with its marks ({@link StepMarks})
 * @param commands what it does, a line for each command
 */
record PlannedStep(String marked, ImmutableList<String> commands) {

  private static final Pattern STEP = Pattern.compile("\\d{1,4} (\\S.*)");

  /** Returns the steps of an entry, in order. */
  static ImmutableList<PlannedStep> of(JournalEntry entry) {
    List<PlannedStep> steps = new ArrayList<>();
    for (String line : entry.steps()) {
      Matcher step = STEP.matcher(line);
      if (step.matches()) {
        steps.add(new PlannedStep(step.group(1), ImmutableList.of()));
      } else if (!steps.isEmpty()) {
        steps.add(steps.remove(steps.size() - 1).and(line.strip()));
      }
    }
    return ImmutableList.copyOf(steps);
  }

  /** Returns a copy with one more command. */
  private PlannedStep and(String command) {
    return new PlannedStep(
        marked, ImmutableList.<String>builder().addAll(commands).add(command).build());
  }

  /** Returns the name without its marks. */
  String name() {
    return StepMarks.name(marked);
  }
}
