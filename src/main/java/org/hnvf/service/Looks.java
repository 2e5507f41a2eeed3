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
import org.hnvf.state.Assessment;
import org.hnvf.state.Pairs;

/** Looks at pairs; whoever has a mind to act does so under the pair's lock. */
final class Looks {

  /** How long a verb waits for another workflow on the same pair. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final PatientReader reader;
  private final PairStore store;
  private final LastResort lastResort;
  private final Follower follower;

  Looks(PatientReader reader, PairStore store, LastResort lastResort, Follower follower) {
    this.reader = reader;
    this.store = store;
    this.lastResort = lastResort;
    this.follower = follower;
  }

  /** What is done about a pair that has been looked at under its lock. */
  @FunctionalInterface
  interface PairVerb {
    Report on(Look look) throws HnvfException;
  }

  /** What is done about a pair that somebody asked to look at while it was being worked on. */
  @FunctionalInterface
  interface Follower {
    Report on(Look look, Trigger trigger) throws HnvfException;
  }

  /** Where what the guest shows comes from. */
  @FunctionalInterface
  interface Source {
    GuestState read() throws SystemException;
  }

  /** What may leave a guest cut off where it fails. */
  @FunctionalInterface
  private interface Risk<T> {
    T run() throws HnvfException;
  }

  /** Whatever becomes of it, a VF that cuts the guest off does not stay up. */
  private <T> T guarded(HnUnit unit, Risk<T> risk) throws HnvfException {
    try {
      return risk.run();
    } catch (HnvfException e) {
      throw lastResort.after(unit, e);
    } catch (RuntimeException e) {
      throw lastResort.after(unit, e);
    }
  }

  /**
   * Where the lock cannot even be asked for, the guest must not stay cut off for that. Who has got
   * it before, and is in the middle of a workflow, finds the VF down and undoes it.
   */
  private DurableFiles.Lock lock(HnUnit unit, String purpose) throws HnvfException {
    return guarded(unit, () -> store.lock(unit, purpose, PATIENCE));
  }

  private Optional<DurableFiles.Lock> tryLock(HnUnit unit, String purpose) throws HnvfException {
    return guarded(unit, () -> store.tryLock(unit, purpose));
  }

  /** Takes the lock of a pair, looks, and does it. */
  Report onUnit(HnUnit unit, String purpose, PairVerb body) throws HnvfException {
    return onUnit(unit, purpose, reader::snapshot, body);
  }

  /** The same, of a guest that is read in another way. */
  Report onUnit(HnUnit unit, String purpose, Source source, PairVerb body) throws HnvfException {
    Report report;
    try (DurableFiles.Lock lock = lock(unit, purpose)) {
      report = guarded(unit, () -> body.on(tidy(supported(source.read()), unit, lock)));
    } catch (HnvfException e) {
      throw answered(unit, e);
    }
    return followed(unit, report);
  }

  /**
   * The same for the pair of this hn. An hn has its driver's name nearly always: then one look is
   * enough, which counts when the guest is cut off.
   */
  Report onPair(InterfaceName hn, String verb, PairVerb body) throws HnvfException {
    Optional<HnUnit> guess = hn.hnUnit();
    if (guess.isPresent()) {
      Optional<Report> report = Optional.empty();
      try (DurableFiles.Lock lock = lock(guess.get(), verb + " " + hn)) {
        report = guarded(guess.get(), () -> onGuess(guess.get(), hn, body, lock));
      } catch (HnvfException e) {
        throw answered(guess.get(), e);
      }
      Report last = followed(guess.get(), report.orElse(Report.nothing("not the pair of " + hn)));
      if (report.isPresent()) {
        return last;
      }
    }
    return onUnit(pairOf(reader.snapshot(), hn).unit(), verb + " " + hn, body);
  }

  private Optional<Report> onGuess(
      HnUnit guess, InterfaceName hn, PairVerb body, DurableFiles.Lock held) throws HnvfException {
    GuestState guest = supported(reader.snapshot());
    return pairOf(guest, hn).unit().equals(guess)
        ? Optional.of(body.on(tidy(guest, guess, held)))
        : Optional.empty();
  }

  /**
   * An event is a hint and does not wait: where the pair is being worked on, whoever does so is
   * asked to look once more, and this is over. So events are neither lost nor queued up.
   */
  Report onHint(HnUnit unit, Trigger trigger, Source source, PairVerb body) throws HnvfException {
    Optional<DurableFiles.Lock> free = tryLock(unit, trigger.toString());
    if (free.isEmpty()) {
      ask(unit, trigger);
      free = tryLock(unit, trigger.toString());
    }
    if (free.isEmpty()) {
      return Report.nothing("hn" + unit + " is being worked on; it is looked at once more then");
    }
    Report report;
    try (DurableFiles.Lock lock = free.get()) {
      report =
          guarded(
              unit,
              () -> {
                store.answer(unit);
                return body.on(tidy(supported(source.read()), unit, lock));
              });
    } catch (HnvfException e) {
      throw answered(unit, e);
    }
    return followed(unit, report);
  }

  /**
   * An event that was kept out by work that failed is answered all the same: whoever brought it has
   * gone away and relies on us.
   */
  private HnvfException answered(HnUnit unit, HnvfException failure) {
    try {
      Report unused = followed(unit, Report.nothing("failed"));
    } catch (HnvfException next) {
      failure.addSuppressed(next);
    }
    return failure;
  }

  /** A trigger that calls a script is not replaced by one that does not. */
  private void ask(HnUnit unit, Trigger trigger) throws SystemException {
    boolean stronger =
        store.asked(unit).map(Trigger::named).map(Trigger::callsOverride).orElse(false);
    if (!stronger) {
      store.askAgain(unit, trigger.name());
    }
  }

  /** Looks once more where an event came meanwhile. */
  private Report followed(HnUnit unit, Report first) throws HnvfException {
    Report report = first;
    for (Optional<String> why = store.asked(unit); why.isPresent(); why = store.asked(unit)) {
      String word = why.get();
      Optional<DurableFiles.Lock> free = tryLock(unit, "a look after " + word);
      if (free.isEmpty()) {
        return report;
      }
      try (DurableFiles.Lock lock = free.get()) {
        Report next =
            guarded(
                unit,
                () -> {
                  store.answer(unit);
                  Look look = tidy(supported(reader.snapshot()), unit, lock);
                  return follower.on(look, Trigger.named(word));
                });
        report = report.followedBy(next);
      }
    }
    return report;
  }

  /** The lock is asked for so that nobody does this without it. */
  private Look tidy(GuestState guest, HnUnit unit, DurableFiles.Lock held) throws HnvfException {
    requireNonNull(held);
    return tidy(guest, unit);
  }

  /** Looks at a pair whose lock is held already, once more. */
  Look again(HnUnit unit) throws HnvfException {
    return tidy(supported(reader.snapshot()), unit);
  }

  /** A look without a lock, to be shown and not to be acted on. */
  Look of(GuestState guest, Pair found) throws SystemException {
    Optional<InterfaceName> made = store.lagg(found.unit());
    Pair pair = made.isPresent() ? Pairs.withOrphan(guest, found, made.get()) : found;
    return new Look(
        guest, Assessment.of(guest, pair), store.wish(pair.unit()), store.delayEnds(pair.unit()));
  }

  /**
   * A look, under the pair's lock, that forgets what is over: the delay of a VF that is up or gone,
   * a lagg that is gone.
   */
  private Look tidy(GuestState guest, HnUnit unit) throws HnvfException {
    Pair pair =
        Pairs.find(guest, unit)
            .orElseThrow(() -> UserException.noSuchPair("there is no hn" + unit));
    Optional<InterfaceName> made = store.lagg(unit);
    if (made.isPresent() && guest.find(made.get()).isEmpty()) {
      store.forgetLagg(unit);
    }
    Look look = of(guest, pair);
    if (!look.vfUp() && store.hasScriptRun(unit)) {
      store.forgetScript(unit);
    }
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
