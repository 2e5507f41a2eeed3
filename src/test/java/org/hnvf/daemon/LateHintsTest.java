package org.hnvf.daemon;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.hnvf.model.HnUnit;
import org.hnvf.service.Hint;
import org.junit.jupiter.api.Test;

/** Hints of changes that may be our own, in the queue. */
final class LateHintsTest {

  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
  private static final HnUnit UNIT = new HnUnit(0);
  private static final HnUnit OTHER = new HnUnit(1);
  private static final Set<HnUnit> ONE = ImmutableSet.of(UNIT);

  private final HintQueue queue = new HintQueue();

  private static Instant at(long millis) {
    return NOW.plusMillis(millis);
  }

  /** How many looks begin at this time; each of them ends after so long. */
  private int looks(Instant now, Duration length) {
    queue.settle(now);
    var due = queue.take(now);
    for (DueLook look : due) {
      queue.ended(((DueLook.Pair) look).unit(), Optional.empty(), now.plus(length));
    }
    return due.size();
  }

  @Test
  void aBurstIsOneLookAfterAMoment() {
    for (int i = 0; i < 250; i++) {
      queue.later(ONE, at(i));
    }
    assertThat(queue.nextSettling()).hasValue(at(300));
    assertThat(looks(at(299), Duration.ZERO)).isEqualTo(0);
    assertThat(looks(at(300), Duration.ZERO)).isEqualTo(1);
    assertThat(queue.nextSettling()).isEmpty();
    assertThat(looks(at(60_000), Duration.ZERO)).isEqualTo(0);
  }

  @Test
  void theyWaitForALookThatMayBeTheCause() {
    queue.hint(OTHER, Hint.OTHER);
    assertThat(queue.take(NOW)).hasSize(1);
    queue.later(ONE, at(100));
    queue.settle(at(2000));
    assertThat(queue.take(at(2000))).isEmpty();
    queue.ended(OTHER, Optional.empty(), at(2000));
    queue.later(ONE, at(2100));
    assertThat(queue.nextSettling()).hasValue(at(2300));
    assertThat(looks(at(2300), Duration.ZERO)).isEqualTo(1);
    assertThat(queue.nextSettling()).isEmpty();
  }

  /** It waits for a DHCP server, say; the pair that is meant may be another one. */
  @Test
  void butNotForOneThatTakesLong() {
    queue.hint(OTHER, Hint.OTHER);
    assertThat(queue.take(NOW)).hasSize(1);
    queue.later(ONE, at(100));
    assertThat(queue.nextSettling()).hasValue(at(5000));
    assertThat(looks(at(4999), Duration.ZERO)).isEqualTo(0);
    assertThat(looks(at(5000), Duration.ZERO)).isEqualTo(1);
  }

  @Test
  void looksThatEndAllTheTimeDoNotKeepThemForEver() {
    queue.later(ONE, NOW);
    for (int i = 1; i <= 30; i++) {
      queue.hint(OTHER, Hint.OTHER);
      queue.take(at(i * 200L));
      queue.ended(OTHER, Optional.empty(), at(i * 200L));
    }
    assertThat(queue.nextSettling()).hasValue(at(5000));
  }

  @Test
  void hintsWithoutEndCostALookInHalfAMinute() {
    int looks = 0;
    for (long millis = 0; millis < 600_000; millis += 100) {
      queue.later(ONE, at(millis));
      looks += looks(at(millis), Duration.ofMillis(20));
    }
    assertThat(looks).isAtMost(6 + 600 / 30);
    assertThat(looks).isAtLeast(600 / 32);
    // After a while of calm they are as quick as before.
    looks(at(700_000), Duration.ZERO);
    queue.later(ONE, at(800_000));
    looks(at(830_000), Duration.ZERO);
    queue.later(ONE, at(900_000));
    assertThat(queue.nextSettling()).hasValue(at(900_300));
  }

  @Test
  void aClockThatWasSetBackDoesNotKeepThem() {
    queue.later(ONE, NOW);
    assertThat(looks(at(300), Duration.ZERO)).isEqualTo(1);
    queue.later(ONE, at(-3_600_000));
    assertThat(queue.nextSettling()).hasValue(at(-3_600_000 + 300));
  }
}
