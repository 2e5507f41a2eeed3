package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
  private final List<String> lines = new ArrayList<>();
  private final Map<String, Integer> counts = new TreeMap<>();

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
      lines.add(Words.time(Duration.between(began, at)) + line.get());
    }
  }

  void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  ImmutableList<String> lines() {
    return ImmutableList.copyOf(lines);
  }

  ImmutableMap<String, Integer> counts() {
    return ImmutableMap.copyOf(counts);
  }
}
