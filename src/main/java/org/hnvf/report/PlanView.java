package org.hnvf.report;

import com.google.common.collect.ImmutableList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hnvf.model.Action;
import org.hnvf.model.Expectation;
import org.hnvf.model.Plan;
import org.hnvf.model.Step;

/**
 * Formats the output of {@code hnvf plan}: the commands in their order, with the undo of each step.
 */
public final class PlanView {

  private PlanView() {}

  /** Returns the text. */
  public static String text(Plan plan) {
    StringBuilder text = new StringBuilder();
    text.append("plan for ").append(plan.pair().hn());
    plan.pair().vf().ifPresent(vf -> text.append(" with VF ").append(vf));
    text.append(": ").append(plan.intent()).append('\n');
    if (plan.isEmpty()) {
      text.append("nothing to do\n");
      section(text, "note", plan.notes());
      return text.toString();
    }
    int number = 0;
    for (Step step : plan.steps()) {
      text.append(String.format("%n%2d. %s%s%n", ++number, step.name(), mark(plan, number - 1)));
      step.actions().forEach(action -> text.append("      ").append(action.line()).append('\n'));
      if (number <= plan.pointOfNoReturn()) {
        step.undo().forEach(undo -> text.append("    undo  ").append(undo.line()).append('\n'));
      }
    }
    boolean undoable = plan.pointOfNoReturn() > 0;
    section(text, "must be true at the end", expectations(plan.expectations()));
    if (undoable) {
      section(text, "if a step fails, first of all", lines(plan.firstUndo()));
      section(text, "must be true after the undo", expectations(plan.fallback()));
    }
    section(text, "note", plan.notes());
    return text.toString();
  }

  /** Returns the data. */
  public static Map<String, Object> data(Plan plan) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("pair", plan.pair().hn().value());
    plan.pair().vf().ifPresent(vf -> data.put("vf", vf.value()));
    plan.pair().lagg().ifPresent(lagg -> data.put("lagg", lagg.value()));
    data.put("intent", plan.intent().name());
    data.put(
        "steps",
        plan.steps().stream().map(PlanView::data).collect(ImmutableList.toImmutableList()));
    data.put("pointOfNoReturn", plan.pointOfNoReturn());
    data.put("firstUndo", lines(plan.firstUndo()));
    data.put("expectations", expectations(plan.expectations()));
    data.put("fallback", expectations(plan.fallback()));
    data.put("notes", plan.notes());
    return data;
  }

  private static Map<String, Object> data(Step step) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("name", step.name());
    data.put("critical", step.critical());
    data.put("actions", lines(step.actions()));
    data.put("undo", lines(step.undo()));
    return data;
  }

  private static String mark(Plan plan, int index) {
    return (plan.steps().get(index).critical() ? "   [cut off]" : "")
        + (index > 0 && index == plan.pointOfNoReturn() ? "   [from here on only forward]" : "");
  }

  private static void section(StringBuilder text, String title, List<String> lines) {
    if (!lines.isEmpty()) {
      text.append('\n').append(title).append(":\n");
      lines.forEach(line -> text.append("      ").append(line).append('\n'));
    }
  }

  private static ImmutableList<String> lines(List<Action> actions) {
    return actions.stream().map(Action::line).collect(ImmutableList.toImmutableList());
  }

  private static ImmutableList<String> expectations(List<Expectation> expectations) {
    return expectations.stream().map(Expectation::text).collect(ImmutableList.toImmutableList());
  }
}
