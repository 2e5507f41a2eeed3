package org.hnvf.service;

import java.util.Optional;
import org.hnvf.exec.DurableFiles;
import org.hnvf.journal.Journal;
import org.hnvf.journal.PairStore;
import org.hnvf.model.GuestState;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Pair;
import org.hnvf.model.SystemException;
import org.hnvf.model.UnderWay;
import org.hnvf.model.UserException;
import org.hnvf.state.Assessment;
import org.hnvf.state.Pairs;

/** Reads one pair: what the guest shows of it, and what is kept of it between runs. */
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

  /** What the pair is now; its lock is held. */
  Look read(HnUnit unit) throws HnvfException {
    return underLock(reader.snapshot(), unit);
  }

  /** Without its lock, to be shown and not to be acted on. */
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
   * What is being done about a pair, to be shown: by this process, or by another one, which writes
   * a journal and has the lock. Without the lock that one was killed.
   */
  Optional<UnderWay> underWay(HnUnit unit) throws SystemException {
    Optional<UnderWay> ours = works.of(unit);
    if (ours.isPresent()) {
      return ours;
    }
    Optional<UnderWay> others = journal.underWay(unit);
    return others.isPresent() && isLocked(unit) ? others : Optional.empty();
  }

  /** Nobody can be asked whether he has a lock; it is free again at once. */
  private boolean isLocked(HnUnit unit) throws SystemException {
    Optional<DurableFiles.Lock> free = store.tryLock(unit, "status");
    free.ifPresent(DurableFiles.Lock::close);
    return free.isEmpty();
  }

  /**
   * The pair on a guest that was just read. Its lock is held, and what is over is forgotten: the
   * delay of a VF that is up or gone, a lagg that is gone.
   *
   * @throws UserException (no such pair) where there is none
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
   * The pair of this hn.
   *
   * @throws UserException (no such pair) where there is none
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
   * The same guest.
   *
   * @throws UserException (no such pair) where its hn(4) does not tell which VF belongs to which hn
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
   * An operator's word has no effect where the kernel does it all.
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
