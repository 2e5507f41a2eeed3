package org.hnvf.service;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.model.BackOff;
import org.hnvf.model.Settings;

/**
 * The pause after a failure: it doubles each time, up to a limit. So a step that always fails cuts
 * the guest off a bounded number of times a day.
 *
 * <p>A VF that comes and goes without a failure is held down in the same way, from the fourth time
 * in six hours on.
 *
 * @param first the pause after the first failure
 * @param longest the longest pause
 */
record HoldDown(Duration first, Duration longest) {

  private static final Duration WINDOW = Duration.ofHours(6);
  private static final int BEARABLE = 3;

  /** The number of doublings after which a second exceeds every limit that can be set. */
  private static final int DOUBLINGS = 20;

  static HoldDown of(Settings settings) {
    return new HoldDown(settings.holdFirst(), settings.holdLongest());
  }

  /** Returns the back-off after one more failure or refusal. */
  BackOff after(Optional<BackOff> before, BackOff.Kind kind, String cause, Instant now) {
    int attempts = before.map(BackOff::attempts).orElse(0) + 1;
    return new BackOff(
        kind,
        cause,
        attempts,
        now.plus(pause(attempts)),
        before.map(BackOff::tries).orElse(ImmutableList.of()));
  }

  /**
   * Returns the back-off for a VF that has come up too often; empty otherwise.
   *
   * @param before the previous back-off, whose failed tries are kept
   * @param ups when the VF came up, oldest first
   * @param now the time
   */
  Optional<BackOff> flapping(Optional<BackOff> before, ImmutableList<Instant> ups, Instant now) {
    // A time in the future was stored before the clock was set back.
    ImmutableList<Instant> lately =
        ups.stream()
            .filter(up -> up.isAfter(now.minus(WINDOW)) && !up.isAfter(now))
            .collect(ImmutableList.toImmutableList());
    int often = lately.size();
    if (often <= BEARABLE) {
      return Optional.empty();
    }
    int attempts = often - BEARABLE;
    Instant nextTry = lately.get(often - 1).plus(pause(attempts));
    return nextTry.isAfter(now)
        ? Optional.of(
            new BackOff(
                BackOff.Kind.TOO_OFTEN,
                "came up " + often + " times in " + WINDOW.toHours() + " hours",
                attempts,
                nextTry,
                before.map(BackOff::tries).orElse(ImmutableList.of())))
        : Optional.empty();
  }

  private Duration pause(int attempts) {
    Duration pause = first.multipliedBy(1L << Math.min(attempts - 1, DOUBLINGS));
    return pause.compareTo(longest) < 0 ? pause : longest;
  }
}
