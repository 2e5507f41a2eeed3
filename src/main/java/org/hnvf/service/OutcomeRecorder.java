package org.hnvf.service;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.hnvf.journal.PairStore;
import org.hnvf.model.HnUnit;
import org.hnvf.model.Intent;
import org.hnvf.model.Plan;
import org.hnvf.model.SystemException;
import org.hnvf.model.Wish;

/** Keeps what follows from a workflow: which lagg is ours, and what is wished from now on. */
final class OutcomeRecorder {

  private final PairStore store;
  private final WishKeeper wishes;

  OutcomeRecorder(PairStore store, WishKeeper wishes) {
    this.store = store;
    this.wishes = wishes;
  }

  /**
   * Notes the lagg that the plan makes. Without the note the plan runs all the same: it is only
   * needed where several things fail, and the guest may be cut off now.
   */
  ImmutableList<String> noteLagg(Look look, Plan plan) {
    boolean makes =
        (plan.intent() == Intent.BOND || plan.intent() == Intent.PREPARE)
            && look.pair().lagg().isEmpty();
    if (makes && plan.pair().lagg().isPresent()) {
      HnUnit unit = look.pair().unit();
      try {
        if (!store.lagg(unit).equals(plan.pair().lagg())) {
          store.lagg(unit, plan.pair().lagg().get());
        }
      } catch (SystemException e) {
        return ImmutableList.of("not noted as ours: " + e.getMessage());
      }
    }
    return ImmutableList.of();
  }

  /** The workflow has led where it was to. */
  Wish done(Look look, Intent intent) throws SystemException {
    HnUnit unit = look.pair().unit();
    if (intent != Intent.BOND) {
      return look.wish();
    }
    store.endDelay(unit);
    if (look.pair().vf().isPresent() && !look.vfIsPort()) {
      store.noteUp(unit);
    }
    return look.wish() instanceof Wish.Held ? wishes.auto(look) : look.wish();
  }

  /**
   * Nothing had to be done. hnvf may have been killed after the last try had succeeded and before
   * that was noted.
   */
  Wish settled(Look look, Intent intent) throws SystemException {
    boolean stale = look.wish() instanceof Wish.Held && intent == Intent.BOND && look.vfUp();
    return stale ? wishes.auto(look) : look.wish();
  }

  /**
   * The workflow has failed. An operator's word outlives that.
   *
   * @param failures what went wrong, the first first; gets what goes wrong here
   */
  Wish failed(Look look, List<String> failures) {
    boolean word = look.wish() instanceof Wish.Pinned || look.wish() instanceof Wish.Released;
    return word ? look.wish() : wishes.hold(look, failures.get(0), failures);
  }
}
