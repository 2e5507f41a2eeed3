package org.hnvf.service;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import org.hnvf.journal.PairStore;
import org.hnvf.model.BackOff;
import org.hnvf.model.Configuration;
import org.hnvf.model.ExitCode;
import org.hnvf.model.GuestState;
import org.hnvf.model.HnUnit;
import org.hnvf.model.Intent;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.OperatorWord;
import org.hnvf.model.Plan;
import org.hnvf.model.SystemException;

/** Stores the consequences of a workflow: the lagg that hnvf created, and the back-off. */
final class OutcomeRecorder {

  private final PairStore store;
  private final BackOffKeeper backOffs;

  OutcomeRecorder(PairStore store, BackOffKeeper backOffs) {
    this.store = store;
    this.backOffs = backOffs;
  }

  /**
   * Stores the lagg that the plan creates. If it cannot be stored, the plan runs nevertheless: the
   * file is needed only after several faults, and the guest may be cut off now.
   */
  ImmutableList<String> noteLagg(Look look, Plan plan) {
    boolean makes = plan.intent().moves() && look.pair().lagg().isEmpty();
    return makes && plan.pair().lagg().isPresent()
        ? noteLagg(look.pair().unit(), plan.pair().lagg().get())
        : ImmutableList.of();
  }

  /** Stores a lagg that hnvf has created for this pair, or is about to create. */
  ImmutableList<String> noteLagg(HnUnit unit, InterfaceName lagg) {
    try {
      if (!store.lagg(unit).equals(Optional.of(lagg))) {
        store.lagg(unit, lagg);
      }
      return ImmutableList.of();
    } catch (SystemException e) {
      return ImmutableList.of("cannot store that hnvf created the lagg: " + e.getMessage());
    }
  }

  /**
   * Stores whether the VF's traffic must be checked when the host switches the data path.
   *
   * @return the reasons if it cannot be stored
   */
  ImmutableList<String> notePath(Look look, Optional<GuestState> after) {
    HnUnit unit = look.pair().unit();
    boolean before = isBeforeSwitch(look, after);
    try {
      if (before) {
        store.noteUnproven(unit);
      } else if (store.isUnproven(unit)) {
        store.forgetUnproven(unit);
      }
      return ImmutableList.of();
    } catch (SystemException e) {
      return ImmutableList.of(
          "cannot store that the traffic through the VF was not checked: " + e.getMessage());
    }
  }

  /**
   * Returns whether the host has switched the data path to a VF whose traffic has not been checked
   * since.
   */
  boolean isUnproven(Look look) {
    return store.isUnproven(look.pair().unit())
        && look.vfUp()
        && !isBeforeSwitch(look, Optional.of(look.guest()));
  }

  /** Returns whether the VF is up and the host still sends to hn. */
  static boolean isBeforeSwitch(Look look, Optional<GuestState> guest) {
    return look.pair().vf().stream()
        .anyMatch(vf -> guest.filter(g -> g.hyperV().isBeforeSwitch(vf)).isPresent());
  }

  /** Stores a workflow that reached its target. Returns the new back-off. */
  Optional<BackOff> done(Look look, Intent intent) throws SystemException {
    HnUnit unit = look.pair().unit();
    if (intent != Intent.USE_LAGG) {
      return look.backOff();
    }
    store.endDelay(unit);
    if (look.pair().vf().isPresent() && !look.vfIsPort()) {
      store.noteUp(unit);
    }
    backOffs.end(look);
    return Optional.empty();
  }

  /**
   * Stores that the host took the VF away during the workflow. It counts as one time that the VF
   * was up: a VF that always goes so soon is held down, too. Its delay has ended.
   *
   * @return the reasons if it cannot be stored
   */
  ImmutableList<String> vfTaken(Look look) {
    HnUnit unit = look.pair().unit();
    try {
      store.endDelay(unit);
      if (!look.vfIsPort()) {
        store.noteUp(unit);
      }
      return ImmutableList.of();
    } catch (SystemException e) {
      return ImmutableList.of("cannot store that the VF came and went: " + e.getMessage());
    }
  }

  /**
   * Stores that no step was necessary. hnvf may have been killed after the last try succeeded and
   * before that was stored.
   */
  Optional<BackOff> settled(Look look, Intent intent) throws SystemException {
    if (intent != Intent.USE_LAGG || !look.vfUp()) {
      return look.backOff();
    }
    backOffs.end(look);
    return Optional.empty();
  }

  /**
   * Stores that the VF cannot be used with the pair's configuration; no step was taken.
   *
   * @param failures the reasons, the main one first; receives further ones
   */
  Optional<BackOff> refused(Look look, List<String> failures) {
    return look.word() instanceof OperatorWord.Auto
        ? Optional.of(backOffs.hold(look, ExitCode.CONFIGURATION, failures.get(0), failures))
        : look.backOff();
  }

  /**
   * Stores a failed workflow. A workflow under an operator's word leads to no back-off. Only a plan
   * that uses the VF counts as a try.
   *
   * @param tried the configuration that the plan was made for
   * @param failures the failures, the first one first; receives further ones
   */
  Optional<BackOff> failed(Look look, Plan plan, Configuration tried, List<String> failures) {
    if (!(look.word() instanceof OperatorWord.Auto)) {
      return look.backOff();
    }
    String cause = failures.get(0);
    return Optional.of(
        plan.intent().moves()
            ? backOffs.failed(look, plan.pair(), tried, cause, failures)
            : backOffs.hold(look, ExitCode.SYSTEM, cause, failures));
  }
}
