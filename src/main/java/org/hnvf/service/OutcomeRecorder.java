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

/** Keeps what follows from a workflow: which lagg is ours, and the back-off from now on. */
final class OutcomeRecorder {

  private final PairStore store;
  private final BackOffKeeper backOffs;

  OutcomeRecorder(PairStore store, BackOffKeeper backOffs) {
    this.store = store;
    this.backOffs = backOffs;
  }

  /**
   * Notes the lagg that the plan makes. Without the note the plan runs all the same: it is only
   * needed where several things fail, and the guest may be cut off now.
   */
  ImmutableList<String> noteLagg(Look look, Plan plan) {
    boolean makes = plan.intent().moves() && look.pair().lagg().isEmpty();
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
      return ImmutableList.of("cannot store that hnvf created the lagg: " + e.getMessage());
    }
  }

  /**
   * Notes whether the VF still has to be looked at when the host switches the data path to it.
   *
   * @return what could not be noted
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

  /** Whether the host has switched the data path to a VF that nobody has looked at since. */
  boolean isUnproven(Look look) {
    return store.isUnproven(look.pair().unit())
        && look.vfUp()
        && !isBeforeSwitch(look, Optional.of(look.guest()));
  }

  /** Whether the VF is up and the host still sends to hn. */
  static boolean isBeforeSwitch(Look look, Optional<GuestState> guest) {
    return look.pair().vf().stream()
        .anyMatch(vf -> guest.filter(g -> g.hyperV().isBeforeSwitch(vf)).isPresent());
  }

  /** The workflow has led where it was to. Returns the back-off from now on. */
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
   * The host took the VF away in the middle of the workflow. That time counts as one in which it
   * was up: a VF that always goes so soon is held down, too. Its delay is over with it.
   *
   * @return what could not be stored
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
   * Nothing had to be done. hnvf may have been killed after the last try had succeeded and before
   * that was noted.
   */
  Optional<BackOff> settled(Look look, Intent intent) throws SystemException {
    if (intent != Intent.USE_LAGG || !look.vfUp()) {
      return look.backOff();
    }
    backOffs.end(look);
    return Optional.empty();
  }

  /**
   * The VF cannot be used as the pair is configured, and nothing was moved.
   *
   * @param failures why, the reason first; gets what goes wrong here
   */
  Optional<BackOff> refused(Look look, List<String> failures) {
    return look.word() instanceof OperatorWord.Auto
        ? Optional.of(backOffs.hold(look, ExitCode.CONFIGURATION, failures.get(0), failures))
        : look.backOff();
  }

  /**
   * The workflow has failed. Where the operator had a word in it there is no back-off for that.
   * Only what uses the VF is a try of it.
   *
   * @param tried the configuration that the plan was made for
   * @param failures what went wrong, the first first; gets what goes wrong here
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
