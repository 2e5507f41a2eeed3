package org.hnvf.service;

import java.util.Optional;
import org.hnvf.journal.Journal;
import org.hnvf.journal.PairStore;
import org.hnvf.model.GuestState;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Pair;
import org.hnvf.model.PairHistory;
import org.hnvf.model.SystemException;
import org.hnvf.model.UnderWay;
import org.hnvf.model.UserException;
import org.hnvf.state.Assessment;
import org.hnvf.state.Pairs;

/** Reads one pair: its live state and the files that hnvf keeps of it. */
final class PairReader {

  private final PatientReader reader;
  private final PairStore store;
  private final Journal journal;
  private final Works works;

  PairReader(PatientReader reader, PairStore store, Journal journal, Works works) {
    this.journal = journal;
    this.works = works;
    this.reader = reader;
    this.store = store;
  }

  /** Reads the pair; the caller holds its lock. */
  Look read(HnUnit unit) throws HnvfException {
    return underLock(reader.snapshot(), unit);
  }

  /**
   * Returns the pair for display; the caller does not hold its lock and must not act on the result.
   */
  Look shown(GuestState guest, Pair found) throws SystemException {
    Optional<InterfaceName> made = store.lagg(found.unit());
    Pair pair = made.isPresent() ? Pairs.withOrphan(guest, found, made.get()) : found;
    return new Look(
        guest,
        Assessment.of(guest, pair),
        store.word(pair.unit()),
        store.backOff(pair.unit()),
        store.delayEnds(pair.unit()),
        store.halfDone(pair.unit()),
        store.unstored(pair.unit()));
  }

  /**
   * Returns the running workflow of a pair for display: of this process, or of another one, which
   * writes a journal and holds the lock. A journal without a lock belongs to a killed process.
   */
  Optional<UnderWay> underWay(HnUnit unit) throws SystemException {
    Optional<UnderWay> ours = works.of(unit);
    if (ours.isPresent()) {
      return ours;
    }
    Optional<UnderWay> others = journal.underWay(unit);
    return others.isPresent() && store.isLocked(unit) ? others : Optional.empty();
  }

  /** Returns the last workflow of a pair, and all its sightings, for display. */
  PairHistory history(HnUnit unit) {
    return journal.history(unit);
  }

  /**
   * Returns the pair in a new snapshot; the caller holds its lock. It deletes files that no longer
   * apply: the delay of a VF that is up or gone, a lagg that is gone.
   *
   * @throws UserException (no such pair) if there is no such pair
   */
  Look underLock(GuestState guest, HnUnit unit) throws HnvfException {
    Pair pair =
        Pairs.find(supported(guest), unit)
            .orElseThrow(() -> UserException.noSuchPair("there is no hn" + unit));
    store.storeLate(unit);
    Optional<InterfaceName> made = store.lagg(unit);
    if (made.isPresent() && guest.find(made.get()).isEmpty()) {
      store.forgetLagg(unit);
    }
    Look look = shown(guest, pair);
    if (!look.vfUp() && store.hasScriptRun(unit)) {
      store.forgetScript(unit);
    }
    if (!look.vfUp() && store.isUnproven(unit)) {
      store.forgetUnproven(unit);
    }
    if (look.delayEnds().isPresent() && (look.pair().vf().isEmpty() || look.vfUp())) {
      store.endDelay(unit);
      return look.withoutDelay();
    }
    return look;
  }

  /**
   * Returns the pair of this hn.
   *
   * @throws UserException (no such pair) if there is no such pair
   */
  static Pair pairOf(GuestState guest, InterfaceName hn) throws UserException {
    return Pairs.ofHn(guest, hn)
        .orElseThrow(
            () ->
                UserException.noSuchPair(
                    guest.find(hn).isPresent()
                        ? hn + " is not a synthetic NIC (hn)"
                        : "there is no interface " + hn));
  }

  /**
   * Returns the snapshot.
   *
   * @throws UserException (no such pair) if its hn(4) does not publish which VF belongs to which hn
   */
  static GuestState supported(GuestState guest) throws UserException {
    if (guest.hyperV().vfList().isEmpty()) {
      throw UserException.noSuchPair(
          "sysctl hw.hn.vflist is missing: this kernel's hn(4) cannot tell which VF belongs to"
              + " which hn, so nothing can be done; nothing was changed");
    }
    return guest;
  }

  /**
   * Refuses an operator's word in transparent mode, where it has no effect.
   *
   * @throws UserException (configuration) in transparent mode
   */
  static void refuseTransparent(GuestState guest) throws UserException {
    if (guest.hyperV().isTransparent()) {
      throw UserException.configuration(
          "hw.hn.vf_transparent is 1: the kernel does the failover by itself and hnvf changes"
              + " nothing; set hw.hn.vf_transparent=\"0\" in /boot/loader.conf and reboot to have"
              + " hnvf do it");
    }
  }
}
