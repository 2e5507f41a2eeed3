package org.hnvf.daemon;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.model.BackOff;
import org.hnvf.model.OperatorWord;
import org.hnvf.model.PairStatus;
import org.hnvf.service.Hint;
import org.hnvf.service.Report;

/**
 * The time of the next reconciliation without an event.
 *
 * @param set when it was set
 * @param at the time
 * @param hint the reason
 */
record Alarm(Instant set, Instant at, Hint hint) {

  /** The pause after a reconciliation that could not run. */
  private static final Duration RETRY = Duration.ofSeconds(10);

  /**
   * The pause after a reconciliation that requests another one at once, so that two processes do
   * not trigger each other without end.
   */
  private static final Duration BREATH = Duration.ofSeconds(1);

  /**
   * Returns whether it is due; it also is when the clock was set back behind the time at which it
   * was set.
   */
  boolean isDue(Instant now) {
    return !now.isBefore(at) || now.isBefore(set);
  }

  /**
   * Returns the alarm after a failure, or while another process works on the pair: soon, for the
   * same reason.
   */
  static Alarm retry(Hint hint, Instant now) {
    return new Alarm(now, now.plus(RETRY), hint);
  }

  /**
   * Returns the next deadline: the end of a VF's delay, of a pin, or of the pause after a failure.
   */
  static Optional<Alarm> after(Report report, Instant now) {
    if (report.status().isEmpty()) {
      return Optional.of(retry(Hint.OTHER, now));
    }
    PairStatus status = report.status().get();
    Optional<Instant> asked = report.lookAgain().map(at -> at.isAfter(now) ? at : now.plus(BREATH));
    return Stream.of(asked, status.delayEnds(), end(status))
        .flatMap(Optional::stream)
        .filter(at -> at.isAfter(now))
        .min(Comparator.naturalOrder())
        .map(
            at ->
                new Alarm(
                    now,
                    at,
                    status.delayEnds().isPresent() && !at.isBefore(status.delayEnds().get())
                        ? Hint.DELAY_OVER
                        : Hint.OTHER));
  }

  private static Optional<Instant> end(PairStatus status) {
    return status.word() instanceof OperatorWord.Pinned pinned
        ? pinned.until()
        : status.held().flatMap(BackOff::ends);
  }
}
