package org.hnvf.service;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hnvf.exec.Timer;
import org.hnvf.journal.PairStore;
import org.hnvf.model.BackOff;
import org.hnvf.model.HnUnit;
import org.hnvf.model.Pair;
import org.hnvf.model.SystemException;

/** Stores the back-off of a pair after a failure, and ends it after a success. */
final class BackOffKeeper {

  private final HoldDown holdDown;
  private final PairStore store;
  private final Timer timer;

  BackOffKeeper(HoldDown holdDown, PairStore store, Timer timer) {
    this.holdDown = holdDown;
    this.store = store;
    this.timer = timer;
  }

  /**
   * A try failed: the pair is held, longer each time. A back-off that cannot be stored is told;
   * without it nothing can be begun either.
   *
   * @param failures gets what went wrong in storing it
   */
  BackOff hold(Look look, String cause, List<String> failures) {
    BackOff held = holdDown.after(look.backOff(), cause, timer.now());
    try {
      store.backOff(look.pair().unit(), held);
    } catch (SystemException e) {
      failures.add(String.valueOf(e.getMessage()));
    }
    return held;
  }

  /** Holds a VF that has come too often; empty where it has not. */
  Optional<BackOff> holdFlapping(Look look, Instant now) throws SystemException {
    Pair pair = look.pair();
    Optional<BackOff> flapping =
        pair.vf().isPresent()
            ? holdDown.flapping(store.ups(pair.unit()), pair.vf().get(), now)
            : Optional.empty();
    if (flapping.isPresent()) {
      store.backOff(pair.unit(), flapping.get());
    }
    return flapping;
  }

  /** A try has succeeded. */
  void end(Look look) throws SystemException {
    if (look.backOff().isPresent()) {
      HnUnit unit = look.pair().unit();
      store.endBackOff(unit);
    }
  }
}
