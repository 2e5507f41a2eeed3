package org.hnvf.lab.soak;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import org.hnvf.model.HnvfException;
import org.hnvf.service.Orchestrator;
import org.hnvf.service.Report;

/** What is still to be done in a case, and when. */
final class Agenda {

  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingInt(Due::number));
  private int numbered;

  /** Something that is done with hnvf. */
  @FunctionalInterface
  interface Deed {
    Optional<Report> by(Orchestrator hnvf) throws HnvfException;
  }

  /**
   * Something that is to be done at an instant.
   *
   * @param dies whether it is forgotten when hnvf dies
   * @param first whether a new hnvf begins with it
   */
  record Due(Instant at, int number, boolean dies, boolean first, Deed deed) {}

  /** Whatever becomes of hnvf. */
  void add(Instant at, Deed deed) {
    due.add(new Due(at, numbered++, false, false, deed));
  }

  /** Only hnvf knows of it: forgotten when hnvf dies. */
  void addUntilDeath(Instant at, Deed deed) {
    due.add(new Due(at, numbered++, true, false, deed));
  }

  /** hnvf is dead, and a new one starts then. */
  void hnvfDies(Instant startsAgain) {
    due.removeIf(Due::dies);
    due.add(new Due(startsAgain, numbered++, false, true, hnvf -> Optional.of(hnvf.start())));
  }

  /** Nothing more is to happen, but an hnvf that is about to start does. */
  void onlyStarts() {
    due.removeIf(next -> !next.first());
  }

  /** The next one, if it is before then. */
  Optional<Due> before(Instant end) {
    return Optional.ofNullable(due.peek())
        .filter(next -> next.at().isBefore(end))
        .map(next -> due.remove());
  }
}
