package org.hnvf.report;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.hnvf.model.Ending;
import org.hnvf.model.PairHistory;
import org.hnvf.model.Sighting;

/**
 * Draws the history of a pair: when it had a VF, when the VF carried the traffic, its workflows.
 */
final class PairChart {

  private final PairHistory pair;
  private final TimeScale scale;

  PairChart(PairHistory pair, TimeScale scale) {
    this.pair = pair;
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
    ImmutableList<Chart.Bar> workflows = workflows();
    boolean allWell = workflows.stream().allMatch(bar -> bar.kind() == Chart.Kind.DONE);
    rows.add(new Chart.Row("workflows", allWell ? "" : "✕ did not end well", workflows));
    return new Chart(
        "History of hn" + pair.unit(),
        pair.workflows().size() + " workflows. The table has the same facts.",
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

  private ImmutableList<Chart.Bar> workflows() {
    return pair.workflows().stream()
        .filter(past -> !past.begun().isBefore(scale.from()))
        .map(
            past ->
                new Chart.Bar(
                    past.ending() == Ending.DONE ? Chart.Kind.DONE : Chart.Kind.FAILED,
                    past.begun(),
                    past.ended().orElse(past.begun())))
        .collect(ImmutableList.toImmutableList());
  }
}
