package org.hnvf.daemon;

import java.time.Instant;
import java.util.Optional;
import org.hnvf.service.Hint;

/**
 * The state of one pair between two reconciliations. Hints do not queue up: one reconciliation
 * answers all hints that came before it started.
 *
 * @param hint the reason for a reconciliation now
 * @param alarm the time of the next reconciliation without an event
 * @param busySince the start of the running reconciliation
 */
record Mailbox(Optional<Hint> hint, Optional<Alarm> alarm, Optional<Instant> busySince) {

  static final Mailbox EMPTY = new Mailbox(Optional.empty(), Optional.empty(), Optional.empty());

  boolean isBusy() {
    return busySince.isPresent();
  }

  boolean isHinted() {
    return hint.isPresent();
  }

  /** Returns a copy with a further hint. */
  Mailbox hinted(Hint next) {
    return new Mailbox(Optional.of(hint.map(h -> h.then(next)).orElse(next)), alarm, busySince);
  }

  /**
   * Returns the reason for a reconciliation now; empty without a reason, or while one is running.
   */
  Optional<Hint> due(Instant now) {
    if (isBusy()) {
      return Optional.empty();
    }
    Optional<Hint> ringing = ringing(now);
    return ringing.isPresent() && hint.isPresent()
        ? Optional.of(ringing.get().then(hint.get()))
        : ringing.or(() -> hint);
  }

  private Optional<Hint> ringing(Instant now) {
    return alarm.filter(a -> a.isDue(now)).map(Alarm::hint);
  }

  /** Returns a copy after a reconciliation of all due reasons has started. */
  Mailbox begun(Instant now) {
    return new Mailbox(Optional.empty(), alarm.filter(a -> !a.isDue(now)), Optional.of(now));
  }

  /** Returns a copy after it has ended. */
  Mailbox ended() {
    return new Mailbox(hint, alarm, Optional.empty());
  }

  /**
   * Returns a copy with the next alarm. An alarm that was due during the reconciliation is kept.
   */
  Mailbox ringingNext(Optional<Alarm> next, Instant now) {
    return new Mailbox(hint, alarm.filter(a -> a.isDue(now)).or(() -> next), busySince);
  }

  /** Returns when {@link #due} will return a reason; empty if time alone cannot bring one. */
  Optional<Instant> nextDue(Instant now) {
    if (isBusy()) {
      return Optional.empty();
    }
    return hint.isPresent() ? Optional.of(now) : alarm.map(a -> a.isDue(now) ? now : a.at());
  }
}
