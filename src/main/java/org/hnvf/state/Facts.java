package org.hnvf.state;

import java.time.Instant;
import java.util.Optional;
import org.hnvf.model.PairState;
import org.hnvf.model.Strategy;
import org.hnvf.model.Wish;

/**
 * What a decision about a pair goes by.
 *
 * @param assessment what the pair is
 * @param orphaned whether it has a lagg that hn is not in
 * @param vfUp whether it has a VF that is up
 * @param laggIsOurs whether hnvf has noted the pair's lagg as one that it made
 * @param scripted whether an administrator's script has the place of the workflow
 * @param wish what somebody wants of it
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
    Wish wish,
    Optional<Instant> delayEnds,
    Strategy strategy,
    Instant now) {

  boolean is(PairState state) {
    return assessment.state() == state;
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
