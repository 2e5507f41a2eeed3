package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hnvf.daemon.Weight;
import org.hnvf.exec.HandTimer;
import org.hnvf.model.Action;
import org.hnvf.model.HnUnit;
import org.hnvf.model.Intent;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.LogLevel;
import org.hnvf.model.Pair;
import org.hnvf.model.Plan;
import org.hnvf.model.Step;
import org.hnvf.workflow.Outcome;
import org.junit.jupiter.api.Test;

/** The lines that a level leaves out, and the lines of a workflow. */
final class ServiceLogTest {

  private static final Instant START = Instant.parse("2026-11-26T12:00:00Z");

  private final List<LogLine> written = new CopyOnWriteArrayList<>();
  private final HandTimer timer = new HandTimer(START);

  /** The lines that were told by then, each with its milliseconds. */
  private List<String> lines(ServiceLog log) {
    log.close();
    return written.stream()
        .map(
            line ->
                Duration.between(START, line.at()).toMillis()
                    + " "
                    + line.about()
                    + ": "
                    + line.text())
        .toList();
  }

  private ServiceLog log() {
    return new ServiceLog(new LogPipe(written::addAll), timer, format -> {});
  }

  private void pass(long millis) {
    timer.pass(Duration.ofMillis(millis));
  }

  @Test
  void whyALookBeganIsToldWhereSomethingComesOfIt() {
    ServiceLog log = log();
    log.log(Weight.CAUSE, "hn0", "LINK_UP of hn0");
    log.log(Weight.DETAIL, "hn0", "nothing to do");
    pass(5);
    log.log(Weight.CAUSE, "hn0", "VF_UP of hn0");
    log.log(Weight.CAUSE, "hn1", "a look at everything");
    pass(20);
    log.log(Weight.FACT, "hn0", "use lagg: 2 steps");
    log.log(Weight.FACT, "hn0", "more");
    assertThat(lines(log))
        .containsExactly("5 hn0: VF_UP of hn0", "25 hn0: use lagg: 2 steps", "25 hn0: more")
        .inOrder();
  }

  @Test
  void atDebugLevelEverythingIsTold() {
    ServiceLog log = log();
    log.level(LogLevel.DEBUG);
    log.log(Weight.CAUSE, "hn0", "LINK_UP of hn0");
    log.log(Weight.DETAIL, "hn0", "nothing to do");
    log.level(LogLevel.INFO);
    log.log(Weight.DETAIL, "hn0", "nothing to do");
    assertThat(lines(log)).containsExactly("0 hn0: LINK_UP of hn0", "0 hn0: nothing to do");
  }

  private static Step step(String name, boolean critical) {
    return new Step(name, ImmutableList.<Action>of(), ImmutableList.of(), critical);
  }

  private static Plan plan(Step... steps) {
    Pair pair =
        new Pair(
            new HnUnit(0),
            new InterfaceName("hn0"),
            Optional.of(new InterfaceName("mlxen0")),
            Optional.of(new InterfaceName("lagg0")));
    return new Plan(
        pair,
        Intent.USE_LAGG,
        ImmutableList.copyOf(steps),
        steps.length,
        ImmutableList.of(),
        ImmutableList.of(),
        ImmutableList.of(),
        ImmutableList.of());
  }

  private void perform(TimedProgress progress, Step step, long millis) {
    progress.stepBegins(step);
    pass(millis);
    progress.stepEnded(step, Optional.empty());
  }

  @Test
  void aBringUpReadsAtAGlance() {
    ServiceLog log = log();
    TimedProgress progress = new TimedProgress(timer, "hn0", log);
    Step stop = step("stop dhclient on hn0", false);
    Step join = step("put hn0 into lagg0", true);
    Step route = step("default route through lagg0", true);
    log.log(Weight.CAUSE, "hn0", "VF_UP of hn0");
    pass(3);
    progress.planBegins(plan(stop, join, route));
    perform(progress, stop, 10);
    pass(1);
    perform(progress, join, 20);
    pass(2);
    perform(progress, route, 30);
    pass(100);
    progress.planEnded(new Outcome.Done(Optional.empty(), ImmutableList.of()));
    assertThat(lines(log))
        .containsExactly(
            "0 hn0: VF_UP of hn0",
            "3 hn0: use lagg: 3 steps",
            "13 hn0: stop dhclient on hn0: 10 ms",
            "34 hn0: put hn0 into lagg0: 20 ms, cut off",
            "66 hn0: default route through lagg0: 30 ms, cut off",
            "166 hn0: use lagg: done in 163 ms, cut off for 52 ms")
        .inOrder();
    assertThat(written.get(5).weight()).isEqualTo(Weight.OUTCOME);
  }

  @Test
  void whatIsUndoneIsAFaultAndTheCutLastsUntilAllIsBack() {
    ServiceLog log = log();
    TimedProgress progress = new TimedProgress(timer, "hn0", log);
    Step join = step("put hn0 into lagg0", true);
    progress.planBegins(plan(join));
    progress.stepBegins(join);
    pass(7);
    progress.stepEnded(join, Optional.of("exit 1"));
    progress.undoing("put hn0 into lagg0: exit 1");
    pass(50);
    ImmutableList<String> failures = ImmutableList.of("put hn0 into lagg0: exit 1");
    progress.planEnded(new Outcome.RolledBack(failures, Optional.empty()));
    assertThat(lines(log))
        .containsExactly(
            "0 hn0: use lagg: 1 step",
            "7 hn0: put hn0 into lagg0: 7 ms, cut off, failed",
            "7 hn0: going back: put hn0 into lagg0: exit 1",
            "57 hn0: use lagg: undone after 57 ms, cut off for 57 ms at most: put hn0 into lagg0:"
                + " exit 1")
        .inOrder();
    assertThat(written.get(3).weight()).isEqualTo(Weight.FAULT);
  }

  @Test
  void aVfThatTheHostTakesAwayIsNoFault() {
    ServiceLog log = log();
    TimedProgress progress = new TimedProgress(timer, "hn0", log);
    progress.planBegins(plan(step("bring mlxen0 up", true)));
    pass(9);
    progress.planEnded(
        new Outcome.VfTaken(ImmutableList.of("bring mlxen0 up: exit 1"), Optional.empty()));
    assertThat(lines(log))
        .contains(
            "9 hn0: use lagg: undone after 9 ms, not cut off: the host took the VF away; nothing"
                + " failed");
    assertThat(written.get(1).weight()).isEqualTo(Weight.OUTCOME);
  }

  @Test
  void aWorkflowWithoutACutSaysSo() {
    ServiceLog log = log();
    TimedProgress progress = new TimedProgress(timer, "hn0", log);
    Step step = step("add mlxen0 to lagg0", false);
    progress.planBegins(plan(step));
    perform(progress, step, 10);
    progress.planEnded(new Outcome.Done(Optional.empty(), ImmutableList.of()));
    assertThat(lines(log)).contains("10 hn0: use lagg: done in 10 ms, not cut off");
  }
}
