package org.hnvf.report;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hnvf.model.HistoryEvent;

/** Formats the output of {@code hnvf history}. */
public final class HistoryView {

  private static final String STEP = "                      ";

  private HistoryView() {}

  /** Returns a line for each event, oldest first, and below a workflow a line for each step. */
  public static String text(Collection<HistoryEvent> events) {
    if (events.isEmpty()) {
      return "no event is recorded\n";
    }
    StringBuilder text = new StringBuilder();
    for (HistoryEvent event : events) {
      text.append(Ago.time(event.at())).append("  hn").append(event.unit()).append("  ");
      if (event instanceof HistoryEvent.Workflow workflow) {
        text.append(PastView.line(workflow.workflow())).append('\n');
        PastView.steps(workflow.workflow())
            .forEach(step -> text.append(STEP).append(step).append('\n'));
      } else if (event instanceof HistoryEvent.Script script) {
        text.append(PastView.line(script.script())).append('\n');
      } else if (event instanceof HistoryEvent.Seen seen) {
        text.append(seen.text()).append('\n');
      }
    }
    return text.toString();
  }

  /** Returns the data. */
  public static Map<String, Object> data(
      Collection<HistoryEvent> events, Collection<String> problems) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("schema", 1);
    data.put(
        "events", events.stream().map(HistoryView::data).collect(ImmutableList.toImmutableList()));
    data.put("problems", ImmutableList.copyOf(problems));
    return data;
  }

  private static Map<String, Object> data(HistoryEvent event) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("at", event.at().toString());
    data.put("pair", "hn" + event.unit());
    if (event instanceof HistoryEvent.Workflow workflow) {
      data.put("kind", "workflow");
      data.put("workflow", PastView.dataWithSteps(workflow.workflow()));
    } else if (event instanceof HistoryEvent.Script script) {
      data.put("kind", "script");
      data.put("script", PastView.data(script.script()));
    } else if (event instanceof HistoryEvent.Seen seen) {
      data.put("kind", "change");
      data.put("text", seen.text());
    }
    return data;
  }
}
