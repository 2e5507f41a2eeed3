package org.hnvf.state;

import java.time.Instant;
import java.util.Optional;
import org.hnvf.model.BackOff;
import org.hnvf.model.OperatorWord;
import org.hnvf.model.PairState;
import org.hnvf.model.Strategy;

/**
 * What a decision about a pair goes by.
 *
 * @param assessment what the pair is
 * @param orphaned whether it has a lagg that hn is not in
 * @param vfUp whether it has a VF that is up
 * @param laggIsOurs whether hnvf has noted the pair's lagg as one that it made
 * @param scripted whether an administrator's script has the place of the workflow
 * @param word what the operator said of it
 * @param backOff what keeps hnvf from trying again; it counts under AUTO
 * @param delayEnds when the VF's delay ends, where one was started
 * @param strategy when the configuration moves
 * @param now the time
 */
public record Facts(
    Assessment assessment,
    boolean orphaned,
    boolean vfUp,
    boolean laggIsOurs,
    boolean scripted,
    OperatorWord word,
    Optional<BackOff> backOff,
    Optional<Instant> delayEnds,
    Strategy strategy,
    Instant now) {

  boolean is(PairState state) {
    return assessment.state() == state;
  }

  /** The back-off where it counts. */
  Optional<BackOff> held() {
    return word.counting(backOff);
  }

  boolean hasVf() {
    return assessment.pair().vf().isPresent();
  }

  boolean hasLagg() {
    return assessment.pair().lagg().isPresent();
  }

  /** Whether the VF is there and down. */
  boolean vfWaits() {
    return hasVf() && !vfUp;
  }
}
