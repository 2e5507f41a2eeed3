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
 * A mailbox for each pair, and one for the guest as a whole, where it is found out which pair is
 * meant. It knows what is due; time, threads and looks are its user's business. It may be used by
 * many threads.
 */
final class HintQueue {

  /**
   * A look that takes longer than this is stuck, and whoever has an event should not rely on it.
   * Every command has a limit; the longest looks, with a silent DHCP server and an undo, take four
   * minutes.
   */
  private static final Duration LONGEST_LOOK = Duration.ofMinutes(10);

  /** More names than this are not kept apart: then everything is looked at. */
  private static final int NAMES = 256;

  /** A look that takes longer waits for something, and keeps late hints no longer. */
  private static final Duration BRISK_LOOK = Duration.ofSeconds(5);

  private final LateHints late = new LateHints();
  private final Map<HnUnit, Mailbox> pairs = new TreeMap<>();
  private final Map<InterfaceName, Hint> names = new LinkedHashMap<>();
  private Mailbox round = Mailbox.EMPTY;
  private boolean everything;

  /** A pair is to be looked at. */
  synchronized void hint(HnUnit unit, Hint hint) {
    pairs.put(unit, box(unit).hinted(hint));
  }

  /** The pair that this interface belongs to is to be looked at. */
  synchronized void hint(InterfaceName name, Hint hint) {
    if (names.containsKey(name) || names.size() < NAMES) {
      names.merge(name, hint, Hint::then);
    } else {
      everything = true;
    }
    round = round.hinted(Hint.OTHER);
  }

  /** These pairs are to be looked at, when no look is under way that may be the cause of it. */
  synchronized void later(Set<HnUnit> units, Instant now) {
    late.add(units, now);
  }

  /** Puts late hints whose time has come into their mailboxes. */
  synchronized void settle(Instant now) {
    if (nextSettling().filter(at -> !at.isAfter(now)).isPresent()) {
      late.take(now).forEach(unit -> hint(unit, Hint.OTHER));
    }
  }

  /** When {@link #settle} will do something; empty where there is nothing to settle. */
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

  /** All pairs are to be looked at. */
  synchronized void everything() {
    everything = true;
    round = round.hinted(Hint.OTHER);
  }

  /** Takes all that is due out; each has to be ended. */
  synchronized ImmutableList<DueLook> take(Instant now) {
    return take(now, box -> true);
  }

  /** The same of what somebody was told would be looked at; what only time brings stays. */
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

  /** A pair was looked at. */
  synchronized void ended(HnUnit unit, Optional<Alarm> next, Instant now) {
    late.lookEnded(now);
    keep(unit, box(unit).ended().ringingNext(next, now));
  }

  /** A pair was looked at by somebody else, who says when to look next. */
  synchronized void alarm(HnUnit unit, Optional<Alarm> next, Instant now) {
    keep(unit, box(unit).ringingNext(next, now));
  }

  /** The guest was looked at; {@code next} where the time of the next look at all was set anew. */
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

  /** When something will be due; empty where only an event or the end of a look can bring that. */
  synchronized Optional<Instant> nextDue(Instant now) {
    return Stream.concat(Stream.of(round), pairs.values().stream())
        .flatMap(box -> box.nextDue(now).stream())
        .min(Comparator.naturalOrder());
  }

  /** Whether nothing is being looked at. */
  synchronized boolean isIdle() {
    return !round.isBusy() && pairs.values().stream().noneMatch(Mailbox::isBusy);
  }

  /** For what something was promised and no look has begun: pairs, and {@code all}. */
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

  /** Whether what is put into the mailbox of this pair will be looked at. */
  synchronized boolean isLive(HnUnit unit, Instant now) {
    return isLive(box(unit), now);
  }

  /** The same for what has no pair yet. */
  synchronized boolean isLive(Instant now) {
    return isLive(round, now);
  }

  /** Whether no look at all is stuck. */
  synchronized boolean allLive(Instant now) {
    return isLive(round, now) && pairs.values().stream().allMatch(box -> isLive(box, now));
  }

  private static boolean isLive(Mailbox box, Instant now) {
    return box.busySince().filter(since -> since.plus(LONGEST_LOOK).isBefore(now)).isEmpty();
  }

  private Mailbox box(HnUnit unit) {
    return pairs.getOrDefault(unit, Mailbox.EMPTY);
  }

  /** Names that were not found out about are kept for the next try. */
  synchronized void putBack(DueLook.Round failed) {
    failed.names().forEach((name, older) -> names.merge(name, older, (newer, o) -> o.then(newer)));
    everything |= failed.everything();
  }
}
