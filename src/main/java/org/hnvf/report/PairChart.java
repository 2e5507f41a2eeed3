package org.hnvf.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.hnvf.model.PairHistory;
import org.hnvf.model.PastWorkflow;
import org.hnvf.model.Sighting;

/**
 * Draws the history of a pair: when it had a VF, when the VF carried the traffic, its workflows.
 */
final class PairChart {

  private final PairHistory pair;
  private final ImmutableList<PastWorkflow> workflows;
  private final TimeScale scale;

  /**
   * Creates the drawing.
   *
   * @param workflows those of the pair that the page shows
   */
  PairChart(PairHistory pair, ImmutableList<PastWorkflow> workflows, TimeScale scale) {
    this.pair = pair;
    this.workflows = workflows;
    this.scale = scale;
  }

  Chart chart() {
    ImmutableList.Builder<Chart.Row> rows = ImmutableList.builder();
    rows.add(row("VF attached", intervals(seen -> seen.vf().isPresent())));
    rows.add(row("traffic through the VF", intervals(PairChart::usesVf)));
    ImmutableList<Chart.Bar> held = intervals(seen -> seen.held().isPresent());
    if (!held.isEmpty()) {
      rows.add(row("VF held down", held));
    }
    ImmutableList<Chart.Bar> bars =
        workflows.stream().map(PairChart::bar).collect(ImmutableList.toImmutableList());
    rows.add(new Chart.Row("workflows", endings(bars), bars));
    return new Chart(
        "History of hn" + pair.unit(),
        workflows.size()
            + (workflows.size() == 1 ? " workflow" : " workflows")
            + ". The table has the same facts.",
        scale,
        scale.clock(),
        Optional.empty(),
        rows.build());
  }

  private static Chart.Row row(String name, ImmutableList<Chart.Bar> intervals) {
    int times = intervals.size();
    return new Chart.Row(
        name, times == 0 ? "never" : times == 1 ? "once" : times + " times", intervals);
  }

  private static boolean usesVf(Sighting seen) {
    return seen.path().isPresent() && seen.path().equals(seen.vf());
  }

  /** Returns the intervals in which the last sighting has this property. */
  private ImmutableList<Chart.Bar> intervals(Predicate<Sighting> property) {
    List<Chart.Bar> bars = new ArrayList<>();
    Optional<Instant> since = Optional.empty();
    for (Sighting seen : pair.sightings()) {
      if (property.test(seen)) {
        since = since.or(() -> Optional.of(seen.at()));
      } else if (since.isPresent()) {
        bars.add(new Chart.Bar(Chart.Kind.AFTER, since.get(), seen.at()));
        since = Optional.empty();
      }
    }
    since.ifPresent(begin -> bars.add(new Chart.Bar(Chart.Kind.AFTER, begin, scale.to())));
    return bars.stream()
        .filter(bar -> bar.to().isAfter(scale.from()) && bar.from().isBefore(scale.to()))
        .collect(ImmutableList.toImmutableList());
  }

  private static Chart.Bar bar(PastWorkflow past) {
    Chart.Kind kind =
        switch (past.ending()) {
          case DONE, CLOSED -> Chart.Kind.DONE;
          case UNFINISHED -> Chart.Kind.OPEN;
          case ROLLED_BACK, VF_TAKEN, REFUSED, INCOMPLETE -> Chart.Kind.FAILED;
        };
    return new Chart.Bar(kind, past.begun(), past.ended().orElse(past.begun()));
  }

  /** Returns the meaning of the bars that are not of workflows that ended well. */
  private static String endings(ImmutableList<Chart.Bar> bars) {
    ImmutableSet<Chart.Kind> kinds =
        bars.stream().map(Chart.Bar::kind).collect(ImmutableSet.toImmutableSet());
    ImmutableList.Builder<String> words = ImmutableList.builder();
    if (kinds.contains(Chart.Kind.FAILED)) {
      words.add("✕ did not end well");
    }
    if (kinds.contains(Chart.Kind.OPEN)) {
      words.add("still running or unfinished");
    }
    return String.join("; ", words.build());
  }
}
