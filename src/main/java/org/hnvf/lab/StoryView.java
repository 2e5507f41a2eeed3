package org.hnvf.lab;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.hnvf.report.StatusContext;
import org.hnvf.report.StatusView;
import org.hnvf.report.Table;

/** How a story is shown. */
public final class StoryView {

  private StoryView() {}

  /** The end of a story: its pairs, and what each transition cost. */
  public static String table(Story story) {
    Table transitions =
        new Table("TRANSITION", "STATE AFTERWARDS", "CUT OFF", "COMMANDS", "CHANGES");
    for (Transition transition : story.transitions()) {
      transitions.row(
          transition.name(),
          transition.state().name(),
          transition.cutoffs().stream()
              .map(c -> c.address() + " " + millis(c.total()))
              .collect(Collectors.joining(", ")),
          Integer.toString(transition.commands()),
          Integer.toString(transition.changes()));
    }
    return StatusView.text(story.pairs()) + "\n" + transitions;
  }

  /** The story as data. */
  public static Map<String, Object> data(Story story) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put(
        "lines",
        story.lines().stream()
            .map(
                line ->
                    ImmutableMap.of(
                        "seconds", line.at().toMillis() / 1000.0,
                        "who", line.who(),
                        "text", line.text().strip()))
            .collect(ImmutableList.toImmutableList()));
    data.put(
        "transitions",
        story.transitions().stream().map(StoryView::data).collect(ImmutableList.toImmutableList()));
    data.put(
        "pairs",
        story.pairs().stream()
            .map(pair -> StatusView.data(pair, StatusContext.NONE))
            .collect(ImmutableList.toImmutableList()));
    return data;
  }

  private static Map<String, Object> data(Transition transition) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("name", transition.name());
    data.put("state", transition.state().name());
    data.put(
        "seconds", Duration.between(transition.began(), transition.ended()).toMillis() / 1000.0);
    data.put("commands", transition.commands());
    data.put("changes", transition.changes());
    data.put(
        "cutOff",
        transition.cutoffs().stream()
            .map(
                c ->
                    ImmutableMap.of(
                        "address", c.address(),
                        "totalMillis", c.total().toMillis(),
                        "longestMillis", c.longest().toMillis()))
            .collect(ImmutableList.toImmutableList()));
    return data;
  }

  private static String millis(Duration duration) {
    return duration.isZero() ? "0" : duration.toMillis() + " ms";
  }
}
