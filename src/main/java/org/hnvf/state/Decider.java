package org.hnvf.state;

import java.time.Instant;
import java.util.Optional;
import org.hnvf.model.Intent;
import org.hnvf.model.PairState;
import org.hnvf.model.Strategy;
import org.hnvf.model.Wish;

/**
 * Decides about a pair from what it is and what somebody wants of it. Events do not come in here:
 * they only say that it is time to look.
 */
public final class Decider {

  private Decider() {}

  /**
   * The decision.
   *
   * @param assessment what the pair is
   * @param strategy when the configuration moves
   * @param vfUp whether it has a VF that is up
   * @param wish what somebody wants
   * @param delayEnds when the VF's delay ends, where one was started
   * @param now the time
   */
  public static Decision decide(
      Assessment assessment,
      Strategy strategy,
      boolean vfUp,
      Wish wish,
      Optional<Instant> delayEnds,
      Instant now) {
    if (assessment.state() == PairState.TRANSPARENT) {
      return new Decision.Rest("hw.hn.vf_transparent is 1: the kernel does the failover by itself");
    }
    boolean vf = assessment.pair().vf().isPresent();
    if (wish instanceof Wish.Released) {
      // On a VF that is up the host sends everything there, past the configuration on hn.
      return vfUp
          ? new Decision.Act(Intent.HOLD_VF_DOWN)
          : new Decision.Rest("released; hands off until failback");
    }
    if (wish instanceof Wish.Pinned pinned && !pinned.isOver(now)) {
      return new Decision.Act(Intent.HOLD_VF_DOWN);
    }
    if (wish instanceof Wish.Held held && now.isBefore(held.nextTry())) {
      if (!vfUp && assessment.state() == PairState.INCONSISTENT) {
        return new Decision.Act(Intent.TIDY);
      }
      return vfUp
          ? new Decision.Act(Intent.HOLD_VF_DOWN)
          : new Decision.Wait(held.nextTry(), "held after a failure: " + held.reason());
    }
    boolean vfWaits = vf && !vfUp;
    if (vfWaits && delayEnds.isEmpty()) {
      return new Decision.StartDelay();
    }
    if (vfWaits && now.isBefore(delayEnds.orElseThrow())) {
      if (assessment.state() == PairState.INCONSISTENT) {
        return new Decision.Act(Intent.TIDY);
      }
      return strategy == Strategy.BEFORE_VF_UP && assessment.state() == PairState.VF_ATTACHED
          ? new Decision.Act(Intent.PREPARE)
          : new Decision.Wait(delayEnds.orElseThrow(), "the VF's delay is running");
    }
    return assessment.state() == PairState.SYNTHETIC
        ? new Decision.Rest("no VF")
        : new Decision.Act(Intent.BOND);
  }
}
