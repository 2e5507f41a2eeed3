package org.hnvf.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.daemon.FactLog;
import org.hnvf.daemon.Weight;
import org.hnvf.exec.Timer;
import org.hnvf.model.Action;
import org.hnvf.model.CommandResult;
import org.hnvf.model.Intent;
import org.hnvf.model.Plan;
import org.hnvf.model.Step;
import org.hnvf.workflow.Outcome;
import org.hnvf.workflow.Progress;

/**
 * Logs a workflow: each step with its duration, the outcome, and the time for which the guest was
 * cut off, from the first command of the critical section until the default route is added; after a
 * rollback, until everything was restored. An instance receives one workflow at a time.
 */
final class TimedProgress implements Progress {

  private final Timer timer;
  private final String about;
  private final FactLog log;

  private Optional<Plan> plan = Optional.empty();
  private Instant planBegan = Instant.EPOCH;
  private Instant stepBegan = Instant.EPOCH;
  private Optional<Instant> cutBegan = Optional.empty();
  private Instant cutEnded = Instant.EPOCH;
  private boolean undone;

  TimedProgress(Timer timer, String about, FactLog log) {
    this.timer = timer;
    this.about = about;
    this.log = log;
  }

  @Override
  public void says(String text) {
    log.log(Weight.OUTCOME, about, text);
  }

  @Override
  public void planBegins(Plan begun) {
    plan = Optional.of(begun);
    planBegan = timer.now();
    cutBegan = Optional.empty();
    undone = false;
    int steps = begun.steps().size();
    log.log(
        Weight.FACT,
        about,
        begun.intent().words() + ": " + steps + (steps == 1 ? " step" : " steps"));
  }

  @Override
  public void stepBegins(Step step) {
    stepBegan = timer.now();
    if (step.critical() && cutBegan.isEmpty()) {
      cutBegan = Optional.of(stepBegan);
    }
    log.log(Weight.DETAIL, about, step.name() + " …");
  }

  @Override
  public void stepEnded(Step step, Optional<String> failure) {
    Instant now = timer.now();
    if (step.critical()) {
      cutEnded = now;
    }
    log.log(
        Weight.FACT,
        about,
        step.name()
            + ": "
            + millis(stepBegan, now)
            + (step.critical() ? ", cut off" : "")
            + (failure.isPresent() ? ", failed" : ""));
  }

  @Override
  public void ran(CommandResult result, boolean tolerated) {
    log.log(
        Weight.DETAIL,
        about,
        (result.succeeded() ? result.command().line() : result.summary())
            + (tolerated ? " (so already)" : "")
            + ": "
            + result.elapsed().toMillis()
            + " ms");
  }

  @Override
  public void did(Action action) {
    log.log(Weight.DETAIL, about, action.line());
  }

  @Override
  public void undoing(String failure) {
    undone = true;
    log.log(Weight.FACT, about, "going back: " + failure);
  }

  @Override
  public void unmet(String expectation) {
    log.log(Weight.FACT, about, "not so: " + expectation);
  }

  @Override
  public void planEnded(Outcome outcome) {
    boolean done = outcome instanceof Outcome.Done;
    boolean taken = outcome instanceof Outcome.VfTaken;
    boolean refused = outcome instanceof Outcome.Refused;
    boolean undoneAll = taken || outcome instanceof Outcome.RolledBack;
    String how =
        done
            ? "done in "
            : refused ? "refused after " : undoneAll ? "undone after " : "failed after ";
    Instant now = timer.now();
    log.log(
        done || taken ? Weight.OUTCOME : Weight.FAULT,
        about,
        plan.map(Plan::intent).map(Intent::words).orElse("a workflow")
            + ": "
            + how
            + millis(planBegan, now)
            + cut(now)
            + why(outcome));
  }

  private static String why(Outcome outcome) {
    if (outcome instanceof Outcome.Done) {
      return "";
    }
    return outcome instanceof Outcome.VfTaken
        ? ": the host took the VF away; nothing failed"
        : ": " + String.join("; ", outcome.failures());
  }

  private String cut(Instant now) {
    if (cutBegan.isEmpty()) {
      return ", not cut off";
    }
    return undone
        ? ", cut off for " + millis(cutBegan.get(), now) + " at most"
        : ", cut off for " + millis(cutBegan.get(), cutEnded);
  }

  /** Returns the milliseconds; a clock that was set back in the meantime gives no result. */
  private static String millis(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toMillis()) + " ms";
  }
}
