package org.hnvf.lab.soak;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.daemon.Daemon;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.service.Report;

/** Lets what was drawn happen: by the host, the operator, others, and to hnvf itself. */
final class Story {

  private static final Duration BOOT = Duration.ofSeconds(15);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Stage stage;
  private final OperatorWords words;
  private final Processes processes;
  private final Resident resident;
  private final OneShots oneShots;
  private final EventScript script;

  Story(
      Stage stage,
      OperatorWords words,
      Processes processes,
      Resident resident,
      OneShots oneShots,
      EventScript script) {
    this.stage = stage;
    this.words = words;
    this.processes = processes;
    this.resident = resident;
    this.oneShots = oneShots;
    this.script = script;
  }

  /** Puts it all into the agenda. */
  void plan() {
    stage.agenda.add(Agenda.Kind.STORY, stage.began, resident::start);
    for (ScenarioEvent scenarioEvent : stage.drawn.script()) {
      Instant at = stage.began.plus(scenarioEvent.at());
      if (scenarioEvent instanceof ScenarioEvent.ByHost host) {
        stage.guest.host().at(at, host.action());
      }
      stage.agenda.add(Agenda.Kind.STORY, at, () -> happens(scenarioEvent));
    }
  }

  private void happens(ScenarioEvent scenarioEvent) throws HnvfException {
    stage.timeline.tell(() -> "---- " + scenarioEvent.toString().strip());
    if (!(scenarioEvent instanceof ScenarioEvent.Restart)) {
      stage.cuts.somethingChanged();
    }
    if (scenarioEvent instanceof ScenarioEvent.ByOperator operator) {
      operator(operator);
    } else if (scenarioEvent instanceof ScenarioEvent.ByOther other) {
      somebody(other);
    } else if (scenarioEvent instanceof ScenarioEvent.Reboot) {
      reboot();
    } else if (scenarioEvent instanceof ScenarioEvent.Restart restart) {
      if (restart.inGoodOrder()) {
        resident.restart(PAUSE);
      } else {
        resident.kill(PAUSE);
      }
    }
  }

  private void reboot() throws HnvfException {
    Instant from = stage.now();
    resident.guestBoots();
    processes.guestBoots();
    script.guestBoots();
    stage.agenda.guestBoots();
    GuestFactory.reboot(stage.guest, stage.drawn.guest(), BOOT);
    stage.booted();
    Instant to = stage.now();
    stage.bounds.cause("the guest boots", from, to, Duration.between(from, to));
    stage.agenda.add(Agenda.Kind.PROCESS, to.plus(PAUSE), resident::start);
    stage.timeline.count("reboot");
  }

  private void operator(ScenarioEvent.ByOperator said) {
    HnUnit unit = new HnUnit(said.unit());
    InterfaceName hn = unit.driverName();
    words.unknown(said.unit());
    Daemon.Deed<Report> deed =
        hnvf ->
            switch (said.verb()) {
              case FAILOVER -> hnvf.failover(hn, said.time());
              case FAILBACK -> hnvf.failback(hn);
              case RELEASE -> hnvf.release(hn);
            };
    Optional<Report> report =
        resident.isThere() ? resident.act(unit, deed) : oneShots.act(unit, deed);
    if (report.filter(r -> r.exitStatus() == ExitCode.OK.status()).isPresent()) {
      words.said(said, stage.now());
    }
    stage.timeline.count("verb " + said.verb());
  }

  private void somebody(ScenarioEvent.ByOther other) throws HnvfException {
    Instant from = stage.now();
    Optional<String> done = stage.thirdParty().act(other, stage.look());
    done.ifPresent(
        line -> {
          stage.timeline.tell(() -> "---- another program: " + line);
          stage.timeline.count("another program " + other.act());
          Case.Delivery delivery = stage.drawn.delivery();
          // The host reports a VF that another program brings up by an event.
          boolean told = other.act() == ScenarioEvent.Stray.VF_UP && delivery.isReliable();
          Duration patience = told ? Bounds.TOLD : delivery.period().plus(Bounds.REPAIR);
          Duration late = stage.drawn.guest().pathTask(stage.drawn.seed()).orElse(Duration.ZERO);
          stage.bounds.cause(line, from, from.plus(late).plus(patience), patience);
        });
  }
}
