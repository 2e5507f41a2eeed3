package org.hnvf.state;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.model.BackOff;
import org.hnvf.model.HnUnit;
import org.hnvf.model.Intent;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.OperatorWord;
import org.hnvf.model.Pair;
import org.hnvf.model.PairState;
import org.hnvf.model.Strategy;
import org.junit.jupiter.api.Test;

/** Decisions from a state, the operator's word and a back-off, without a guest. */
final class DeciderTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(60);
  private static final OperatorWord AUTO = new OperatorWord.Auto();

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
      PairState state, boolean vf, boolean vfUp, OperatorWord word, Optional<Instant> delayEnds) {
    return decide(state, vf, vfUp, word, Optional.empty(), delayEnds);
  }

  private static Decision decide(
      PairState state,
      boolean vf,
      boolean vfUp,
      OperatorWord word,
      Optional<BackOff> backOff,
      Optional<Instant> delayEnds) {
    return Decider.next(
        new Facts(
            pair(state, vf),
            false,
            vfUp,
            false,
            false,
            word,
            backOff,
            delayEnds,
            Strategy.ON_VF_UP,
            NOW),
        Asked.NOTHING,
        SoFar.NOTHING);
  }

  @Test
  void inTransparentModeNothingElseCounts() {
    Decision decision =
        decide(
            PairState.TRANSPARENT,
            true,
            true,
            new OperatorWord.Pinned(Optional.empty()),
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
  void afterItsDelayItsLaggIsMade() {
    assertThat(decide(PairState.VF_ATTACHED, true, false, AUTO, Optional.of(NOW)))
        .isEqualTo(new Decision.Act(Intent.USE_LAGG));
  }

  @Test
  void aVfThatReturnsWaitsToo() {
    assertThat(decide(PairState.LAGG_SYNTHETIC, true, false, AUTO, Optional.of(LATER)))
        .isInstanceOf(Decision.Wait.class);
    assertThat(decide(PairState.LAGG_SYNTHETIC, true, false, AUTO, Optional.empty()))
        .isEqualTo(new Decision.StartDelay());
  }

  @Test
  void aVfThatIsUpWaitsForNothing() {
    assertThat(decide(PairState.VF_UP_NO_LAGG, true, true, AUTO, Optional.of(LATER)))
        .isEqualTo(new Decision.Act(Intent.USE_LAGG));
  }

  @Test
  void aFaultIsMendedWithoutTouchingAVfWhoseDelayRuns() {
    assertThat(decide(PairState.INCONSISTENT, true, false, AUTO, Optional.of(LATER)))
        .isEqualTo(new Decision.Act(Intent.TIDY));
    assertThat(decide(PairState.INCONSISTENT, false, false, AUTO, Optional.empty()))
        .isEqualTo(new Decision.Act(Intent.USE_LAGG));
  }

  @Test
  void withoutAVfThereIsNothingToDo() {
    assertThat(decide(PairState.SYNTHETIC, false, false, AUTO, Optional.empty()))
        .isInstanceOf(Decision.Rest.class);
  }

  @Test
  void pinnedHoldsTheVfDownUntilItsEnd() {
    OperatorWord forever = new OperatorWord.Pinned(Optional.empty());
    OperatorWord ended = new OperatorWord.Pinned(Optional.of(NOW));
    OperatorWord running = new OperatorWord.Pinned(Optional.of(LATER));
    for (OperatorWord word : ImmutableList.of(forever, running)) {
      assertThat(decide(PairState.LAGG_VF, true, true, word, Optional.empty()))
          .isEqualTo(new Decision.Act(Intent.HOLD_VF_DOWN));
    }
    assertThat(decide(PairState.LAGG_VF, true, true, ended, Optional.empty()))
        .isEqualTo(new Decision.Act(Intent.USE_LAGG));
  }

  @Test
  void releasedKeepsHandsOffUnlessTheVfTakesTheTrafficAway() {
    OperatorWord released = new OperatorWord.Released();
    assertThat(decide(PairState.VF_ATTACHED, true, false, released, Optional.empty()))
        .isInstanceOf(Decision.Rest.class);
    assertThat(decide(PairState.VF_UP_NO_LAGG, true, true, released, Optional.empty()))
        .isEqualTo(new Decision.Act(Intent.HOLD_VF_DOWN));
  }

  @Test
  void heldWaitsForItsNextTryAndKeepsTheVfDownUntilThen() {
    Optional<BackOff> held = Optional.of(new BackOff("it failed", 2, LATER));
    Decision down = decide(PairState.VF_ATTACHED, true, false, AUTO, held, Optional.of(NOW));
    assertThat(((Decision.Wait) down).until()).isEqualTo(LATER);
    assertThat(((Decision.Wait) down).reason()).contains("it failed");
    assertThat(decide(PairState.VF_UP_NO_LAGG, true, true, AUTO, held, Optional.empty()))
        .isEqualTo(new Decision.Act(Intent.HOLD_VF_DOWN));
    Optional<BackOff> due = Optional.of(new BackOff("it failed", 2, NOW));
    assertThat(decide(PairState.VF_ATTACHED, true, false, AUTO, due, Optional.of(NOW)))
        .isEqualTo(new Decision.Act(Intent.USE_LAGG));
  }

  @Test
  void theOperatorsWordComesBeforeTheBackOff() {
    Optional<BackOff> held = Optional.of(new BackOff("it failed", 2, LATER));
    OperatorWord pinned = new OperatorWord.Pinned(Optional.empty());
    assertThat(decide(PairState.VF_ATTACHED, true, false, pinned, held, Optional.empty()))
        .isEqualTo(new Decision.Act(Intent.HOLD_VF_DOWN));
    OperatorWord released = new OperatorWord.Released();
    Decision rest = decide(PairState.VF_ATTACHED, true, false, released, held, Optional.empty());
    assertThat(((Decision.Rest) rest).reason()).contains("released");
  }

  private static Facts facts(PairState state, boolean vfUp, OperatorWord word, boolean lagg) {
    return facts(state, vfUp, word, Optional.empty(), lagg);
  }

  private static Facts facts(
      PairState state, boolean vfUp, OperatorWord word, Optional<BackOff> backOff, boolean lagg) {
    Pair pair =
        new Pair(
            new HnUnit(0),
            new InterfaceName("hn0"),
            Optional.of(new InterfaceName("mlxen0")),
            lagg ? Optional.of(new InterfaceName("lagg0")) : Optional.empty());
    return new Facts(
        new Assessment(pair, state, ImmutableList.of(), Optional.empty()),
        false,
        vfUp,
        lagg && word instanceof OperatorWord.Released,
        false,
        word,
        backOff,
        Optional.empty(),
        Strategy.ON_VF_UP,
        NOW);
  }

  @Test
  void aFaultIsMendedBeforeADelayBegins() {
    Facts broken = facts(PairState.INCONSISTENT, false, AUTO, true);
    assertThat(Decider.next(broken, Asked.NOTHING, SoFar.NOTHING))
        .isEqualTo(new Decision.Act(Intent.TIDY));
    SoFar tidied = SoFar.NOTHING.ran(Intent.TIDY, true);
    Facts mended = facts(PairState.LAGG_SYNTHETIC, false, AUTO, true);
    assertThat(Decider.next(mended, Asked.NOTHING, tidied)).isEqualTo(new Decision.StartDelay());
    assertThat(Decider.next(mended, Asked.NOTHING, SoFar.NOTHING.ran(Intent.TIDY, false)))
        .isInstanceOf(Decision.Rest.class);
  }

  @Test
  void whatCannotBeBegunLeavesAGuestThatAnswersAndIsHeldDown() {
    SoFar stopped = SoFar.NOTHING.stoppedBy("no rc.conf");
    Facts cutOff = facts(PairState.VF_UP_NO_LAGG, true, AUTO, false);
    assertThat(Decider.next(cutOff, Asked.NOTHING, stopped))
        .isEqualTo(new Decision.PutRight(Intent.HOLD_VF_DOWN));
    assertThat(Decider.next(cutOff, Asked.NOTHING, stopped.ran(Intent.HOLD_VF_DOWN, true)))
        .isEqualTo(new Decision.HoldDown("no rc.conf"));
    assertThat(Decider.next(cutOff, Asked.NOTHING, stopped.heldDown()))
        .isInstanceOf(Decision.Rest.class);
    assertThat(Decider.next(facts(PairState.LAGG_VF, true, AUTO, true), Asked.NOTHING, stopped))
        .isInstanceOf(Decision.Rest.class);
  }

  @Test
  void aReleaseThatFailedLeavesTheWordOfBefore() {
    Asked release = new Asked(Optional.of(Intent.RELEASE), false, false);
    Facts stands = facts(PairState.LAGG_SYNTHETIC, false, new OperatorWord.Released(), true);
    SoFar failed = SoFar.NOTHING.withPreviousWord(AUTO).ran(Intent.RELEASE, false);
    assertThat(Decider.next(stands, release, failed)).isEqualTo(new Decision.Replace(AUTO));
    assertThat(Decider.next(stands, release, failed.replacedWord()))
        .isInstanceOf(Decision.Rest.class);
    assertThat(Decider.next(stands, release, SoFar.NOTHING.ran(Intent.RELEASE, true)))
        .isInstanceOf(Decision.Rest.class);
  }

  @Test
  void aReleaseThatWasCutShortIsFinishedOnceAndThenPinned() {
    Facts stands = facts(PairState.LAGG_SYNTHETIC, false, new OperatorWord.Released(), true);
    assertThat(Decider.next(stands, Asked.NOTHING, SoFar.NOTHING))
        .isEqualTo(new Decision.Act(Intent.RELEASE));
    assertThat(Decider.next(stands, Asked.NOTHING, SoFar.NOTHING.ran(Intent.RELEASE, false)))
        .isEqualTo(new Decision.Replace(new OperatorWord.Pinned(Optional.empty())));
  }

  @Test
  void everyStoryEnds() {
    for (PairState state : PairState.values()) {
      for (OperatorWord word :
          ImmutableList.of(
              AUTO, new OperatorWord.Released(), new OperatorWord.Pinned(Optional.empty()))) {
        for (boolean bit : new boolean[] {false, true}) {
          for (boolean well : new boolean[] {false, true}) {
            for (Optional<BackOff> held :
                ImmutableList.of(
                    Optional.<BackOff>empty(), Optional.of(new BackOff("it failed", 1, LATER)))) {
              assertThat(steps(facts(state, bit, word, held, !bit), well)).isAtMost(6);
            }
          }
        }
      }
    }
  }

  /** How often is decided until the end, of a guest that nothing changes. */
  private static int steps(Facts facts, boolean well) {
    SoFar soFar = SoFar.NOTHING;
    for (int steps = 0; steps < 20; steps++) {
      Decision next = Decider.next(facts, new Asked(Optional.empty(), true, false), soFar);
      if (next instanceof Decision.Rest || next instanceof Decision.Wait) {
        return steps;
      }
      if (next instanceof Decision.Act act) {
        soFar = well ? soFar.ran(act.intent(), true) : soFar.stoppedBy("x");
      } else if (next instanceof Decision.PutRight right) {
        soFar = soFar.ran(right.intent(), well);
      } else if (next instanceof Decision.StartDelay) {
        soFar = well ? soFar.startedDelay() : soFar.stoppedBy("x");
      } else if (next instanceof Decision.HoldDown) {
        soFar = soFar.heldDown();
      } else {
        soFar = soFar.replacedWord();
      }
    }
    return 20;
  }
}
