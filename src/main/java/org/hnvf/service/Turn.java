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
 * Where the story of a pair has come to.
 *
 * @param look the pair now
 * @param soFar what was done, for the next decision
 * @param report what is told of it, where something was done
 * @param around what came of putting right a guest on which nothing could be begun
 * @param obstacleStatus the exit status of what kept anything from being begun
 */
record Turn(
    Look look,
    SoFar soFar,
    Optional<Report> report,
    Optional<WorkflowRunner.Ran> around,
    ExitCode obstacleStatus) {

  static Turn first(Look look) {
    return new Turn(look, SoFar.NOTHING, Optional.empty(), Optional.empty(), ExitCode.OK);
  }

  Turn after(OperatorWord before) {
    return new Turn(look, soFar.after(before), report, around, obstacleStatus);
  }

  Turn stoppedBy(String reason, ExitCode status) {
    return new Turn(look, soFar.stoppedBy(reason), report, around, status);
  }

  /** The delay was started, or the VF is held down instead. */
  Turn delayed(DelayStarter.Begun begun) {
    return new Turn(
        begun.look(),
        begun.started() ? soFar.startedDelay() : soFar.heldDown(),
        Optional.of(after(begun.report())),
        around,
        obstacleStatus);
  }

  Turn ran(Intent intent, WorkflowRunner.Ran ran) {
    // What is prepared in a delay is told in the place of the delay.
    Report told =
        soFar.delayStarted()
            ? report.map(r -> ran.report().noting(r.notes())).orElse(ran.report())
            : after(ran.report());
    return new Turn(
        ran.look(), soFar.ran(intent, ran.well()), Optional.of(told), around, obstacleStatus);
  }

  /** What a script had left is gone, and it is to run again. */
  Turn cleanedUp(Look now, Optional<Report> told) {
    return new Turn(now, soFar, told, around, obstacleStatus);
  }

  /** The same, of a pair that something more is known of; what is told shows it. */
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

  Turn ranAround(Intent intent, WorkflowRunner.Ran ran) {
    return new Turn(
        ran.look(), soFar.ran(intent, ran.well()), report, Optional.of(ran), obstacleStatus);
  }

  Turn ranScript(Report ran) {
    return new Turn(look, soFar.ranScript(), Optional.of(after(ran)), around, obstacleStatus);
  }

  /** What went wrong so far, to be added to. */
  List<String> failuresWith(String first) {
    List<String> failures = new ArrayList<>();
    failures.add(first);
    around.ifPresent(ran -> failures.addAll(ran.report().failures()));
    return failures;
  }

  Turn heldDown(BackOff held, List<String> failures) {
    Look now = look.withBackOff(Optional.of(held));
    Report told =
        Report.of(now.status(), obstacleStatus, "the workflow was not started; " + putRight())
            .because(ImmutableList.copyOf(failures));
    return new Turn(now, soFar.heldDown(), Optional.of(after(told)), around, obstacleStatus);
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

  /** What was done about a guest on which nothing could be begun. */
  private String putRight() {
    if (around.isEmpty()) {
      return "nothing was changed";
    }
    if (soFar.ran().filter(Intent.TIDY::equals).isEmpty()) {
      return "the VF was taken down, the guest is reachable over " + look.pair().hn();
    }
    return around.get().well() ? "hnvf repaired the pair" : "hnvf could not repair the pair";
  }

  /** What was done before is told as a remark. */
  private Report after(Report next) {
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

  /** What is told at the end. */
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
