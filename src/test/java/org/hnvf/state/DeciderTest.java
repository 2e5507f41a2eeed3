package org.hnvf.state;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.model.HnUnit;
import org.hnvf.model.Intent;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Pair;
import org.hnvf.model.PairState;
import org.hnvf.model.Strategy;
import org.hnvf.model.Wish;
import org.junit.jupiter.api.Test;

/** What is decided from a state and a wish, without any guest. */
final class DeciderTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(60);
  private static final Wish AUTO = new Wish.Auto();

  private static Assessment pair(PairState state, boolean vf) {
    return new Assessment(
        new Pair(
            new HnUnit(0),
            new InterfaceName("hn0"),
            vf ? Optional.of(new InterfaceName("mlxen0")) : Optional.empty(),
            Optional.empty()),
        state,
        ImmutableList.of(),
        Optional.empty());
  }

  private static Decision decide(
      PairState state, boolean vf, boolean vfUp, Wish wish, Optional<Instant> delayEnds) {
    return Decider.decide(pair(state, vf), Strategy.ON_VF_UP, vfUp, wish, delayEnds, NOW);
  }

  @Test
  void inTransparentModeNothingElseCounts() {
    Decision decision =
        decide(
            PairState.TRANSPARENT,
            true,
            true,
            new Wish.Pinned(Optional.empty()),
            Optional.of(NOW.minusSeconds(9)));
    assertThat(decision).isInstanceOf(Decision.Rest.class);
    assertThat(((Decision.Rest) decision).reason()).contains("hw.hn.vf_transparent");
  }

  @Test
  void aVfThatIsFoundDownWaitsForItsDelay() {
    assertThat(decide(PairState.VF_ATTACHED, true, false, AUTO, Optional.empty()))
        .isEqualTo(new Decision.StartDelay());
    Decision waiting = decide(PairState.VF_ATTACHED, true, false, AUTO, Optional.of(LATER));
    assertThat(((Decision.Wait) waiting).until()).isEqualTo(LATER);
  }

  @Test
  void afterItsDelayItIsBonded() {
    assertThat(decide(PairState.VF_ATTACHED, true, false, AUTO, Optional.of(NOW)))
        .isEqualTo(new Decision.Act(Intent.BOND));
  }

  @Test
  void aVfThatReturnsWaitsToo() {
    assertThat(decide(PairState.BONDED_SYNTHETIC, true, false, AUTO, Optional.of(LATER)))
        .isInstanceOf(Decision.Wait.class);
    assertThat(decide(PairState.BONDED_SYNTHETIC, true, false, AUTO, Optional.empty()))
        .isEqualTo(new Decision.StartDelay());
  }

  @Test
  void aVfThatIsUpWaitsForNothing() {
    assertThat(decide(PairState.VF_ACTIVE_UNBONDED, true, true, AUTO, Optional.of(LATER)))
        .isEqualTo(new Decision.Act(Intent.BOND));
  }

  @Test
  void aFaultIsMendedWithoutTouchingAVfWhoseDelayRuns() {
    assertThat(decide(PairState.INCONSISTENT, true, false, AUTO, Optional.of(LATER)))
        .isEqualTo(new Decision.Act(Intent.TIDY));
    assertThat(decide(PairState.INCONSISTENT, false, false, AUTO, Optional.empty()))
        .isEqualTo(new Decision.Act(Intent.BOND));
  }

  @Test
  void withoutAVfThereIsNothingToDo() {
    assertThat(decide(PairState.SYNTHETIC, false, false, AUTO, Optional.empty()))
        .isInstanceOf(Decision.Rest.class);
  }

  @Test
  void pinnedHoldsTheVfDownUntilItsEnd() {
    Wish forever = new Wish.Pinned(Optional.empty());
    Wish ended = new Wish.Pinned(Optional.of(NOW));
    Wish running = new Wish.Pinned(Optional.of(LATER));
    for (Wish wish : ImmutableList.of(forever, running)) {
      assertThat(decide(PairState.BONDED_VF, true, true, wish, Optional.empty()))
          .isEqualTo(new Decision.Act(Intent.HOLD_VF_DOWN));
    }
    assertThat(decide(PairState.BONDED_VF, true, true, ended, Optional.empty()))
        .isEqualTo(new Decision.Act(Intent.BOND));
  }

  @Test
  void releasedKeepsHandsOffUnlessTheVfTakesTheTrafficAway() {
    Wish released = new Wish.Released();
    assertThat(decide(PairState.VF_ATTACHED, true, false, released, Optional.empty()))
        .isInstanceOf(Decision.Rest.class);
    assertThat(decide(PairState.VF_ACTIVE_UNBONDED, true, true, released, Optional.empty()))
        .isEqualTo(new Decision.Act(Intent.HOLD_VF_DOWN));
  }

  @Test
  void heldWaitsForItsNextTryAndKeepsTheVfDownUntilThen() {
    Wish held = new Wish.Held("it failed", 2, LATER);
    Decision down = decide(PairState.VF_ATTACHED, true, false, held, Optional.of(NOW));
    assertThat(((Decision.Wait) down).until()).isEqualTo(LATER);
    assertThat(((Decision.Wait) down).reason()).contains("it failed");
    assertThat(decide(PairState.VF_ACTIVE_UNBONDED, true, true, held, Optional.empty()))
        .isEqualTo(new Decision.Act(Intent.HOLD_VF_DOWN));
    Wish due = new Wish.Held("it failed", 2, NOW);
    assertThat(decide(PairState.VF_ATTACHED, true, false, due, Optional.of(NOW)))
        .isEqualTo(new Decision.Act(Intent.BOND));
  }
}
