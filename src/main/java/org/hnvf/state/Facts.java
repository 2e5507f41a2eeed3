package org.hnvf.state;

import java.time.Instant;
import java.util.Optional;
import org.hnvf.model.BackOff;
import org.hnvf.model.OperatorWord;
import org.hnvf.model.PairState;
import org.hnvf.model.Strategy;

/**
 * The input of a decision about a pair.
 *
 * @param assessment the state of the pair
 * @param orphaned whether the pair has a lagg of which hn is not a port
 * @param vfUp whether its VF is up
 * @param releaseUnfinished whether the word is RELEASED and the pair still has a lagg that hnvf
 *     created
 * @param scripted whether an override script replaces the workflow
 * @param word the operator's word
 * @param backOff the back-off; it applies under AUTO
 * @param delayEnds the end of the VF's delay, if one was started
 * @param strategy when the configuration moves
 * @param now the time
 */
public record Facts(
    Assessment assessment,
    boolean orphaned,
    boolean vfUp,
    boolean releaseUnfinished,
    boolean scripted,
    OperatorWord word,
    Optional<BackOff> backOff,
    Optional<Instant> delayEnds,
    Strategy strategy,
    Instant now) {

  boolean is(PairState state) {
    return assessment.state() == state;
  }

  /** Returns the back-off if it applies. */
  Optional<BackOff> held() {
    return word.effectiveBackOff(backOff);
  }

  boolean hasVf() {
    return assessment.pair().vf().isPresent();
  }

  boolean hasLagg() {
    return assessment.pair().lagg().isPresent();
  }

  /** Returns whether the VF is attached and down. */
  boolean vfWaits() {
    return hasVf() && !vfUp;
  }
}
