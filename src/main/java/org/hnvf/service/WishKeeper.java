package org.hnvf.service;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hnvf.exec.Timer;
import org.hnvf.journal.PairStore;
import org.hnvf.model.Pair;
import org.hnvf.model.SystemException;
import org.hnvf.model.Wish;

/** Keeps what hnvf itself comes to wish of a pair: to hold its VF down, and to use it again. */
final class WishKeeper {

  private final HoldDown holdDown;
  private final PairStore store;
  private final Timer timer;

  WishKeeper(HoldDown holdDown, PairStore store, Timer timer) {
    this.holdDown = holdDown;
    this.store = store;
    this.timer = timer;
  }

  /**
   * A try failed: HELD, longer each time. A wish that cannot be stored is told; without it nothing
   * can be begun either.
   *
   * @param failures gets what went wrong in keeping it
   */
  Wish hold(Look look, String reason, List<String> failures) {
    Wish held = holdDown.after(look.wish(), reason, timer.now());
    try {
      store.wish(look.pair().unit(), held);
    } catch (SystemException e) {
      failures.add(String.valueOf(e.getMessage()));
    }
    return held;
  }

  /** HELD, where the VF comes so often that it is no service. */
  Optional<Wish.Held> flapping(Look look, Instant now) throws SystemException {
    Pair pair = look.pair();
    return pair.vf().isPresent()
        ? holdDown.flapping(store.ups(pair.unit()), pair.vf().get(), now)
        : Optional.empty();
  }

  /** A try has succeeded. */
  Wish auto(Look look) throws SystemException {
    Wish auto = new Wish.Auto();
    store.wish(look.pair().unit(), auto);
    return auto;
  }
}
