package org.hnvf.service;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hnvf.model.BackOff;
import org.hnvf.model.ExitCode;
import org.hnvf.model.Intent;
import org.hnvf.model.OperatorWord;
import org.hnvf.state.Decision;
import org.hnvf.state.SoFar;

/**
 * The progress of a reconciliation.
 *
 * @param look the pair now
 * @param soFar the actions so far, for the next decision
 * @param report the report, if there was an action
 * @param around the result of repairing a guest on which no workflow could start
 * @param obstacleStatus the exit status of the obstacle
 */
record Turn(
    Look look,
    SoFar soFar,
    Optional<Report> report,
    Optional<WorkflowRunner.Result> around,
    ExitCode obstacleStatus) {

  static Turn first(Look look) {
    return new Turn(look, SoFar.NOTHING, Optional.empty(), Optional.empty(), ExitCode.OK);
  }

  Turn withPreviousWord(OperatorWord before) {
    return new Turn(look, soFar.withPreviousWord(before), report, around, obstacleStatus);
  }

  Turn stoppedBy(String reason, ExitCode status) {
    return new Turn(look, soFar.stoppedBy(reason), report, around, status);
  }

  /** Returns a copy after the delay was started or the VF was held down. */
  Turn delayed(DelayStarter.Begun begun) {
    return new Turn(
        begun.look(),
        begun.started() ? soFar.startedDelay() : soFar.heldDown(),
        Optional.of(withEarlierReport(begun.report())),
        around,
        obstacleStatus);
  }

  Turn ran(Intent intent, WorkflowRunner.Result ran) {
    // A preparation during the delay is reported instead of the delay.
    Report told =
        soFar.delayStarted()
            ? report.map(r -> ran.report().noting(r.notes())).orElse(ran.report())
            : withEarlierReport(ran.report());
    return new Turn(
        ran.look(), soFar.ran(intent, ran.succeeded()), Optional.of(told), around, obstacleStatus);
  }

  /** Returns a copy after the remains of a script were removed; the script is to run again. */
  Turn cleanedUp(Look now, Optional<Report> told) {
    return new Turn(now, soFar, told, around, obstacleStatus);
  }

  /** Returns a copy with a new snapshot, in the report, too. */
  Turn seeing(Look now) {
    return new Turn(
        now, soFar, report.map(told -> told.about(now.status())), around, obstacleStatus);
  }

  Turn noting(String remark) {
    return new Turn(
        look,
        soFar,
        report.map(told -> told.noting(ImmutableList.of(remark))),
        around,
        obstacleStatus);
  }

  /**
   * Returns a copy after a workflow that repaired the guest. If it failed, the back-off that
   * follows counts the obstacle and this failure once.
   */
  Turn ranAround(Intent intent, WorkflowRunner.Result ran) {
    Look now = ran.look().withBackOff(look.backOff());
    return new Turn(
        now, soFar.ran(intent, ran.succeeded()), report, Optional.of(ran), obstacleStatus);
  }

  Turn ranScript(Report ran) {
    return new Turn(
        look, soFar.ranScript(), Optional.of(withEarlierReport(ran)), around, obstacleStatus);
  }

  /** Returns the failures so far, in a list that can be extended. */
  List<String> failuresWith(String first) {
    List<String> failures = new ArrayList<>();
    failures.add(first);
    around.ifPresent(ran -> failures.addAll(ran.report().failures()));
    return failures;
  }

  Turn heldDown(BackOff held, List<String> failures) {
    Look now = look.withBackOff(Optional.of(held));
    Report told =
        Report.of(now.status(), obstacleStatus, "the workflow was not started; " + repairResult())
            .because(ImmutableList.copyOf(failures));
    return new Turn(
        now, soFar.heldDown(), Optional.of(withEarlierReport(told)), around, obstacleStatus);
  }

  Turn replacing(OperatorWord word) {
    Look now = look.withWord(word);
    return new Turn(
        now,
        soFar.replacedWord(),
        report.map(told -> told.about(now.status())),
        around,
        obstacleStatus);
  }

  /** Returns the result of repairing a guest on which no workflow could start. */
  private String repairResult() {
    if (around.isEmpty()) {
      return "nothing was changed";
    }
    Intent intent = soFar.ran().orElseThrow();
    if (!around.get().succeeded()) {
      return intent == Intent.HOLD_VF_DOWN
          ? "hnvf could not take the VF down, and the guest may be cut off"
          : "hnvf could not repair the pair";
    }
    return intent == Intent.TIDY
        ? "hnvf repaired the pair"
        : "the VF was taken down, the guest is reachable over " + look.pair().hn();
  }

  /** Returns the report with the previous one as a note. */
  private Report withEarlierReport(Report next) {
    return report
        .map(
            before ->
                next.noting(
                    ImmutableList.<String>builder()
                        .addAll(before.notes())
                        .add(before.message())
                        .build()))
        .orElse(next);
  }

  /** Returns the final report. */
  Report told(Decision end) {
    if (report.isPresent()) {
      return report.get();
    }
    if (end instanceof Decision.Wait wait) {
      return Report.of(look.status(), ExitCode.OK, wait.reason()).again(wait.until());
    }
    Report rest = Report.of(look.status(), obstacleStatus, ((Decision.Rest) end).reason());
    return soFar.obstacle().map(why -> rest.because(ImmutableList.of(why))).orElse(rest);
  }
}
