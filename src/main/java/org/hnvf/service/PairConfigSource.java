package org.hnvf.service;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.hnvf.guest.StandingRoutes;
import org.hnvf.journal.Journal;
import org.hnvf.journal.PairStore;
import org.hnvf.model.Configuration;
import org.hnvf.model.Dependent;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.PairDependents;
import org.hnvf.model.Route;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;
import org.hnvf.pairconfig.Dependents;
import org.hnvf.pairconfig.LostRoutes;
import org.hnvf.pairconfig.PairConfigMerger;
import org.hnvf.pairconfig.RcAddresses;
import org.hnvf.rcconf.RememberedRcConf;
import org.hnvf.workflow.LiveConfigs;
import org.hnvf.workflow.Progress;

/**
 * Determines the configuration of a pair from rc.conf, the live state, and an unfinished journal.
 */
final class PairConfigSource {

  private final RememberedRcConf rcConf;
  private final Journal journal;
  private final PairStore store;
  private final LiveConfigs liveConfigs;
  private final OtherUses others;
  private final StandingRoutes standing;
  private final Progress progress;

  PairConfigSource(
      RememberedRcConf rcConf,
      Journal journal,
      PairStore store,
      OtherUses others,
      StandingRoutes standing,
      Progress progress) {
    this.others = others;
    this.standing = standing;
    this.progress = progress;
    this.rcConf = rcConf;
    this.journal = journal;
    this.store = store;
    this.liveConfigs = new LiveConfigs(journal);
  }

  /** Returns the configuration of rc.conf without the addresses of {@code leave_off}. */
  GuestConfig rc(InterfaceName hn) throws HnvfException {
    return RcAddresses.without(rcConf.evaluate().guestConfig(hn), others.policy().leaveOff());
  }

  /** Returns the same without the static routes that go through other interfaces. */
  GuestConfig rc(Look look) throws HnvfException {
    GuestConfig rc = rc(look.pair().hn());
    if (rc.staticRoutes().isEmpty()) {
      return rc;
    }
    ImmutableList<Route> lost = LostRoutes.of(look.guest(), live(look, rc));
    return lost.isEmpty() ? rc : LostRoutes.without(rc, standing.of(lost));
  }

  /**
   * Returns the other users of the pair's hn for display. If rc.conf cannot be read, it returns
   * those that the snapshot shows.
   */
  PairDependents dependents(Look look) {
    InterfaceName hn = look.pair().hn();
    try {
      GuestConfig rc = rc(hn);
      return new PairDependents(hn, others.shown(look, rc), rc.warnings());
    } catch (HnvfException e) {
      return new PairDependents(
          hn,
          others.shown(look, GuestConfig.liveOnly(hn)),
          ImmutableList.of(String.valueOf(e.getMessage())));
    }
  }

  /**
   * Returns the configuration of rc.conf and reads the other users of hn, while a delay runs, for
   * the bring-up after it: a refusal is reported at once.
   *
   * @param scripted whether an override script replaces the workflow, which knows the other users
   *     of hn
   * @return with notes for the operator before the move
   * @throws UserException (configuration) if another user of hn prevents the use of the VF
   */
  WorkflowConfig forDelay(Look look, boolean scripted) throws HnvfException {
    GuestConfig rc = rc(look.pair().hn());
    if (scripted) {
      return WorkflowConfig.of(rc, look, false, ImmutableList.of());
    }
    ImmutableList<Dependent> dependents = others.prepared(look, rc);
    refuse(look, dependents);
    return WorkflowConfig.of(rc, look, false, told(dependents));
  }

  /** Returns the settings and the refusals that the snapshot shows, for the fingerprint. */
  String othersSeen(Look look, GuestConfig rc) {
    return others.policy() + " " + Dependents.refusal(look.pair(), others.seen(look, rc));
  }

  /** Returns the rules of a packet filter, loaded after the move, that still name hn. */
  ImmutableList<String> firewallAfterwards(Look look) {
    return others.firewallAfterwards(look);
  }

  private static ImmutableList<String> told(ImmutableList<Dependent> dependents) {
    return dependents.stream()
        .filter(one -> one.verdict() != Dependent.Verdict.MOVE)
        .map(one -> one.who() + ": " + one.text())
        .collect(ImmutableList.toImmutableList());
  }

  /** Throws if a row refuses the move; the next bring-up then asks again. */
  private void refuse(Look look, ImmutableList<Dependent> dependents) throws UserException {
    Optional<String> refusal = Dependents.refusal(look.pair(), dependents);
    if (refusal.isPresent()) {
      others.forget(look.pair().unit());
      throw UserException.configuration(refusal.get());
    }
  }

  /**
   * Returns the configuration of rc.conf for a workflow that uses the VF. The operator is told of
   * the other users of hn before it starts.
   *
   * @throws UserException (configuration) if another user of hn prevents the use of the VF
   */
  private WorkflowConfig forMove(Look look, boolean adopts) throws HnvfException {
    GuestConfig rc = rc(look);
    OtherUses.Asked asked = others.beforeMove(look, rc);
    refuse(look, asked.dependents());
    ImmutableList<String> told = asked.anew() ? told(asked.dependents()) : ImmutableList.of();
    told.forEach(progress::says);
    return WorkflowConfig.of(rc, look, adopts, told);
  }

  /**
   * The configuration of rc.conf for a workflow.
   *
   * @param rc the configuration, or the live part of it
   * @param adopts whether the pair's lagg is left unchanged, because hnvf did not create it
   * @param notes why rc.conf could not be read, and the other users of hn
   */
  record WorkflowConfig(GuestConfig rc, boolean adopts, ImmutableList<String> notes) {

    private static WorkflowConfig of(
        GuestConfig rc, Look look, boolean adopts, ImmutableList<String> notes) {
      Optional<InterfaceName> adopted = look.pair().lagg().filter(lagg -> adopts);
      return new WorkflowConfig(adopted.map(rc::adopting).orElse(rc), adopted.isPresent(), notes);
    }
  }

  /**
   * Returns the configuration of rc.conf; if it is not necessary and cannot be read, the live
   * configuration alone.
   *
   * @param needed whether the workflow cannot run without it
   * @param adopts whether a lagg is left unchanged in any case
   */
  WorkflowConfig forWorkflow(Look look, boolean needed, boolean adopts) throws HnvfException {
    InterfaceName hn = look.pair().hn();
    try {
      return needed
          ? forMove(look, adopts)
          : WorkflowConfig.of(rcPatiently(look), look, adopts, ImmutableList.of());
    } catch (HnvfException e) {
      if (needed) {
        throw e;
      }
      return WorkflowConfig.of(
          GuestConfig.liveOnly(hn),
          look,
          adopts || isOfUnknownMaker(look),
          ImmutableList.of(
              "rc.conf could not be used; hnvf moved only what was configured on the "
                  + "interface: "
                  + e.getMessage()));
    }
  }

  /**
   * Reads rc.conf once more after a failure, unless the guest is cut off: a workflow without
   * rc.conf cannot restore configuration that only rc.conf contains.
   */
  private GuestConfig rcPatiently(Look look) throws HnvfException {
    try {
      return rc(look);
    } catch (HnvfException first) {
      if (look.assessment().isCutOff(look.guest())) {
        throw first;
      }
      return rc(look);
    }
  }

  /** Returns the pair's configuration from the snapshot and rc.conf. */
  Configuration live(Look look, GuestConfig rc) {
    return liveConfigs.of(look.guest(), look.pair(), rc);
  }

  /**
   * Returns the same; after an incomplete workflow it includes configuration that only the journal
   * contains.
   */
  Configuration of(Look look, GuestConfig rc) {
    return known(look, others.complete(look, live(look, rc)));
  }

  /**
   * Returns the same without parts that need further commands, such as the static entries of
   * bridges.
   */
  Configuration known(Look look, GuestConfig rc) {
    return known(look, live(look, rc));
  }

  private Configuration known(Look look, Configuration live) {
    return journal.read(look.pair().unit()) instanceof Journal.Unfinished one
            && one.entry().isIncomplete()
        ? PairConfigMerger.merged(look.guest(), one.entry().before(), live)
        : live;
  }

  /**
   * Returns another pair's default route that prevents adding this pair's own.
   *
   * @param before the pair's configuration when its workflow was interrupted
   */
  Optional<Route> inTheWay(Look look, Configuration before) {
    return liveConfigs.inTheWay(look.guest(), look.pair(), before);
  }

  /** Returns whether hnvf has not stored the pair's lagg as created by hnvf. */
  boolean isOfUnknownMaker(Look look) throws SystemException {
    return !store.lagg(look.pair().unit()).equals(look.pair().lagg());
  }

  /** Returns whether hnvf has stored the pair's lagg as created by hnvf. */
  boolean isOurs(Look look) throws SystemException {
    return look.pair().lagg().isPresent() && !isOfUnknownMaker(look);
  }
}
