package org.hnvf.service;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.exec.Timer;
import org.hnvf.model.Action;
import org.hnvf.model.CommandResult;
import org.hnvf.model.HnUnit;
import org.hnvf.model.Pair;
import org.hnvf.model.Plan;
import org.hnvf.model.Step;
import org.hnvf.model.UnderWay;
import org.hnvf.workflow.Outcome;
import org.hnvf.workflow.Progress;

/**
 * Passes progress on and keeps the running step for {@code status}. It receives one workflow at a
 * time.
 */
final class WatchedProgress implements Progress {

  private final Progress next;
  private final Works works;
  private final Timer timer;

  private Optional<HnUnit> unit = Optional.empty();
  private String what = "";
  private Instant since = Instant.EPOCH;
  private int steps;
  private int number;

  WatchedProgress(Progress next, Works works, Timer timer) {
    this.next = next;
    this.works = works;
    this.timer = timer;
  }

  @Override
  public void says(String text) {
    next.says(text);
  }

  @Override
  public void waits(Duration left) {
    next.waits(left);
  }

  @Override
  public void planBegins(Plan plan) {
    begins(plan.pair().unit(), plan.intent().words(), plan.steps().size());
    next.planBegins(plan);
  }

  @Override
  public void scriptBegins(Pair pair, String path) {
    begins(pair.unit(), path, 0);
    next.scriptBegins(pair, path);
  }

  private void begins(HnUnit begun, String words, int count) {
    unit = Optional.of(begun);
    what = words;
    since = timer.now();
    steps = count;
    number = 0;
    tell(Optional.empty());
  }

  /** Steps beyond those of the plan repair what the plan has left. */
  @Override
  public void stepBegins(Step step) {
    number++;
    int of = number <= steps ? steps : 0;
    tell(Optional.of(new UnderWay.Step(step.name(), number, of, timer.now())));
    next.stepBegins(step);
  }

  @Override
  public void stepEnded(Step step, Optional<String> failure) {
    next.stepEnded(step, failure);
  }

  @Override
  public void ran(CommandResult result, boolean tolerated) {
    next.ran(result, tolerated);
  }

  @Override
  public void did(Action action) {
    next.did(action);
  }

  @Override
  public void undoing(String failure) {
    what += ", going back";
    steps = 0;
    tell(Optional.empty());
    next.undoing(failure);
  }

  @Override
  public void unmet(String expectation) {
    next.unmet(expectation);
  }

  @Override
  public void planEnded(Outcome outcome) {
    unit.ifPresent(works::ended);
    next.planEnded(outcome);
  }

  @Override
  public void scriptEnded() {
    unit.ifPresent(works::ended);
    next.scriptEnded();
  }

  private void tell(Optional<UnderWay.Step> step) {
    unit.ifPresent(pair -> works.is(pair, new UnderWay(what, since, step)));
  }
}
