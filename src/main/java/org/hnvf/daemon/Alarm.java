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
 * When to look again, though nothing may happen.
 *
 * @param set when this was decided
 * @param at the time
 * @param hint why
 */
record Alarm(Instant set, Instant at, Hint hint) {

  /** After a look that could not be had. */
  private static final Duration RETRY = Duration.ofSeconds(10);

  /** After one that asks for another one at once, so that two of them cannot chase each other. */
  private static final Duration BREATH = Duration.ofSeconds(1);

  /** Whether it rings. So it does when the clock was set back behind the time it was set at. */
  boolean isDue(Instant now) {
    return !now.isBefore(at) || now.isBefore(set);
  }

  /** The look failed, or somebody else works on the pair: soon, for the same reason. */
  static Alarm retry(Hint hint, Instant now) {
    return new Alarm(now, now.plus(RETRY), hint);
  }

  /**
   * The next thing that time alone brings: the end of a VF's delay, of a pin, of the pause after a
   * failure.
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
