package org.hnvf.workflow;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hnvf.exec.Timer;
import org.hnvf.journal.Journal;
import org.hnvf.model.Action;
import org.hnvf.model.Configuration;
import org.hnvf.model.GuestState;
import org.hnvf.model.Intent;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Pair;
import org.hnvf.model.Plan;
import org.hnvf.model.SystemException;
import org.hnvf.plan.Planner;
import org.hnvf.state.Pairs;
import org.hnvf.workflow.ActionRunner.Failure.Kind;

/**
 * Runs a plan: validate → apply → verify → done, or roll back.
 *
 * <p>When a step fails, the engine first takes the VF down, which restores the traffic over hn, and
 * then rolls back the started steps in reverse. If the guest then does not meet the plan's
 * fallback, the engine rebuilds it: it makes a new plan from a new snapshot and the pair's previous
 * configuration. The outcome lists the first failure first.
 */
public final class Engine {

  private final StepRunner steps;
  private final Repairs repairs;
  private final Planner planner;
  private final Journal journal;
  private final Timer timer;
  private final Progress progress;

  /**
   * Creates an engine that runs actions through {@code actor} and checks the guest through {@code
   * verifier}.
   */
  public Engine(
      ActionRunner actor,
      Verifier verifier,
      Planner planner,
      Journal journal,
      Timer timer,
      Progress progress) {
    this.steps = new StepRunner(actor, verifier, progress);
    this.repairs = new Repairs(steps, planner, new LiveConfigs(journal));
    this.planner = planner;
    this.journal = journal;
    this.timer = timer;
    this.progress = progress;
  }

  /** Writes the plan to the journal and runs it to its end, or rolls it back. */
  public Outcome run(Attempt attempt) {
    RunLog log = new RunLog(journal, timer, progress, attempt.plan().pair().unit());
    try {
      log.begin(attempt);
    } catch (SystemException e) {
      return new Outcome.NotBegun(ImmutableList.of(String.valueOf(e.getMessage())));
    }
    progress.planBegins(attempt.plan());
    Outcome applied = applyAndVerify(attempt, log);
    Outcome run = repairs.deleteSecondDefaultRoute(attempt, applied);
    Outcome repaired = repairs.deleteOldLease(attempt, run);
    Outcome outcome = ofHost(attempt.plan(), repaired.noting(applied.notes()));
    log.end(outcome);
    progress.planEnded(outcome);
    return outcome;
  }

  /**
   * Reports a rolled back bring-up as ended by the host if the VF is gone. A VF that is gone
   * because of the failed step itself cannot be distinguished from this.
   */
  private static Outcome ofHost(Plan plan, Outcome outcome) {
    boolean moves = plan.intent().moves();
    Optional<GuestState> guest = outcome.guest();
    boolean gone =
        guest.isPresent()
            && plan.pair().vf().filter(vf -> guest.get().find(vf).isEmpty()).isPresent();
    return moves && gone && outcome instanceof Outcome.RolledBack
        ? new Outcome.VfTaken(outcome.failures(), guest)
        : outcome;
  }

  private Outcome applyAndVerify(Attempt attempt, RunLog log) {
    Plan plan = attempt.plan();
    TrafficCheck traffic = steps.trafficCheck();
    List<String> failures = new ArrayList<>();
    List<String> told = new ArrayList<>();
    for (int i = 0; i < plan.steps().size(); i++) {
      log.says("step " + (i + 1) + " begins");
      Optional<ActionRunner.Failure> failure = steps.run(plan.steps().get(i), traffic);
      log.says("step " + (i + 1) + failure.map(f -> " fails: " + f.text()).orElse(" is done"));
      if (failure.isPresent() && failure.get().kind() == Kind.INCIDENTAL) {
        told.add(failure.get().text());
      } else if (failure.isPresent()) {
        failures.add(failure.get().text());
        if (i < plan.pointOfNoReturn()) {
          failures.addAll(told);
          Outcome back = rollBack(attempt, i, failures, log);
          return back instanceof Outcome.RolledBack && failure.get().kind() == Kind.REFUSAL
              ? new Outcome.Refused(back.failures(), back.guest())
              : back;
        }
      }
    }
    Verifier.Verdict verdict = steps.verify(plan.expectations(), failures);
    if (failures.isEmpty() && !verdict.unmet().isEmpty()) {
      verdict = repairs.repairLateChange(attempt, verdict, told);
    }
    if (verdict.unmet().isEmpty() && failures.isEmpty()) {
      return new Outcome.Done(verdict.guest(), ImmutableList.copyOf(told), traffic.notes());
    }
    failures.addAll(told);
    ImmutableList<String> missing = StepRunner.texts(verdict.unmet());
    missing.forEach(progress::unmet);
    // Only if each step may be undone. Even without a step the VF, if it is up, goes down, because
    // it may be the cause.
    boolean hasUndo = !plan.steps().isEmpty() || !plan.firstUndo().isEmpty();
    if (hasUndo && plan.pointOfNoReturn() == plan.steps().size()) {
      failures.add(
          "after all steps the guest differs from the plan: " + String.join("; ", missing));
      return rollBack(attempt, plan.steps().size() - 1, failures, log);
    }
    if (failures.isEmpty()) {
      failures.add("the guest differs from the plan: " + String.join("; ", missing));
    }
    return rebuilt(attempt, failures, verdict, log);
  }

  private Outcome rollBack(Attempt attempt, int failedStep, List<String> failures, RunLog log) {
    Plan plan = attempt.plan();
    log.says("undone from step " + (failedStep + 1) + " on, the VF first");
    progress.undoing(failures.get(0));
    ImmutableList<Action> undo = undo(plan, failedStep);
    steps.undo(undo.stream().filter(action -> !waitsForRouter(action)).toList(), failures);
    Verifier.Verdict verdict = steps.verify(plan.fallback(), failures);
    Outcome outcome =
        verdict.unmet().isEmpty()
            ? new Outcome.RolledBack(ImmutableList.copyOf(failures), verdict.guest())
            : rebuilt(attempt, failures, verdict, log);
    steps.undo(undo.stream().filter(Engine::waitsForRouter).toList(), failures);
    return outcome;
  }

  /**
   * Returns the rollback: the VF first, which restores the traffic over hn, then the steps in
   * reverse.
   */
  private static ImmutableList<Action> undo(Plan plan, int failedStep) {
    ImmutableList.Builder<Action> undo = ImmutableList.builder();
    undo.addAll(plan.firstUndo());
    plan.steps().subList(0, failedStep + 1).reverse().forEach(step -> undo.addAll(step.undo()));
    return undo.build();
  }

  /**
   * Returns whether the action can be deferred: the guest may still be cut off, and this action
   * blocks until a router answers.
   */
  private static boolean waitsForRouter(Action action) {
    return action instanceof Action.AskForRouter;
  }

  /** Makes a new plan from a new snapshot and the pair's previous configuration, and runs it. */
  private Outcome rebuilt(
      Attempt attempt, List<String> failures, Verifier.Verdict seen, RunLog log) {
    log.says(
        "a new plan is made, because the guest does not meet: "
            + String.join("; ", StepRunner.texts(seen.unmet())));
    StepRunner.texts(seen.unmet()).forEach(progress::unmet);
    if (seen.guest().isEmpty()) {
      return new Outcome.Incomplete(
          ImmutableList.copyOf(failures), StepRunner.texts(seen.unmet()), seen.guest());
    }
    GuestState guest = seen.guest().get();
    Optional<Pair> pair =
        Pairs.find(guest, attempt.plan().pair().unit())
            .map(found -> withLaggOfAttempt(attempt, guest, found));
    if (pair.isEmpty()) {
      failures.add("hn" + attempt.plan().pair().unit() + " no longer exists");
      return new Outcome.Incomplete(
          ImmutableList.copyOf(failures), StepRunner.texts(seen.unmet()), seen.guest());
    }
    Intent intent = rebuildIntent(attempt, guest, pair.get());
    GuestState own = repairs.snapshotWithoutForeignDefault(attempt, guest, pair.get());
    // The DHCP server may have leased another address in the meantime.
    Configuration all = repairs.wholeConfig(attempt, own, pair.get());
    Plan rebuild = planner.plan(own, pair.get(), attempt.rc(), all, intent);
    return repairs.run(
        rebuild, rebuild.expectations(), failures, intent == attempt.plan().intent());
  }

  /**
   * Returns the intent that restores the previous place of the configuration; a plan that only
   * takes the VF down is retried.
   */
  private static Intent rebuildIntent(Attempt attempt, GuestState guest, Pair pair) {
    Intent intent = attempt.plan().intent();
    if (!intent.moves()) {
      return intent;
    }
    return attempt.laggStood() && guest.laggOf(pair.hn()).isPresent()
        ? Intent.HOLD_VF_DOWN
        : Intent.RELEASE;
  }

  /**
   * Adds the lagg of this attempt to the pair, if it exists: a snapshot shows a pair's lagg only
   * while hn is its port.
   */
  private static Pair withLaggOfAttempt(Attempt attempt, GuestState guest, Pair found) {
    Optional<InterfaceName> ours =
        found.lagg().or(attempt::lagg).filter(lagg -> guest.find(lagg).isPresent());
    return new Pair(found.unit(), found.hn(), found.vf(), ours);
  }
}
