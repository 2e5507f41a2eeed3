package org.hnvf.daemon;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hnvf.model.HnUnit;
import org.hnvf.model.InterfaceName;
import org.hnvf.service.Hint;

/**
 * A mailbox for each pair, and one for the guest, for interfaces whose pair is not known yet. It
 * knows which tasks are due; its user supplies time, threads and reconciliations. It may be used by
 * many threads.
 */
final class HintQueue {

  /**
   * A longer reconciliation counts as hung, and the sender of an event must not rely on it. Every
   * command has a time limit; the longest reconciliations, with a silent DHCP server and a
   * rollback, take four minutes.
   */
  private static final Duration LONGEST_LOOK = Duration.ofMinutes(10);

  /** The largest number of separate names; beyond it, everything is reconciled. */
  private static final int NAMES = 256;

  /** A longer reconciliation waits for something and no longer delays late hints. */
  private static final Duration BRISK_LOOK = Duration.ofSeconds(5);

  private final LateHints late = new LateHints();
  private final Map<HnUnit, Mailbox> pairs = new TreeMap<>();
  private final Map<InterfaceName, Hint> names = new LinkedHashMap<>();
  private Mailbox round = Mailbox.EMPTY;
  private boolean everything;

  /** Queues the reconciliation of a pair. */
  synchronized void hint(HnUnit unit, Hint hint) {
    pairs.put(unit, box(unit).hinted(hint));
  }

  /** Queues the reconciliation of this interface's pair. */
  synchronized void hint(InterfaceName name, Hint hint) {
    if (names.containsKey(name) || names.size() < NAMES) {
      names.merge(name, hint, Hint::then);
    } else {
      everything = true;
    }
    round = round.hinted(Hint.OTHER);
  }

  /** Queues these pairs for a time when no reconciliation is running that may be the cause. */
  synchronized void later(Set<HnUnit> units, Instant now) {
    late.add(units, now);
  }

  /** Moves late hints that are due to their mailboxes. */
  synchronized void settle(Instant now) {
    if (nextSettling().filter(at -> !at.isAfter(now)).isPresent()) {
      late.take(now).forEach(unit -> hint(unit, Hint.OTHER));
    }
  }

  /** Returns when {@link #settle} will do something; empty if there are no late hints. */
  synchronized Optional<Instant> nextSettling() {
    return late.due()
        .map(
            due ->
                Stream.concat(Stream.of(round), pairs.values().stream())
                    .flatMap(box -> box.busySince().stream())
                    .map(since -> since.plus(BRISK_LOOK))
                    .filter(due::isBefore)
                    .max(Comparator.naturalOrder())
                    .orElse(due));
  }

  /** Queues all pairs. */
  synchronized void everything() {
    everything = true;
    round = round.hinted(Hint.OTHER);
  }

  /** Takes all tasks that are due; the caller must report the end of each. */
  synchronized ImmutableList<DueLook> take(Instant now) {
    return take(now, box -> true);
  }

  /** Takes the tasks that were promised to a sender, without those of deadlines. */
  synchronized ImmutableList<DueLook> takePromised(Instant now) {
    return take(now, Mailbox::isHinted);
  }

  private ImmutableList<DueLook> take(Instant now, Predicate<Mailbox> wanted) {
    ImmutableList.Builder<DueLook> due = ImmutableList.builder();
    if (wanted.test(round) && round.due(now).isPresent()) {
      boolean rings = round.alarm().filter(alarm -> alarm.isDue(now)).isPresent();
      due.add(new DueLook.Round(ImmutableMap.copyOf(names), everything || rings));
      names.clear();
      everything = false;
      round = round.begun(now);
    }
    for (Map.Entry<HnUnit, Mailbox> entry : pairs.entrySet()) {
      Optional<Hint> hint = entry.getValue().due(now);
      if (wanted.test(entry.getValue()) && hint.isPresent()) {
        due.add(new DueLook.Pair(entry.getKey(), hint.get()));
        entry.setValue(entry.getValue().begun(now));
      }
    }
    return due.build();
  }

  /** Reports the end of a pair's reconciliation. */
  synchronized void ended(HnUnit unit, Optional<Alarm> next, Instant now) {
    late.lookEnded(now);
    keep(unit, box(unit).ended().ringingNext(next, now));
  }

  /** Reports the end of a pair's reconciliation by an operator's verb, with the next deadline. */
  synchronized void alarm(HnUnit unit, Optional<Alarm> next, Instant now) {
    keep(unit, box(unit).ringingNext(next, now));
  }

  /**
   * Reports the end of a reading of the guest; {@code next} is the new time of the next reading, if
   * any.
   */
  synchronized void roundEnded(Optional<Alarm> next, Instant now) {
    round = next.isPresent() ? round.ended().ringingNext(next, now) : round.ended();
  }

  private void keep(HnUnit unit, Mailbox box) {
    if (box.equals(Mailbox.EMPTY)) {
      pairs.remove(unit);
    } else {
      pairs.put(unit, box);
    }
  }

  /**
   * Returns when the next task is due; empty if only an event or the end of a reconciliation can
   * bring it.
   */
  synchronized Optional<Instant> nextDue(Instant now) {
    return Stream.concat(Stream.of(round), pairs.values().stream())
        .flatMap(box -> box.nextDue(now).stream())
        .min(Comparator.naturalOrder());
  }

  /** Returns whether no task is running. */
  synchronized boolean isIdle() {
    return !round.isBusy() && pairs.values().stream().noneMatch(Mailbox::isBusy);
  }

  /** Returns the promised tasks that have not started: pairs, and {@code all}. */
  synchronized ImmutableList<String> promised() {
    ImmutableList.Builder<String> about = ImmutableList.builder();
    pairs.forEach(
        (unit, box) -> {
          if (box.isHinted()) {
            about.add("hn" + unit);
          }
        });
    if (round.isHinted()) {
      about.add("all");
    }
    return about.build();
  }

  /** Returns whether the mailbox of this pair will be handled. */
  synchronized boolean isLive(HnUnit unit, Instant now) {
    return isLive(box(unit), now);
  }

  /** Returns whether the mailbox for unknown interfaces will be handled. */
  synchronized boolean isLive(Instant now) {
    return isLive(round, now);
  }

  /** Returns whether no task is hung. */
  synchronized boolean allLive(Instant now) {
    return isLive(round, now) && pairs.values().stream().allMatch(box -> isLive(box, now));
  }

  private static boolean isLive(Mailbox box, Instant now) {
    return box.busySince().filter(since -> since.plus(LONGEST_LOOK).isBefore(now)).isEmpty();
  }

  private Mailbox box(HnUnit unit) {
    return pairs.getOrDefault(unit, Mailbox.EMPTY);
  }

  /** Keeps the names of a failed reading for the next one. */
  synchronized void putBack(DueLook.Round failed) {
    failed.names().forEach((name, older) -> names.merge(name, older, (newer, o) -> o.then(newer)));
    everything |= failed.everything();
  }
}
