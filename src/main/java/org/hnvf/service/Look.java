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
 * One pair, looked at under its lock.
 *
 * @param guest what the guest shows
 * @param assessment the pair's state
 * @param word what the operator said of it
 * @param backOff what keeps hnvf from trying again; it counts under AUTO
 * @param delayEnds when its VF's delay ends
 * @param halfDone the administrator's script that did not come to its end
 * @param unstored why the operator's word is not stored
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

  /** Whether the VF is up in the lagg: then it is in use, and an event is an echo. */
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

  /** The same, with a lagg that is known to be the pair's also while hn is not in it. */
  Look withOrphan(InterfaceName made) {
    Pair pair = Pairs.withOrphan(guest, pair(), made);
    return new Look(
        guest, Assessment.of(guest, pair), word, backOff, delayEnds, halfDone, unstored);
  }

  /** The back-off where it counts. */
  Optional<BackOff> held() {
    return word.counting(backOff);
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

  /** The same word and back-off, of a guest that something has been done to; its delay is over. */
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
