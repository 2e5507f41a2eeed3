package org.hnvf.service;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.hnvf.exec.DurableFiles;
import org.hnvf.journal.PairStore;
import org.hnvf.model.GuestState;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Pair;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;
import org.hnvf.plan.Assessment;
import org.hnvf.plan.Pairs;

/** Looks at pairs; whoever has a mind to act does so under the pair's lock. */
final class Looks {

  /** How long a verb waits for another workflow on the same pair. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final PatientReader reader;
  private final PairStore store;

  Looks(PatientReader reader, PairStore store) {
    this.reader = reader;
    this.store = store;
  }

  /** What is done about a pair that has been looked at under its lock. */
  @FunctionalInterface
  interface PairVerb {
    Report on(Look look) throws HnvfException;
  }

  /** Takes the lock of a pair, looks, and does it. */
  Report onUnit(HnUnit unit, String purpose, PairVerb body) throws HnvfException {
    try (DurableFiles.Lock lock = store.lock(unit, purpose, PATIENCE)) {
      return body.on(tidy(supported(reader.snapshot()), unit, lock));
    }
  }

  /**
   * The same for the pair of this hn. An hn has its driver's name nearly always: then one look is
   * enough, which counts when the guest is cut off.
   */
  Report onPair(InterfaceName hn, String verb, PairVerb body) throws HnvfException {
    Optional<HnUnit> guess = hn.hnUnit();
    if (guess.isPresent()) {
      try (DurableFiles.Lock lock = store.lock(guess.get(), verb + " " + hn, PATIENCE)) {
        GuestState guest = supported(reader.snapshot());
        if (pairOf(guest, hn).unit().equals(guess.get())) {
          return body.on(tidy(guest, guess.get(), lock));
        }
      }
    }
    return onUnit(pairOf(reader.snapshot(), hn).unit(), verb + " " + hn, body);
  }

  /** A look without a lock, to be shown and not to be acted on. */
  Look of(GuestState guest, Pair found) throws SystemException {
    Optional<InterfaceName> made = store.lagg(found.unit());
    Pair pair = made.isPresent() ? Pairs.withOrphan(guest, found, made.get()) : found;
    return new Look(
        guest, Assessment.of(guest, pair), store.wish(pair.unit()), store.delayEnds(pair.unit()));
  }

  /**
   * A look that forgets what is over: the delay of a VF that is up or gone, a lagg that is gone.
   * The lock is asked for so that nobody does this without it.
   */
  private Look tidy(GuestState guest, HnUnit unit, DurableFiles.Lock held) throws HnvfException {
    requireNonNull(held);
    Pair pair =
        Pairs.find(guest, unit)
            .orElseThrow(() -> UserException.noSuchPair("there is no hn" + unit));
    Optional<InterfaceName> made = store.lagg(unit);
    if (made.isPresent() && guest.find(made.get()).isEmpty()) {
      store.forgetLagg(unit);
    }
    Look look = of(guest, pair);
    if (look.delayEnds().isPresent() && (look.pair().vf().isEmpty() || look.vfUp())) {
      store.endDelay(unit);
      return new Look(guest, look.assessment(), look.wish(), Optional.empty());
    }
    return look;
  }

  static Pair pairOf(GuestState guest, InterfaceName hn) throws UserException {
    return Pairs.ofHn(guest, hn)
        .orElseThrow(
            () ->
                UserException.noSuchPair(
                    guest.find(hn).isPresent()
                        ? hn + " is not a synthetic NIC (hn)"
                        : "there is no interface " + hn));
  }

  static GuestState supported(GuestState guest) throws UserException {
    if (guest.hyperV().vfList().isEmpty()) {
      throw UserException.noSuchPair(
          "sysctl hw.hn.vflist is missing: this kernel's hn(4) cannot tell which VF belongs to"
              + " which hn, so nothing can be done; nothing was changed");
    }
    return guest;
  }
}
