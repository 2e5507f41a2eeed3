package org.hnvf.service;

import java.time.Duration;
import java.util.Optional;
import org.hnvf.exec.DurableFiles;
import org.hnvf.journal.PairStore;
import org.hnvf.model.HnUnit;
import org.hnvf.model.SystemException;

/**
 * One workflow at a time on each pair, across processes. Who comes while one is under way asks for
 * one more look, and goes.
 */
final class PairLocks {

  /** How long a verb waits for another workflow on the same pair. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final PairStore store;

  PairLocks(PairStore store) {
    this.store = store;
  }

  /**
   * Waits for the lock.
   *
   * @throws SystemException (busy) where it was not to be had
   */
  DurableFiles.Lock await(HnUnit unit, String purpose) throws SystemException {
    return store.lock(unit, purpose, PATIENCE);
  }

  /** The lock, where nobody has it. */
  Optional<DurableFiles.Lock> tryLock(HnUnit unit, String purpose) throws SystemException {
    return store.tryLock(unit, purpose);
  }

  /**
   * The lock, where nobody has it; if somebody has, that one is asked to look once more. Who has
   * the lock looks for that after giving it back: so it is asked first, and tried once more then.
   */
  Optional<DurableFiles.Lock> tryLockOrAsk(HnUnit unit, Trigger trigger) throws SystemException {
    Optional<DurableFiles.Lock> free = tryLock(unit, trigger.toString());
    if (free.isPresent()) {
      return free;
    }
    ask(unit, trigger);
    return tryLock(unit, trigger.toString());
  }

  /** A trigger that calls a script is not replaced by one that does not. */
  private void ask(HnUnit unit, Trigger trigger) throws SystemException {
    if (!asked(unit).map(Trigger::callsOverride).orElse(false)) {
      store.askAgain(unit, trigger.name());
    }
  }

  /** Why somebody asked for one more look, if anybody has. */
  Optional<Trigger> asked(HnUnit unit) throws SystemException {
    return store.asked(unit).map(Trigger::named);
  }

  /** The pair is about to be looked at under its lock: whoever asked until now is answered. */
  void answer(HnUnit unit) throws SystemException {
    store.answer(unit);
  }
}
