package org.hnvf.lab.soak;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import org.hnvf.model.HnvfException;

/** The scheduled actions of a case that the daemon does not take itself. */
final class Agenda {

  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingInt(Due::number));
  private int numbered;

  /** The effect of another event on an action. */
  enum Kind {
    /** A drawn action: it happens, even after a boot. */
    STORY,
    /** A line of devd on its way to hnvf. */
    EVENT,
    /** A process of the guest waits for that time: a boot ends it. */
    PROCESS
  }

  /** Something that is done. */
  @FunctionalInterface
  interface Deed {
    void perform() throws HnvfException;
  }

  /** Something that is to be done at an instant. */
  record Due(Instant at, int number, Kind kind, Deed deed) {}

  void add(Kind kind, Instant at, Deed deed) {
    due.add(new Due(at, numbered++, kind, deed));
  }

  /** Every process has ended, and what was on its way to one is lost. */
  void guestBoots() {
    due.removeIf(next -> next.kind() != Kind.STORY);
  }

  /** Nothing more happens, and no event comes; processes go on. */
  void onlyProcesses() {
    due.removeIf(next -> next.kind() != Kind.PROCESS);
  }

  /** When the next one is due. */
  Optional<Instant> next() {
    return Optional.ofNullable(due.peek()).map(Due::at);
  }

  /** The next one, if its time has come, and is before the end. */
  Optional<Due> take(Instant now, Instant end) {
    return next()
        .filter(at -> !at.isAfter(now))
        .filter(at -> at.isBefore(end))
        .map(at -> due.remove());
  }
}
