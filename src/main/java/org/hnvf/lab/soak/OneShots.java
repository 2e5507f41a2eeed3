package org.hnvf.lab.soak;

import java.time.Instant;
import java.util.Optional;
import org.hnvf.daemon.Daemon;
import org.hnvf.event.DevdEvent;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.service.Orchestrator;
import org.hnvf.service.Report;
import org.hnvf.service.Trigger;

/** Processes of hnvf that are started for one thing: an event, or a verb of the operator. */
final class OneShots {

  private final Stage stage;
  private final Processes processes;
  private final Work work;

  OneShots(Stage stage, Processes processes, Work work) {
    this.stage = stage;
    this.processes = processes;
    this.work = work;
  }

  /** Is told how {@code hnvf event} ended: whether the event script takes that for served. */
  @FunctionalInterface
  interface Caller {
    void ended(boolean served);
  }

  /** {@code hnvf event}, which goes on for as long as a VF's delay runs. */
  void event(DevdEvent event, Caller caller) {
    HnvfProcess process = processes.start();
    Orchestrator hnvf = processes.oneShot(process);
    goOn(new Waiting(process, hnvf, Trigger.of(event), caller), () -> hnvf.handle(event));
  }

  /** A process that may have to wait. */
  private record Waiting(HnvfProcess process, Orchestrator hnvf, Trigger trigger, Caller caller) {}

  /** A look of it. */
  @FunctionalInterface
  private interface Look {
    Report taken() throws HnvfException;
  }

  private void goOn(Waiting waiting, Look look) {
    Outcome outcome = by(waiting.process(), "hnvf event (" + waiting.trigger() + ")", look);
    Optional<Instant> until = outcome.report().flatMap(Report::awaited);
    if (until.isPresent()) {
      Report before = outcome.report().orElseThrow();
      stage.agenda.add(
          Agenda.Kind.PROCESS,
          until.get(),
          () -> goOn(waiting, () -> waiting.hnvf().waited(before, waiting.trigger())));
      return;
    }
    waiting.caller().ended(outcome.served());
  }

  /** Carries out the operator's request; empty if hnvf was killed in it or could not do it. */
  Optional<Report> act(HnUnit unit, Daemon.Deed<Report> deed) {
    HnvfProcess process = processes.start();
    return by(process, "hnvf, about hn" + unit, () -> deed.by(processes.oneShot(process))).report();
  }

  private record Outcome(Optional<Report> report, Optional<HnvfException> failure) {

    /**
     * Returns whether the exit status is 0; or 75: another process has the pair's lock and reads
     * the guest itself.
     */
    boolean served() {
      return report.map(r -> r.exitStatus() == ExitCode.OK.status()).orElse(false)
          || failure.map(e -> e.exitCode() == ExitCode.BUSY).orElse(false);
    }
  }

  private Outcome by(HnvfProcess process, String who, Look look) {
    Report[] report = new Report[1];
    Optional<HnvfException> failure =
        work.by(
            process,
            who,
            () -> {
              report[0] = look.taken();
              return report[0].exitStatus() + ", " + report[0].message();
            });
    return new Outcome(Optional.ofNullable(report[0]), failure);
  }
}
