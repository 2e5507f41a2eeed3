package org.hnvf.service;

import java.util.Optional;
import org.hnvf.exec.DurableFiles;
import org.hnvf.journal.PairStore;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.SystemException;

/**
 * The locks of the pairs for a reconciliation. If the disk or the system refuses one, a VF that
 * cuts the guest off is taken down without it: another process that runs a workflow then rolls it
 * back.
 */
final class RescuingLocks {

  private final PairLocks locks;
  private final LastResort lastResort;

  RescuingLocks(PairStore store, LastResort lastResort) {
    this.locks = new PairLocks(store);
    this.lastResort = lastResort;
  }

  /** Waits for the lock. */
  DurableFiles.Lock await(HnUnit unit, String purpose) throws HnvfException {
    return orRescue(unit, () -> locks.await(unit, purpose));
  }

  /** Returns the lock if it is free; otherwise asks its holder to reconcile once more. */
  Optional<DurableFiles.Lock> tryLockOrAsk(HnUnit unit, Hint hint) throws HnvfException {
    return orRescue(unit, () -> locks.tryLockOrAsk(unit, hint));
  }

  /** Returns the lock if it is free. */
  Optional<DurableFiles.Lock> tryLock(HnUnit unit, String purpose) throws HnvfException {
    return orRescue(unit, () -> locks.tryLock(unit, purpose));
  }

  /** Returns the request for a reconciliation, if there is one. */
  Optional<Hint> asked(HnUnit unit) throws SystemException {
    return locks.asked(unit);
  }

  /** Deletes the requests so far, which the reconciliation that follows answers. */
  void answer(HnUnit unit) throws HnvfException {
    boolean unused =
        orRescue(
            unit,
            () -> {
              locks.answer(unit);
              return true;
            });
  }

  /** Uses a lock or its file. */
  @FunctionalInterface
  private interface Use<T> {
    T of() throws HnvfException;
  }

  private <T> T orRescue(HnUnit unit, Use<T> use) throws HnvfException {
    try {
      return use.of();
    } catch (HnvfException | RuntimeException e) {
      lastResort.after(unit, e, false);
      throw e;
    }
  }
}
