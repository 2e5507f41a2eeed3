package org.hnvf.service;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import org.hnvf.journal.PairStore;
import org.hnvf.model.HnUnit;
import org.hnvf.model.Intent;
import org.hnvf.model.InterfaceName;
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
    return makes && plan.pair().lagg().isPresent()
        ? noteLagg(look.pair().unit(), plan.pair().lagg().get())
        : ImmutableList.of();
  }

  /** Notes a lagg that hnvf has made for this pair, or is about to make. */
  ImmutableList<String> noteLagg(HnUnit unit, InterfaceName lagg) {
    try {
      if (!store.lagg(unit).equals(Optional.of(lagg))) {
        store.lagg(unit, lagg);
      }
      return ImmutableList.of();
    } catch (SystemException e) {
      return ImmutableList.of("not noted as ours: " + e.getMessage());
    }
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
