package org.hnvf.service;

import java.time.Instant;
import java.util.Optional;
import org.hnvf.model.GuestState;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Pair;
import org.hnvf.model.PairStatus;
import org.hnvf.model.Wish;
import org.hnvf.plan.Assessment;
import org.hnvf.plan.PairReport;
import org.hnvf.plan.Pairs;

/**
 * One pair, looked at under its lock.
 *
 * @param guest what the guest shows
 * @param assessment the pair's state
 * @param wish what somebody wants of it
 * @param delayEnds when its VF's delay ends
 */
record Look(GuestState guest, Assessment assessment, Wish wish, Optional<Instant> delayEnds) {

  Pair pair() {
    return assessment.pair();
  }

  boolean vfUp() {
    return pair().vf().flatMap(guest::find).map(NetInterface::isUp).orElse(false);
  }

  PairStatus status() {
    return PairReport.of(guest, assessment, wish, delayEnds);
  }

  Look withDelay(Instant ends) {
    return new Look(guest, assessment, wish, Optional.of(ends));
  }

  /** The same, with a lagg that is known to be the pair's also while hn is not in it. */
  Look withOrphan(InterfaceName made) {
    Pair pair = Pairs.withOrphan(guest, pair(), made);
    return new Look(guest, Assessment.of(guest, pair), wish, delayEnds);
  }

  Look wanting(Wish now) {
    return new Look(guest, assessment, now, delayEnds);
  }
}
