package org.hnvf.service;

import java.time.Instant;
import java.util.Optional;
import org.hnvf.model.GuestState;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Pair;
import org.hnvf.model.PairStatus;
import org.hnvf.model.Wish;
import org.hnvf.plan.Assessment;
import org.hnvf.plan.PairReport;

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

  Look wanting(Wish now) {
    return new Look(guest, assessment, now, delayEnds);
  }
}
