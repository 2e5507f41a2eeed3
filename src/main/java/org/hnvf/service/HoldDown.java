package org.hnvf.service;

import java.time.Duration;
import java.time.Instant;
import org.hnvf.model.Wish;

/**
 * How long to wait after a failure: 1 minute, then twice as long each time, 1 hour at most. So a
 * step that always fails cuts the guest off a bounded number of times a day.
 */
final class HoldDown {

  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  private HoldDown() {}

  /** The wish after one more failure. */
  static Wish.Held after(Wish before, String reason, Instant now) {
    int attempts = before instanceof Wish.Held held ? held.attempts() + 1 : 1;
    Duration pause = FIRST.multipliedBy(1L << Math.min(attempts - 1, 6));
    return new Wish.Held(
        reason, attempts, now.plus(pause.compareTo(LONGEST) < 0 ? pause : LONGEST));
  }
}
