package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.hnvf.exec.Timer;

/** Keeps the events, if they are to be printed, and counts. */
final class Timeline {

  private final Timer timer;
  private final Instant began;
  private final boolean kept;
  private final List<Line> lines = new ArrayList<>();
  private final Map<String, Integer> counts = new TreeMap<>();

  /**
   * Something that happened.
   *
   * @param at when, since the story began
   */
  record Line(Duration at, String text) {

    @Override
    public String toString() {
      return Words.time(at) + text;
    }
  }

  Timeline(Timer timer, boolean kept) {
    this.timer = timer;
    this.began = timer.now();
    this.kept = kept;
  }

  void tell(Supplier<String> line) {
    if (kept) {
      tell(timer.now(), line);
    }
  }

  void tell(Instant at, Supplier<String> line) {
    if (kept) {
      lines.add(new Line(Duration.between(began, at), line.get()));
    }
  }

  void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  /** In the order in which they were told: a process tells at its end what it did. */
  ImmutableList<String> lines() {
    return lines.stream().map(Line::toString).collect(ImmutableList.toImmutableList());
  }

  /** In the order in which they happened. */
  ImmutableList<Line> inOrder() {
    return lines.stream()
        .sorted(Comparator.comparing(Line::at))
        .collect(ImmutableList.toImmutableList());
  }

  ImmutableMap<String, Integer> counts() {
    return ImmutableMap.copyOf(counts);
  }
}
