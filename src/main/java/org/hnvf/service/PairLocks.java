package org.hnvf.service;

import java.time.Duration;
import java.util.Optional;
import org.hnvf.exec.DurableFiles;
import org.hnvf.journal.PairStore;
import org.hnvf.model.HnUnit;
import org.hnvf.model.SystemException;

/**
 * Locks a pair, so that one workflow at a time runs on it, across processes. A process that does
 * not get the lock requests one more reconciliation and returns.
 */
final class PairLocks {

  /** The time that a verb waits for another workflow on the same pair. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final PairStore store;

  PairLocks(PairStore store) {
    this.store = store;
  }

  /**
   * Waits for the lock.
   *
   * @throws SystemException (busy) if another process keeps it
   */
  DurableFiles.Lock await(HnUnit unit, String purpose) throws SystemException {
    return store.lock(unit, purpose, PATIENCE);
  }

  /** Returns the lock if it is free. */
  Optional<DurableFiles.Lock> tryLock(HnUnit unit, String purpose) throws SystemException {
    return store.tryLock(unit, purpose);
  }

  /**
   * Returns the lock if it is free; otherwise requests one more reconciliation from its holder. The
   * holder checks for requests after it has released the lock. So the request is written first, and
   * the lock is tried once more after that.
   */
  Optional<DurableFiles.Lock> tryLockOrAsk(HnUnit unit, Hint hint) throws SystemException {
    Optional<DurableFiles.Lock> free = tryLock(unit, hint.trigger().toString());
    if (free.isPresent()) {
      return free;
    }
    ask(unit, hint);
    return tryLock(unit, hint.trigger().toString());
  }

  /** Writes the request; one reconciliation answers it and a previous one. */
  private void ask(HnUnit unit, Hint hint) throws SystemException {
    Optional<Hint> before = asked(unit);
    Hint both = before.map(asked -> asked.then(hint)).orElse(hint);
    if (!before.equals(Optional.of(both))) {
      store.askAgain(unit, both.text());
    }
  }

  /** Returns the request for a reconciliation, if there is one. */
  Optional<Hint> asked(HnUnit unit) throws SystemException {
    return store.asked(unit).map(Hint::named);
  }

  /** Deletes the requests so far, which the reconciliation that follows answers. */
  void answer(HnUnit unit) throws SystemException {
    store.answer(unit);
  }
}
