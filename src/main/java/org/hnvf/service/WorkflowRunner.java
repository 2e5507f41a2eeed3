package org.hnvf.service;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hnvf.journal.PairStore;
import org.hnvf.model.BackOff;
import org.hnvf.model.Configuration;
import org.hnvf.model.ExitCode;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.Intent;
import org.hnvf.model.Plan;
import org.hnvf.model.SystemException;
import org.hnvf.plan.Expectations;
import org.hnvf.plan.Planner;
import org.hnvf.workflow.Attempt;
import org.hnvf.workflow.Engine;
import org.hnvf.workflow.Outcome;

/**
 * Makes a plan for an intent, runs it, and records the result. The caller holds the pair's lock.
 */
final class WorkflowRunner {

  private final Planner planner;
  private final Engine engine;
  private final OutcomeRecorder recorder;
  private final PairStore store;
  private final Outcomes outcomes;

  WorkflowRunner(
      Planner planner,
      Engine engine,
      OutcomeRecorder recorder,
      PairStore store,
      Outcomes outcomes) {
    this.planner = planner;
    this.engine = engine;
    this.recorder = recorder;
    this.store = store;
    this.outcomes = outcomes;
  }

  /**
   * The result of a workflow, or the reason why it did not start.
   *
   * @param look the pair afterwards
   * @param report the report
   * @param notBegun the reason if no step was taken because no journal could be written
   */
  record Result(Look look, Report report, Optional<String> notBegun) {

    /** Returns a copy with these notes. */
    Result noting(ImmutableList<String> notes) {
      return new Result(look, report.noting(notes), notBegun);
    }

    /** Returns whether the pair has reached the target of the intent. */
    boolean succeeded() {
      return notBegun.isEmpty() && report.exitStatus() == ExitCode.OK.status();
    }
  }

  /** Returns the plan for the intent without running it. */
  Plan plan(Look look, GuestConfig rc, Configuration before, Intent intent) {
    return planner.plan(look.guest(), look.pair(), rc, before, intent);
  }

  /**
   * A workflow to run.
   *
   * @param intent its target
   * @param cause the event or verb that began it, for a person
   * @param number 1, or one more for each recovery of the same workflow
   * @param unwritten whether it runs even if no journal can be written
   */
  record Task(Intent intent, String cause, int number, boolean unwritten) {

    /** Creates a first attempt that runs only with a journal. */
    static Task of(Intent intent, String cause) {
      return new Task(intent, cause, 1, false);
    }

    /** Returns a copy with this number. */
    Task attempt(int other) {
      return new Task(intent, cause, other, unwritten);
    }

    /** Returns a copy which runs without a journal if {@code allowed} and none can be written. */
    Task unwrittenIf(boolean allowed) {
      return new Task(intent, cause, number, allowed);
    }
  }

  /**
   * Makes a plan and runs it.
   *
   * @param before the pair's configuration
   */
  Result run(Look look, GuestConfig rc, Task task, Configuration before) throws SystemException {
    Intent intent = task.intent();
    Plan plan =
        task.number() > 1 || (intent == Intent.USE_LAGG && recorder.isUnproven(look))
            ? planner.resumed(look.guest(), look.pair(), rc, before, intent)
            : planner.plan(look.guest(), look.pair(), rc, before, intent);
    if (plan.isEmpty() && Expectations.unmet(look.guest(), plan.expectations()).isEmpty()) {
      Look settled = look.withBackOff(recorder.settled(look, intent));
      String already = "nothing to do: " + ReportMessages.already(look.pair().hn(), intent);
      return ended(settled, Report.of(settled.status(), ExitCode.OK, already));
    }
    ImmutableList.Builder<String> remarks = ImmutableList.builder();
    remarks.addAll(plan.notes()).addAll(recorder.noteLagg(look, plan));
    Attempt attempt =
        new Attempt(
            plan,
            task.cause(),
            rc,
            before,
            look.pair().lagg(),
            look.guest().bootTime(),
            task.number(),
            true);
    Instant began = outcomes.now();
    Outcome outcome = engine.run(attempt);
    if (outcome instanceof Outcome.NotBegun && task.unwritten()) {
      remarks.add(
          "the journal could not be written, and hnvf worked without it: "
              + outcome.failures().get(0));
      outcome = engine.run(attempt.withoutJournal());
    }
    ImmutableList<String> notes = remarks.addAll(outcome.notes()).build();
    if (outcome instanceof Outcome.NotBegun) {
      String why = outcome.failures().get(0);
      return new Result(look, Report.of(look.status(), ExitCode.SYSTEM, why), Optional.of(why));
    }
    Result result = recorded(look, attempt, outcome, notes);
    outcomes.workflow(look, result.look(), intent, task.cause(), began, outcome);
    return result;
  }

  private Result recorded(Look look, Attempt attempt, Outcome outcome, ImmutableList<String> notes)
      throws SystemException {
    Plan plan = attempt.plan();
    if (outcome instanceof Outcome.VfTaken) {
      return vfTaken(look, plan, outcome, notes);
    }
    if (outcome instanceof Outcome.Refused) {
      return refused(look, plan, outcome, notes);
    }
    return outcome instanceof Outcome.Done
        ? done(look, plan, outcome, notes)
        : failed(look, attempt, outcome, notes);
  }

  private Result done(Look look, Plan plan, Outcome outcome, ImmutableList<String> notes)
      throws SystemException {
    // The disk may have been full the first time; once hn has left the lagg, only this file tells.
    ImmutableList<String> unused = recorder.noteLagg(look, plan);
    Look after = after(look, outcome, recorder.done(look, plan.intent()));
    ImmutableList<String> complaints =
        plan.intent() == Intent.USE_LAGG
            ? recorder.notePath(look, outcome.guest())
            : ImmutableList.of();
    Report report =
        Report.of(
                after.status(),
                ExitCode.OK,
                plan.intent() == Intent.USE_LAGG
                        && OutcomeRecorder.isBeforeSwitch(look, outcome.guest())
                    ? ReportMessages.beforeSwitch(plan)
                    : ReportMessages.done(plan))
            .with(plan)
            .noting(complaints)
            .noting(notes)
            .because(outcome.failures());
    Optional<Instant> delay = plan.intent() == Intent.PREPARE ? look.delayEnds() : Optional.empty();
    return ended(after, delay.map(report::again).orElse(report));
  }

  /** It is no failure, so there is no back-off, and the exit status is 0. */
  private Result vfTaken(Look look, Plan plan, Outcome outcome, ImmutableList<String> notes)
      throws SystemException {
    ImmutableList<String> unstored = recorder.vfTaken(look);
    Look after = after(look, outcome, look.backOff());
    return ended(
        after,
        Report.of(after.status(), ExitCode.OK, "the host took the VF away; nothing failed")
            .with(plan)
            .noting(unstored)
            .noting(outcome.failures())
            .noting(notes));
  }

  private Result refused(Look look, Plan plan, Outcome outcome, ImmutableList<String> notes)
      throws SystemException {
    List<String> failures = new ArrayList<>(outcome.failures());
    Look after = after(look, outcome, recorder.refused(look, failures));
    return ended(
        after,
        Report.of(after.status(), ExitCode.CONFIGURATION, "refused; the VF is down, nothing moved")
            .with(plan)
            .noting(notes)
            .because(ImmutableList.copyOf(failures)));
  }

  private Result failed(Look look, Attempt attempt, Outcome outcome, ImmutableList<String> notes)
      throws SystemException {
    List<String> failures = new ArrayList<>(outcome.failures());
    Optional<BackOff> held = recorder.failed(look, attempt.plan(), attempt.before(), failures);
    Look after = after(look, outcome, held);
    String message =
        outcome instanceof Outcome.Incomplete incomplete
            ? "failed; hnvf rolled back, but could not restore everything: "
                + String.join("; ", incomplete.missing())
            : "failed; hnvf rolled back: the guest has its previous configuration, and "
                + "the VF is down";
    return ended(
        after,
        Report.of(after.status(), ExitCode.SYSTEM, message)
            .with(attempt.plan())
            .noting(notes)
            .because(ImmutableList.copyOf(failures)));
  }

  private static Result ended(Look look, Report report) {
    return new Result(look, report, Optional.empty());
  }

  private Look after(Look look, Outcome outcome, Optional<BackOff> backOff) throws SystemException {
    Look seen = outcome.guest().map(look::seeing).orElse(look);
    boolean waits = seen.pair().vf().isPresent() && !seen.vfUp();
    Optional<Instant> delay = waits ? store.delayEnds(look.pair().unit()) : Optional.empty();
    return new Look(
        seen.guest(),
        seen.assessment(),
        seen.word(),
        backOff,
        delay,
        seen.halfDone(),
        seen.unstored());
  }
}
