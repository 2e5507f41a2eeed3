package org.hnvf.daemon;

import java.time.Instant;
import java.util.Optional;
import org.hnvf.service.Hint;

/**
 * What is known of one pair between two looks. Hints do not queue up: however many have come, one
 * look answers all that came before it began.
 *
 * @param hint why it should be looked at now
 * @param alarm when it is to be looked at whatever happens
 * @param busySince since when it is being looked at
 */
record Mailbox(Optional<Hint> hint, Optional<Alarm> alarm, Optional<Instant> busySince) {

  static final Mailbox EMPTY = new Mailbox(Optional.empty(), Optional.empty(), Optional.empty());

  boolean isBusy() {
    return busySince.isPresent();
  }

  boolean isHinted() {
    return hint.isPresent();
  }

  /** Something has happened. */
  Mailbox hinted(Hint next) {
    return new Mailbox(Optional.of(hint.map(h -> h.then(next)).orElse(next)), alarm, busySince);
  }

  /** Why to look now; empty where there is no reason, or somebody is at it. */
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

  /** A look begins, for all that is due. */
  Mailbox begun(Instant now) {
    return new Mailbox(Optional.empty(), alarm.filter(a -> !a.isDue(now)), Optional.of(now));
  }

  /** It has ended. */
  Mailbox ended() {
    return new Mailbox(hint, alarm, Optional.empty());
  }

  /** When to look next. An alarm that rang while nobody could hear it is not forgotten. */
  Mailbox ringingNext(Optional<Alarm> next, Instant now) {
    return new Mailbox(hint, alarm.filter(a -> a.isDue(now)).or(() -> next), busySince);
  }

  /** When {@link #due} will say something; empty where only time cannot bring that about. */
  Optional<Instant> nextDue(Instant now) {
    if (isBusy()) {
      return Optional.empty();
    }
    return hint.isPresent() ? Optional.of(now) : alarm.map(a -> a.isDue(now) ? now : a.at());
  }
}
