package org.hnvf.service;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.model.BackOff;
import org.hnvf.model.Settings;

/**
 * How long to wait after a failure: some time, then twice as long each time, up to a limit. So a
 * step that always fails cuts the guest off a bounded number of times a day.
 *
 * <p>A VF that comes and goes without any failure is held down in the same way, from the fourth
 * time in six hours on: what makes it do so is no service to the guest.
 *
 * @param first after the first failure
 * @param longest at most
 */
record HoldDown(Duration first, Duration longest) {

  private static final Duration WINDOW = Duration.ofHours(6);
  private static final int BEARABLE = 3;

  /** A second, doubled as often as this, is more than any limit that can be set. */
  private static final int DOUBLINGS = 20;

  static HoldDown of(Settings settings) {
    return new HoldDown(settings.holdFirst(), settings.holdLongest());
  }

  /** The back-off after one more failure, or refusal. */
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
   * The back-off for a VF that has come again, where it came too often.
   *
   * @param before the one of before, whose failed tries are not forgotten
   * @param ups when it was brought up, the last one last
   * @param now the time
   */
  Optional<BackOff> flapping(Optional<BackOff> before, ImmutableList<Instant> ups, Instant now) {
    // One that is still to come was noted by a clock that has been set back since.
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
