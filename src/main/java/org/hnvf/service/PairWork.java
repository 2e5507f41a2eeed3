package org.hnvf.service;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hnvf.journal.Journal;
import org.hnvf.journal.PairStore;
import org.hnvf.model.Configuration;
import org.hnvf.model.ExitCode;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Intent;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.PairState;
import org.hnvf.model.PairStatus;
import org.hnvf.model.Plan;
import org.hnvf.model.Strategy;
import org.hnvf.model.SystemException;
import org.hnvf.model.Wish;
import org.hnvf.plan.Decider;
import org.hnvf.plan.Decision;
import org.hnvf.plan.Expectations;
import org.hnvf.plan.Merger;
import org.hnvf.plan.Planner;
import org.hnvf.workflow.Attempt;
import org.hnvf.workflow.Engine;
import org.hnvf.workflow.Outcome;
import org.hnvf.workflow.PairConfigs;

/** Works on one pair, whose lock the caller holds: decides, plans, runs, and keeps the wish. */
final class PairWork {

  private final Machine machine;
  private final Strategy strategy;
  private final PairStore store;
  private final Journal journal;
  private final PairConfigs pairConfigs;
  private final RcConfigs rcConfigs;
  private final OverrideWork overrides;
  private final ScriptTurn scripts;
  private final WishKeeper wishes;
  private final Planner planner;
  private final Engine engine;

  PairWork(
      Machine machine,
      Strategy strategy,
      PairStore store,
      Journal journal,
      RcConfigs rcConfigs,
      OverrideWork overrides,
      WishKeeper wishes,
      Planner planner,
      Engine engine) {
    this.machine = machine;
    this.strategy = strategy;
    this.store = store;
    this.journal = journal;
    this.pairConfigs = new PairConfigs(journal);
    this.rcConfigs = rcConfigs;
    this.overrides = overrides;
    this.scripts = new ScriptTurn(overrides, store, wishes);
    this.wishes = wishes;
    this.planner = planner;
    this.engine = engine;
  }

  /** Looks at the pair and does what is to be done now. */
  Report settle(Look look, Trigger trigger) throws HnvfException {
    Instant now = machine.timer().now();
    if (look.wish() instanceof Wish.Released && isNotedAsOurs(look)) {
      return releaseAgain(look, trigger);
    }
    Decision decision =
        Decider.decide(
            look.assessment(), strategy, look.vfUp(), look.wish(), look.delayEnds(), now);
    if (decision instanceof Decision.Rest rest) {
      return Report.of(look.status(), ExitCode.OK, rest.reason());
    }
    if (decision instanceof Decision.Wait wait) {
      return Report.of(look.status(), ExitCode.OK, wait.reason()).again(wait.until());
    }
    if (decision instanceof Decision.StartDelay) {
      return startDelay(look, trigger);
    }
    return act(look, trigger, ((Decision.Act) decision).intent());
  }

  private boolean isNotedAsOurs(Look look) throws SystemException {
    return look.pair().lagg().isPresent()
        && store.lagg(look.pair().unit()).equals(look.pair().lagg());
  }

  /**
   * hnvf was killed before a release had come to its end. It is finished, once: where that fails
   * the VF stays down and the lagg, which is not tried again behind the operator's back.
   */
  private Report releaseAgain(Look look, Trigger trigger) throws HnvfException {
    Report report = act(look, trigger, Intent.RELEASE);
    boolean stands = report.status().flatMap(status -> status.pair().lagg()).isPresent();
    if (report.exitStatus() != ExitCode.OK.status() && stands) {
      store.wish(look.pair().unit(), new Wish.Pinned(Optional.empty()));
    }
    return report;
  }

  /**
   * Starts the delay of the pair's VF, anew where one is running. What is wrong is put right first:
   * the delay may be two minutes, and the guest cut off in it.
   */
  Report startDelay(Look look, Trigger trigger) throws HnvfException {
    Instant now = machine.timer().now();
    if (look.assessment().state() != PairState.INCONSISTENT) {
      return startDelay(look, now);
    }
    Report tidied = act(look, trigger, Intent.TIDY);
    return tidied.exitStatus() == ExitCode.OK.status()
        ? startDelay(look, now)
            .noting(
                ImmutableList.<String>builder()
                    .addAll(tidied.notes())
                    .add(tidied.message())
                    .build())
        : tidied;
  }

  private Report startDelay(Look look, Instant now) throws HnvfException {
    HnUnit unit = look.pair().unit();
    Optional<Wish.Held> flapping = wishes.flapping(look, now);
    if (flapping.isPresent()) {
      store.wish(unit, flapping.get());
      return Report.of(
              look.wanting(flapping.get()).status(),
              ExitCode.OK,
              "held down: " + flapping.get().reason())
          .again(flapping.get().nextTry());
    }
    GuestConfig rc;
    try {
      rc = rcConfigs.of(look.pair().hn());
    } catch (HnvfException e) {
      return held(look, String.valueOf(e.getMessage()), e.exitCode());
    }
    Instant end = now.plus(rc.vfDelay());
    store.startDelay(unit, end);
    boolean prepares =
        strategy == Strategy.BEFORE_VF_UP && look.assessment().state() == PairState.VF_ATTACHED;
    if (prepares) {
      return act(look.withDelay(end), Trigger.OTHER, Intent.PREPARE).noting(rc.warnings());
    }
    return Report.of(
            look.withDelay(end).status(),
            ExitCode.OK,
            look.pair().vf().map(InterfaceName::value).orElse("the VF")
                + " is attached; it is brought up in "
                + rc.vfDelay().toSeconds()
                + " s")
        .noting(rc.warnings())
        .again(end);
  }

  /** Plans for the intent and runs the plan. */
  Report act(Look look, Trigger trigger, Intent intent) throws HnvfException {
    if (look.assessment().isOrphaned(look.guest()) && intent != Intent.RELEASE) {
      return act(look, trigger, Intent.RELEASE);
    }
    InterfaceName hn = look.pair().hn();
    boolean overridden = overrides.isThere(hn);
    if (overridden && (intent == Intent.TIDY || intent == Intent.PREPARE)) {
      return Report.of(look.status(), ExitCode.OK, "an override script takes care of " + hn);
    }
    if (overridden && intent == Intent.BOND) {
      return scripts.turn(look, trigger);
    }
    GuestConfig rc;
    boolean broken = false;
    try {
      rc = rcConfigs.of(hn);
    } catch (HnvfException e) {
      broken = true;
      if (intent == Intent.BOND || intent == Intent.PREPARE) {
        return held(look, String.valueOf(e.getMessage()), e.exitCode());
      }
      rc = RcConfigs.liveOnly(hn);
    }
    if ((overridden || (broken && isOfUnknownMaker(look))) && look.pair().lagg().isPresent()) {
      rc = rc.adopting(look.pair().lagg().get());
    }
    return run(look, rc, intent, configuration(look, rc), 1);
  }

  /** Whether the pair's lagg is one that hnvf has not noted as its own. */
  private boolean isOfUnknownMaker(Look look) throws SystemException {
    return !store.lagg(look.pair().unit()).equals(look.pair().lagg());
  }

  /** Whether a script takes care of the pair, in a way that nobody else knows. */
  boolean isOverridden(Look look) {
    return overrides.isThere(look.pair().hn());
  }

  /**
   * Whether a recovery has to take the pair's lagg as the administrator's: a script or rc.conf may
   * have made it, and hnvf has not. One that hnvf has half made must be finished or taken apart.
   */
  boolean isNotForUsToRepair(Look look, boolean broken) throws SystemException {
    return (broken || isOverridden(look))
        && look.pair().lagg().isPresent()
        && isOfUnknownMaker(look);
  }

  /**
   * What belongs to the pair. After a workflow that could not put everything in its place, that
   * includes what only the journal knows of.
   */
  private Configuration configuration(Look look, GuestConfig rc) {
    Configuration live = pairConfigs.of(look.guest(), look.pair(), rc);
    return journal.read(look.pair().unit()) instanceof Journal.Unfinished one
            && one.entry().isIncomplete()
        ? Merger.merged(look.guest(), one.entry().before(), live)
        : live;
  }

  /** The plan for the intent, not run. */
  Plan plan(Look look, Intent intent) throws HnvfException {
    if (intent == Intent.BOND && overrides.isThere(look.pair().hn())) {
      return overrides.plan(look);
    }
    GuestConfig rc = rcConfigs.of(look.pair().hn());
    return planner.plan(look.guest(), look.pair(), rc, configuration(look, rc), intent);
  }

  /**
   * Plans and runs.
   *
   * @param before what belongs to the pair
   * @param number 1, or one more for each recovery of the same workflow
   */
  Report run(Look look, GuestConfig rc, Intent intent, Configuration before, int number)
      throws SystemException {
    Plan plan =
        number > 1
            ? planner.resumed(look.guest(), look.pair(), rc, before, intent)
            : planner.plan(look.guest(), look.pair(), rc, before, intent);
    if (plan.isEmpty() && Expectations.unmet(look.guest(), plan.expectations()).isEmpty()) {
      // hnvf may have been killed after the last try had succeeded and before it was noted.
      boolean stale = look.wish() instanceof Wish.Held && intent == Intent.BOND && look.vfUp();
      PairStatus status = stale ? look.wanting(wishes.auto(look)).status() : look.status();
      return Report.of(
          status, ExitCode.OK, "nothing to do: " + Sentences.already(look.pair().hn(), intent));
    }
    ImmutableList<String> notes =
        ImmutableList.<String>builder().addAll(plan.notes()).addAll(noteLagg(look, plan)).build();
    Outcome outcome =
        engine.run(
            new Attempt(plan, rc, before, look.pair().lagg(), look.guest().bootTime(), number));
    if (outcome instanceof Outcome.NotBegun) {
      return held(look, outcome.failures().get(0), ExitCode.SYSTEM);
    }
    if (outcome instanceof Outcome.Done) {
      // The disk may have been full at the first time; once hn is out of the lagg, only this tells.
      ImmutableList<String> unused = noteLagg(look, plan);
      if (intent == Intent.BOND) {
        store.endDelay(look.pair().unit());
        if (look.pair().vf().isPresent() && !look.vfIsPort()) {
          store.noteUp(look.pair().unit());
        }
      }
      Wish wish =
          look.wish() instanceof Wish.Held && intent == Intent.BOND
              ? wishes.auto(look)
              : look.wish();
      Look after = after(look, outcome, wish);
      Report report =
          Report.of(after.status(), ExitCode.OK, Sentences.done(plan))
              .with(plan)
              .noting(notes)
              .because(outcome.failures());
      return intent == Intent.PREPARE && look.delayEnds().isPresent()
          ? report
              .about(after.withDelay(look.delayEnds().get()).status())
              .again(look.delayEnds().get())
          : report;
    }
    List<String> failures = new ArrayList<>(outcome.failures());
    Wish wish =
        look.wish() instanceof Wish.Pinned || look.wish() instanceof Wish.Released
            ? look.wish()
            : wishes.hold(look, outcome.failures().get(0), failures);
    String message =
        outcome instanceof Outcome.Incomplete incomplete
            ? "failed, and not everything could be put in its place: "
                + String.join("; ", incomplete.missing())
            : "failed; the guest is as it was, with the VF down";
    return Report.of(after(look, outcome, wish).status(), ExitCode.SYSTEM, message)
        .with(plan)
        .noting(notes)
        .because(ImmutableList.copyOf(failures));
  }

  /**
   * Notes the lagg that the plan makes. Without the note the plan runs all the same: it is only
   * needed where several things fail, and the guest may be cut off now.
   */
  private ImmutableList<String> noteLagg(Look look, Plan plan) {
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

  /**
   * Something is wrong before anything was begun. Where the VF is up already it goes down: the
   * guest is reachable over hn, with its configuration. Where the lagg is not as it should be, that
   * may have cut the guest off, and is put right, as it would be without a VF.
   */
  private Report held(Look look, String reason, ExitCode exitCode) throws SystemException {
    List<String> failures = new ArrayList<>();
    failures.add(reason);
    PairStatus status = look.status();
    if (look.assessment().state() == PairState.BONDED_VF) {
      return Report.of(status, exitCode, "not looked at any further; nothing was changed")
          .because(ImmutableList.copyOf(failures));
    }
    boolean orphaned = look.assessment().isOrphaned(look.guest());
    boolean cutOff = look.vfUp() || orphaned;
    boolean tidies = !cutOff && look.assessment().state() == PairState.INCONSISTENT;
    String done = "nothing was changed";
    if (cutOff || tidies) {
      GuestConfig live = RcConfigs.liveOnly(look.pair().hn());
      if (tidies && isOfUnknownMaker(look)) {
        live = live.adopting(look.pair().lagg().orElseThrow());
      }
      Report report =
          run(
              look,
              live,
              orphaned ? Intent.RELEASE : tidies ? Intent.TIDY : Intent.HOLD_VF_DOWN,
              pairConfigs.of(look.guest(), look.pair(), live),
              orphaned ? RecoveryWork.REBUILD : 1);
      failures.addAll(report.failures());
      status = report.status().orElse(status);
      done =
          cutOff
              ? "the VF was taken down, the guest is reachable over " + look.pair().hn()
              : report.exitStatus() == ExitCode.OK.status()
                  ? "what was wrong was put right"
                  : "what is wrong could not be put right";
    }
    Wish held = wishes.hold(look, reason, failures);
    return Report.of(status.wanting(held), exitCode, "not begun; " + done)
        .because(ImmutableList.copyOf(failures));
  }

  private static Look after(Look look, Outcome outcome, Wish wish) {
    Look seen = outcome.guest().map(look::seeing).orElse(look);
    return new Look(seen.guest(), seen.assessment(), wish, Optional.empty());
  }
}
