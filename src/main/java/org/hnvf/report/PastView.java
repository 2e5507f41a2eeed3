package org.hnvf.report;

import com.google.common.collect.ImmutableList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hnvf.model.PastScript;
import org.hnvf.model.PastWorkflow;

/** Formats a workflow of the history. */
final class PastView {

  private PastView() {}

  /**
   * Returns the workflow in one sentence: its cause, its target, its duration, the cut, the end.
   */
  static String line(PastWorkflow past) {
    return past.cause()
        + ": "
        + past.intent().words()
        + ": "
        + ending(past)
        + cut(past)
        + why(past);
  }

  /** Returns a run of an override script in one sentence. */
  static String line(PastScript script) {
    return "override script "
        + script.path()
        + ": "
        + script.failure().map(failure -> "failed after ").orElse("done in ")
        + Ago.exact(script.took())
        + script.failure().map(failure -> ": " + failure).orElse("");
  }

  /** Returns the data; durations are in milliseconds. */
  static Map<String, Object> data(PastScript script) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("path", script.path());
    data.put("tookMillis", script.took().toMillis());
    script.failure().ifPresent(failure -> data.put("failure", failure));
    return data;
  }

  private static String ending(PastWorkflow past) {
    String took = past.took().map(Ago::exact).orElse("?");
    return switch (past.ending()) {
      case DONE -> "done in " + took;
      case ROLLED_BACK -> "failed, rolled back after " + took;
      case VF_TAKEN -> "the host took the VF away, rolled back after " + took;
      case REFUSED -> "refused after " + took;
      case INCOMPLETE -> "failed after " + took + ", a part is missing";
      case CLOSED -> "closed after " + took;
      case UNFINISHED -> "unfinished";
    };
  }

  private static String cut(PastWorkflow past) {
    if (past.cutOff().isEmpty()) {
      return past.ended().isEmpty() ? "" : ", not cut off";
    }
    String atMost = past.undone() ? " at most" : "";
    return ", cut off for "
        + Ago.exact(past.cutOff().get())
        + atMost
        + past.untilTraffic().map(t -> ", the gateway answered after " + Ago.exact(t)).orElse("");
  }

  /** Returns the outcome in its own words unless the ending says it all. */
  private static String why(PastWorkflow past) {
    return switch (past.ending()) {
      case DONE, VF_TAKEN, UNFINISHED -> "";
      case ROLLED_BACK, REFUSED, INCOMPLETE, CLOSED ->
          past.outcome().map(words -> ": " + words.replaceFirst("^[a-z ]+: ", "")).orElse("");
    };
  }

  /** Returns a line for each step that began, with its duration. */
  static ImmutableList<String> steps(PastWorkflow past) {
    return past.steps().stream()
        .map(
            step ->
                String.format(
                    "%8s  %s%s%s",
                    step.took().map(Ago::exact).orElse("?"),
                    step.name(),
                    step.cutOff() ? " [cut off]" : "",
                    step.failure().map(failure -> " failed: " + failure).orElse("")))
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns the data; durations are in milliseconds. */
  static Map<String, Object> data(PastWorkflow past) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("cause", past.cause());
    data.put("intent", past.intent().name());
    data.put("begun", past.begun().toString());
    past.ended().ifPresent(end -> data.put("ended", end.toString()));
    data.put("ending", past.ending().name());
    past.outcome().ifPresent(words -> data.put("outcome", words));
    past.took().ifPresent(took -> data.put("tookMillis", took.toMillis()));
    past.cutOff().ifPresent(cut -> data.put("cutOffMillis", cut.toMillis()));
    past.untilTraffic().ifPresent(time -> data.put("untilTrafficMillis", time.toMillis()));
    data.put("rolledBack", past.undone());
    return data;
  }

  /** Returns the data with each step that began. */
  static Map<String, Object> dataWithSteps(PastWorkflow past) {
    Map<String, Object> data = data(past);
    data.put("planned", past.planned());
    data.put(
        "steps",
        past.steps().stream().map(PastView::data).collect(ImmutableList.toImmutableList()));
    return data;
  }

  private static Map<String, Object> data(PastWorkflow.Step step) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("number", step.number());
    data.put("name", step.name());
    data.put("begun", step.begun().toString());
    step.took().ifPresent(took -> data.put("tookMillis", took.toMillis()));
    data.put("cutOff", step.cutOff());
    step.failure().ifPresent(failure -> data.put("failure", failure));
    return data;
  }
}
