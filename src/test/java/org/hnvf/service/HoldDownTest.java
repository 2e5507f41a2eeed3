package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;
import static org.hnvf.model.BackOff.Kind.PASSING;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.model.BackOff;
import org.hnvf.model.Settings;
import org.junit.jupiter.api.Test;

/** The pause after a failure grows, and is bounded. */
final class HoldDownTest {

  private static final HoldDown HOLD_DOWN = HoldDown.of(Settings.DEFAULTS);
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @Test
  void aStepThatAlwaysFailsIsTriedABoundedNumberOfTimesADay() {
    Optional<BackOff> before = Optional.empty();
    Instant now = NOW;
    int tries = 0;
    Duration longest = Duration.ZERO;
    while (now.isBefore(NOW.plus(Duration.ofDays(1)))) {
      BackOff held = HOLD_DOWN.after(before, PASSING, "always", now);
      Duration pause = Duration.between(now, held.nextTry());
      longest = pause.compareTo(longest) > 0 ? pause : longest;
      assertThat(held.attempts()).isEqualTo(++tries);
      now = held.nextTry();
      before = Optional.of(held);
    }
    assertThat(longest).isEqualTo(Duration.ofHours(1));
    assertThat(tries).isEqualTo(29);
  }

  @Test
  void theFirstPauseIsAMinute() {
    assertThat(HOLD_DOWN.after(Optional.empty(), PASSING, "once", NOW).nextTry())
        .isEqualTo(NOW.plusSeconds(60));
  }

  @Test
  void clockThatWasAheadDoesNotHoldAVfDown() {
    Instant nextYear = NOW.plus(Duration.ofDays(365));
    ImmutableList<Instant> ups = ImmutableList.of(nextYear, nextYear, nextYear, nextYear);
    assertThat(HOLD_DOWN.flapping(Optional.empty(), ups, nextYear)).isPresent();
    assertThat(HOLD_DOWN.flapping(Optional.empty(), ups, NOW)).isEmpty();
  }

  @Test
  void thePausesAreThoseOfTheSettings() {
    HoldDown brief = new HoldDown(Duration.ofSeconds(1), Duration.ofHours(2));
    Optional<BackOff> held = Optional.of(new BackOff("always", 1_000, NOW));
    assertThat(brief.after(Optional.empty(), PASSING, "once", NOW).nextTry())
        .isEqualTo(NOW.plusSeconds(1));
    assertThat(brief.after(held, PASSING, "always", NOW).nextTry())
        .isEqualTo(NOW.plus(Duration.ofHours(2)));
  }
}
