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
import org.hnvf.workflow.PairConfigs;
import org.hnvf.workflow.Progress;

/** What belongs to a pair: from rc.conf, from what is live, and from an unfinished journal. */
final class PairConfigSource {

  private final RememberedRcConf rcConf;
  private final Journal journal;
  private final PairStore store;
  private final PairConfigs pairConfigs;
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
    this.pairConfigs = new PairConfigs(journal);
  }

  /** What rc.conf says, without the addresses that are to be left off. */
  GuestConfig rc(InterfaceName hn) throws HnvfException {
    return RcAddresses.without(rcConf.evaluate().guestConfig(hn), others.policy().leaveOff());
  }

  /** The same, without the static routes that stand through interfaces of others. */
  GuestConfig rc(Look look) throws HnvfException {
    GuestConfig rc = rc(look.pair().hn());
    if (rc.staticRoutes().isEmpty()) {
      return rc;
    }
    ImmutableList<Route> lost = LostRoutes.of(look.guest(), live(look, rc));
    return lost.isEmpty() ? rc : LostRoutes.without(rc, standing.of(lost));
  }

  /**
   * Who else uses the hn of the pair, to be shown; where rc.conf cannot be read, as far as the
   * guest shows it.
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
   * What rc.conf says, and who else uses hn, which is asked while a delay runs, for the bring-up
   * after it: what forbids that is told at once.
   *
   * @param scripted whether a script does what is to be done, and knows who else uses hn
   * @return with what an operator is told before anything is moved
   * @throws UserException (configuration) where something else uses hn, and the VF cannot be used
   */
  Said forDelay(Look look, boolean scripted) throws HnvfException {
    GuestConfig rc = rc(look.pair().hn());
    if (scripted) {
      return Said.of(rc, look, false, ImmutableList.of());
    }
    ImmutableList<Dependent> dependents = others.prepared(look, rc);
    refuse(look, dependents);
    return Said.of(rc, look, false, told(dependents));
  }

  /** What the guest as it was read, and what is set, say of who else uses hn. */
  String othersSeen(Look look, GuestConfig rc) {
    return others.policy() + " " + Dependents.refusal(look.pair(), others.seen(look, rc));
  }

  /** What a packet filter that was loaded after the move does not do any more. */
  ImmutableList<String> firewallAfterwards(Look look) {
    return others.firewallAfterwards(look);
  }

  private static ImmutableList<String> told(ImmutableList<Dependent> dependents) {
    return dependents.stream()
        .filter(one -> one.verdict() != Dependent.Verdict.MOVE)
        .map(one -> one.who() + ": " + one.text())
        .collect(ImmutableList.toImmutableList());
  }

  /** What was refused is asked anew before the next bring-up. */
  private void refuse(Look look, ImmutableList<Dependent> dependents) throws UserException {
    Optional<String> refusal = Dependents.refusal(look.pair(), dependents);
    if (refusal.isPresent()) {
      others.forget(look.pair().unit());
      throw UserException.configuration(refusal.get());
    }
  }

  /**
   * What rc.conf says, for a workflow that uses the VF. An operator is told who else uses hn before
   * it begins.
   *
   * @throws UserException (configuration) where something else uses hn, and the VF cannot be used
   */
  private Said forMove(Look look, boolean adopts) throws HnvfException {
    GuestConfig rc = rc(look);
    OtherUses.Asked asked = others.beforeMove(look, rc);
    refuse(look, asked.dependents());
    ImmutableList<String> told = asked.anew() ? told(asked.dependents()) : ImmutableList.of();
    told.forEach(progress::says);
    return Said.of(rc, look, adopts, told);
  }

  /**
   * What rc.conf says, for a workflow.
   *
   * @param rc as far as it could be read
   * @param adopts whether the pair's lagg is left as it is, since hnvf has not made it
   * @param notes why it could not be read, and who else uses hn
   */
  record Said(GuestConfig rc, boolean adopts, ImmutableList<String> notes) {

    private static Said of(GuestConfig rc, Look look, boolean adopts, ImmutableList<String> notes) {
      Optional<InterfaceName> adopted = look.pair().lagg().filter(lagg -> adopts);
      return new Said(adopted.map(rc::adopting).orElse(rc), adopted.isPresent(), notes);
    }
  }

  /**
   * What rc.conf says; where it is not needed and cannot be read, what is live alone.
   *
   * @param needed whether nothing can be done without it
   * @param adopts whether a lagg is left as it is in any case
   */
  Said said(Look look, boolean needed, boolean adopts) throws HnvfException {
    InterfaceName hn = look.pair().hn();
    try {
      return needed
          ? forMove(look, adopts)
          : Said.of(rcPatiently(look), look, adopts, ImmutableList.of());
    } catch (HnvfException e) {
      if (needed) {
        throw e;
      }
      return Said.of(
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
   * Asked for once more where that fails and the guest can wait for it: what goes on without
   * rc.conf cannot put back what it alone knows.
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

  /** What belongs to the pair as far as the guest shows it and rc.conf says so. */
  Configuration live(Look look, GuestConfig rc) {
    return pairConfigs.of(look.guest(), look.pair(), rc);
  }

  /**
   * The same; after a workflow that could not put everything in its place it includes what only the
   * journal knows of.
   */
  Configuration of(Look look, GuestConfig rc) {
    return known(look, others.complete(look, live(look, rc)));
  }

  /** The same without what would have to be asked for, as the static entries of bridges. */
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
   * Another pair's default route that is in the way of this pair's own.
   *
   * @param before what belonged to the pair when its workflow was cut short
   */
  Optional<Route> inTheWay(Look look, Configuration before) {
    return pairConfigs.inTheWay(look.guest(), look.pair(), before);
  }

  /** Whether the pair's lagg is one that hnvf has not noted as its own. */
  boolean isOfUnknownMaker(Look look) throws SystemException {
    return !store.lagg(look.pair().unit()).equals(look.pair().lagg());
  }

  /** Whether hnvf has noted the pair's lagg as one that it made. */
  boolean isOurs(Look look) throws SystemException {
    return look.pair().lagg().isPresent() && !isOfUnknownMaker(look);
  }
}
