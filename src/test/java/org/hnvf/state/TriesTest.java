package org.hnvf.state;

import static com.google.common.truth.Truth.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.model.BackOff;
import org.hnvf.model.BackOff.Kind;
import org.hnvf.model.InterfaceName;
import org.junit.jupiter.api.Test;

/** A fault that occurs twice in the same way with the same configuration is held by cause. */
final class TriesTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final String OF_STEP = "take # off hn: exited #";
  private static final String OF_VF = "see that traffic passes through VF";
  private static final BackOff FIRST = new BackOff("it failed", 1, NOW.plusSeconds(60));

  private static Tries.Now now(String fingerprint, String vf, Instant boot) {
    return new Tries.Now(fingerprint, InterfaceName.of(vf), Optional.of(boot), NOW);
  }

  private static Tries.Now now(String fingerprint) {
    return now(fingerprint, "mlxen0", NOW.minus(Duration.ofDays(1)));
  }

  private static BackOff failing(BackOff before, String... fingerprintsAndCauses) {
    BackOff held = before;
    for (int i = 0; i < fingerprintsAndCauses.length; i += 2) {
      held = Tries.after(held, now(fingerprintsAndCauses[i]).failed(fingerprintsAndCauses[i + 1]));
    }
    return held;
  }

  @Test
  void theFirstFailureMayPass() {
    BackOff held = failing(FIRST, "a", OF_STEP);
    assertThat(held.kind()).isEqualTo(Kind.PASSING);
    assertThat(held.isPausing(NOW.plusSeconds(61))).isFalse();
  }

  @Test
  void theSecondIsHeldByCauseAndNoTimeEndsIt() {
    BackOff held = failing(FIRST, "a", OF_STEP, "a", OF_STEP);
    assertThat(held.kind()).isEqualTo(Kind.BY_CAUSE);
    assertThat(held.ends()).isEmpty();
    assertThat(held.isPausing(NOW.plus(Duration.ofDays(1000)))).isTrue();
    assertThat(Tries.asOf(held, now("a"))).isEqualTo(held);
  }

  @Test
  void anotherCauseOrAnotherConfigurationIsNotTheSame() {
    assertThat(failing(FIRST, "a", OF_STEP, "a", OF_VF).kind()).isEqualTo(Kind.PASSING);
    assertThat(failing(FIRST, "a", OF_STEP, "b", OF_STEP).kind()).isEqualTo(Kind.PASSING);
  }

  /** Two faults in turn are no more than twice each. */
  @Test
  void oneThatComesAgainAfterAnotherCounts() {
    BackOff held = failing(FIRST, "a", OF_STEP, "a", OF_VF, "a", OF_STEP);
    assertThat(held.kind()).isEqualTo(Kind.BY_CAUSE);
  }

  @Test
  void anotherConfigurationIsTriedAfterThePause() {
    BackOff held = failing(FIRST, "a", OF_STEP, "a", OF_STEP);
    BackOff changed = Tries.asOf(held, now("b"));
    assertThat(changed.kind()).isEqualTo(Kind.PASSING);
    assertThat(changed.nextTry()).isEqualTo(held.nextTry());
  }

  /** An alias that comes and goes every minute must not lead to a try each time. */
  @Test
  void aConfigurationThatFailedBeforeIsNotNewWhenItComesBack() {
    BackOff held = failing(FIRST, "a", OF_STEP, "a", OF_STEP);
    BackOff changed = failing(Tries.asOf(held, now("b")), "b", OF_STEP);
    assertThat(changed.kind()).isEqualTo(Kind.PASSING);
    assertThat(Tries.asOf(changed, now("a")).kind()).isEqualTo(Kind.BY_CAUSE);
  }

  @Test
  void withoutRcConfNothingIsKnownToHaveChanged() {
    BackOff held = failing(FIRST, "a", OF_STEP, "a", OF_STEP);
    assertThat(Tries.asOf(held, now(Fingerprint.UNKNOWN))).isEqualTo(held);
    BackOff unknown = failing(FIRST, Fingerprint.UNKNOWN, OF_STEP, Fingerprint.UNKNOWN, OF_STEP);
    assertThat(unknown.kind()).isEqualTo(Kind.PASSING);
  }

  @Test
  void aVfThatIsGivenAnewIsTriedOnceMore() {
    BackOff held = failing(FIRST, "a", OF_VF, "a", OF_VF);
    BackOff gone = Tries.asOf(held, now("a", "", NOW.minusSeconds(9)));
    assertThat(gone.kind()).isEqualTo(Kind.PASSING);
    BackOff back = Tries.asOf(gone, now("a"));
    assertThat(back).isEqualTo(gone);
    assertThat(failing(back, "a", OF_VF).kind()).isEqualTo(Kind.BY_CAUSE);
  }

  @Test
  void anotherNameOfTheVfIsAnotherVf() {
    BackOff held = failing(FIRST, "a", OF_VF, "a", OF_VF);
    Tries.Now renamed = now("a", "mce0", NOW.minusSeconds(9));
    BackOff passing = Tries.asOf(held, renamed);
    assertThat(passing.kind()).isEqualTo(Kind.PASSING);
    BackOff again = Tries.after(passing, renamed.failed(OF_VF));
    assertThat(again.kind()).isEqualTo(Kind.BY_CAUSE);
    assertThat(Tries.asOf(again, renamed)).isEqualTo(again);
  }

  @Test
  void aBootGivesTheVfAnew() {
    BackOff held = failing(FIRST, "a", OF_VF, "a", OF_VF);
    assertThat(Tries.asOf(held, now("a", "mlxen0", NOW.plusSeconds(1))).kind())
        .isEqualTo(Kind.PASSING);
  }

  @Test
  void whatIsNotOfTheVfStaysWhateverBecomesOfIt() {
    BackOff held = failing(FIRST, "a", OF_STEP, "a", OF_STEP);
    assertThat(Tries.asOf(held, now("a", "mce0", NOW.plusSeconds(1)))).isEqualTo(held);
    assertThat(Tries.asOf(held, now("a", "", NOW.plusSeconds(1)))).isEqualTo(held);
  }

  @Test
  void aRefusalIsNotCountedAndIsDueWhereTheConfigurationIsAnother() {
    BackOff refused = FIRST.as(Kind.REFUSED, FIRST.tries());
    for (int i = 0; i < 3; i++) {
      refused = Tries.after(refused, now("a").refused());
    }
    assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
    assertThat(refused.tries()).hasSize(1);
    assertThat(Tries.asOf(refused, now("a"))).isEqualTo(refused);
    assertThat(Tries.asOf(refused, now("b")).isPausing(NOW)).isFalse();
  }

  @Test
  void aVfThatCameTooOftenIsHeldForItsTimeWhateverFailedOnce() {
    BackOff often = failing(FIRST, "a", OF_STEP).as(Kind.TOO_OFTEN, FIRST.tries());
    assertThat(Tries.asOf(often, now("b"))).isEqualTo(often);
  }

  @Test
  void noMoreThanSomeAreKept() {
    BackOff held = FIRST;
    for (int i = 0; i < 100; i++) {
      held = Tries.after(held, now("f" + i).failed(OF_STEP));
    }
    assertThat(held.tries()).hasSize(32);
  }
}
