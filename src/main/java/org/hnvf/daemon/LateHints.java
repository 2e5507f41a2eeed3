package org.hnvf.daemon;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hnvf.model.HnUnit;

/**
 * Hints of changes that hnvf may have made itself. They wait a moment, so that a burst leads to one
 * reconciliation, and a moment longer after a reconciliation, which may be the cause. If they
 * continue, they wait longer each time: a routing daemon that changes its routes without end costs
 * a reconciliation in half a minute.
 */
final class LateHints {

  private static final Duration SETTLING = Duration.ofMillis(300);
  private static final Duration LONGEST_SETTLING = Duration.ofSeconds(5);

  /** The time after the last hints within which new ones count as continuing. */
  private static final Duration CALM = Duration.ofSeconds(10);

  private static final Duration FIRST_GAP = Duration.ofSeconds(1);
  private static final Duration LONGEST_GAP = Duration.ofSeconds(30);

  private final Set<HnUnit> units = new TreeSet<>();
  private Optional<Instant> since = Optional.empty();
  private Instant due = Instant.EPOCH;
  private Instant taken = Instant.EPOCH;
  private Duration gap = Duration.ZERO;

  /** Adds hints of these pairs. */
  void add(Collection<HnUnit> more, Instant now) {
    if (since.isEmpty()) {
      since = Optional.of(now);
      // A clock that was set back does not prolong the wait.
      Instant earliest = taken.isAfter(now) ? now : taken.plus(gap);
      due = later(earliest, now.plus(SETTLING));
    }
    units.addAll(more);
  }

  /** Reports the end of a reconciliation, whose changes may still be reported by the kernel. */
  void lookEnded(Instant now) {
    if (since.isPresent()) {
      Instant last = since.get().plus(LONGEST_SETTLING);
      Instant settled = now.plus(SETTLING);
      due = later(due, settled.isBefore(last) ? settled : last);
    }
  }

  /** Returns when they are due; empty without hints. */
  Optional<Instant> due() {
    return since.map(some -> due);
  }

  /** Takes them. */
  Set<HnUnit> take(Instant now) {
    Set<HnUnit> all = new TreeSet<>(units);
    boolean calm = now.isAfter(taken.plus(gap).plus(CALM));
    Duration twice = gap.isZero() ? FIRST_GAP : gap.multipliedBy(2);
    gap = calm ? Duration.ZERO : twice.compareTo(LONGEST_GAP) < 0 ? twice : LONGEST_GAP;
    taken = now;
    units.clear();
    since = Optional.empty();
    return all;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
