package org.hnvf.service;

import java.time.Instant;
import java.util.Optional;
import org.hnvf.model.BackOff;
import org.hnvf.model.GuestState;
import org.hnvf.model.HalfDoneScript;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.OperatorWord;
import org.hnvf.model.Pair;
import org.hnvf.model.PairStatus;
import org.hnvf.state.Assessment;
import org.hnvf.state.PairReport;
import org.hnvf.state.Pairs;

/**
 * One pair under its lock.
 *
 * @param guest the snapshot
 * @param assessment the pair's state
 * @param word the operator's word
 * @param backOff the back-off; it applies under AUTO
 * @param delayEnds the end of its VF's delay
 * @param halfDone the override script that did not finish
 * @param unstored the reason why the operator's word is not stored
 */
record Look(
    GuestState guest,
    Assessment assessment,
    OperatorWord word,
    Optional<BackOff> backOff,
    Optional<Instant> delayEnds,
    Optional<HalfDoneScript> halfDone,
    Optional<String> unstored) {

  Pair pair() {
    return assessment.pair();
  }

  boolean vfUp() {
    return pair().vf().flatMap(guest::find).map(NetInterface::isUp).orElse(false);
  }

  /**
   * Returns whether the VF is up in the lagg. It is then in use, and a VF_UP event is the
   * consequence of hnvf's own command.
   */
  boolean vfIsPort() {
    return vfUp()
        && pair()
            .vf()
            .flatMap(vf -> pair().lagg().flatMap(guest::find).flatMap(lagg -> lagg.port(vf)))
            .isPresent();
  }

  PairStatus status() {
    return PairReport.of(guest, assessment, word, backOff, delayEnds, halfDone, unstored);
  }

  Look withDelay(Instant ends) {
    return new Look(guest, assessment, word, backOff, Optional.of(ends), halfDone, unstored);
  }

  Look withoutDelay() {
    return new Look(guest, assessment, word, backOff, Optional.empty(), halfDone, unstored);
  }

  /** Returns a copy with a lagg that belongs to the pair even while hn is not its port. */
  Look withOrphan(InterfaceName made) {
    Pair pair = Pairs.withOrphan(guest, pair(), made);
    return new Look(
        guest, Assessment.of(guest, pair), word, backOff, delayEnds, halfDone, unstored);
  }

  /** Returns the back-off if it applies. */
  Optional<BackOff> held() {
    return word.effectiveBackOff(backOff);
  }

  Look withWord(OperatorWord now) {
    return new Look(guest, assessment, now, backOff, delayEnds, halfDone, unstored);
  }

  Look withHalfDone(Optional<HalfDoneScript> now) {
    return new Look(guest, assessment, word, backOff, delayEnds, now, unstored);
  }

  Look withUnstored(Optional<String> why) {
    return new Look(guest, assessment, word, backOff, delayEnds, halfDone, why);
  }

  Look withBackOff(Optional<BackOff> now) {
    return new Look(guest, assessment, word, now, delayEnds, halfDone, unstored);
  }

  /** Returns a copy with a new snapshot and without the delay; word and back-off are unchanged. */
  Look seeing(GuestState now) {
    return Pairs.find(now, pair().unit())
        .map(
            pair ->
                new Look(
                    now,
                    Assessment.of(now, pair),
                    word,
                    backOff,
                    Optional.empty(),
                    halfDone,
                    unstored))
        .orElse(this);
  }
}
