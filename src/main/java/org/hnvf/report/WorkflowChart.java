package org.hnvf.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.model.PastWorkflow;
import org.hnvf.model.Sighting;

/** Draws a workflow: the state, the traffic, the cut, the steps, the rollback. */
final class WorkflowChart {

  private static final String UNKNOWN = "not known";

  private final PastWorkflow past;
  private final Optional<Sighting> before;
  private final Optional<Sighting> after;
  private final Instant end;

  /**
   * Creates the drawing.
   *
   * @param before the last sighting before the workflow
   * @param after the last sighting in it or soon after it
   */
  WorkflowChart(PastWorkflow past, Optional<Sighting> before, Optional<Sighting> after) {
    this.past = past;
    this.before = before;
    this.after = after;
    this.end = end(past);
  }

  /** Returns the last time that the journal has. */
  private static Instant end(PastWorkflow past) {
    return Streams.concat(
            past.steps().stream().map(PastWorkflow.Step::begun),
            past.steps().stream().flatMap(step -> step.ended().stream()),
            past.backSince().stream(),
            past.ended().stream())
        .max(Instant::compareTo)
        .orElse(past.begun());
  }

  Chart chart() {
    TimeScale scale = TimeScale.of(past.begun(), end);
    ImmutableList.Builder<Chart.Row> rows = ImmutableList.builder();
    rows.add(change("state", before.map(s -> "" + s.state()), after.map(s -> "" + s.state()), end));
    rows.add(
        change(
            "traffic",
            path(before),
            path(after),
            past.cutBegan().filter(t -> !past.undone()).orElse(end)));
    cut().ifPresent(rows::add);
    past.steps().forEach(step -> rows.add(row(step)));
    past.backSince()
        .ifPresent(
            since ->
                rows.add(
                    row("rolled back", took(since, past.ended()), Chart.Kind.BACK, since, end)));
    return new Chart(
        PastView.line(past), description(), scale, scale.elapsed(), cutBar(), rows.build());
  }

  private static Optional<String> path(Optional<Sighting> seen) {
    return seen.flatMap(Sighting::path).map(Object::toString);
  }

  /** Returns a row of a state before and after the workflow. */
  private Chart.Row change(
      String name, Optional<String> from, Optional<String> to, Instant boundary) {
    String first = from.orElse(UNKNOWN);
    String second = past.ended().isEmpty() ? UNKNOWN : to.orElse(UNKNOWN);
    if (first.equals(second)) {
      return row(name + ": " + first, "", Chart.Kind.BEFORE, past.begun(), end);
    }
    return new Chart.Row(
        name + ": " + first + ", then " + second,
        "",
        ImmutableList.of(
            new Chart.Bar(Chart.Kind.BEFORE, past.begun(), boundary),
            new Chart.Bar(
                Chart.Kind.AFTER,
                past.cutEnded().filter(e -> !e.isBefore(boundary)).orElse(boundary),
                end)));
  }

  private Optional<Chart.Bar> cutBar() {
    return past.cutBegan()
        .map(begun -> new Chart.Bar(Chart.Kind.CUT, begun, past.cutEnded().orElse(end)));
  }

  private Optional<Chart.Row> cut() {
    return cutBar()
        .map(
            bar ->
                new Chart.Row(
                    past.undone() ? "cut off, at most" : "cut off",
                    past.cutOff().map(Ago::exact).orElse(UNKNOWN),
                    ImmutableList.of(bar)));
  }

  private Chart.Row row(PastWorkflow.Step step) {
    Chart.Kind kind = Chart.Kind.STEP;
    String note = took(step.begun(), step.ended());
    if (step.failure().isPresent()) {
      kind = Chart.Kind.FAILED;
      note = "failed, " + note;
    } else if (step.cutOff()) {
      kind = Chart.Kind.CUT;
    }
    return row(
        step.number() + " " + step.name(), note, kind, step.begun(), step.ended().orElse(end));
  }

  private static Chart.Row row(
      String text, String note, Chart.Kind kind, Instant from, Instant to) {
    return new Chart.Row(text, note, ImmutableList.of(new Chart.Bar(kind, from, to)));
  }

  private static String took(Instant from, Optional<Instant> to) {
    return to.map(end -> Ago.exact(Duration.between(from, end))).orElse("not ended");
  }

  private String description() {
    return Stream.of(
            Optional.of(past.steps().size() + " of " + past.planned() + " steps began."),
            past.cutBegan()
                .map(
                    begun ->
                        "The guest was cut off from "
                            + Ago.exact(Duration.between(past.begun(), begun))
                            + past.cutEnded()
                                .map(t -> " to " + Ago.exact(Duration.between(past.begun(), t)))
                                .orElse(" on")
                            + " after the beginning."))
        .flatMap(Optional::stream)
        .reduce((one, next) -> one + " " + next)
        .orElse("");
  }
}
