package org.hnvf.lab.soak;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.daemon.Daemon;
import org.hnvf.daemon.FactLog;
import org.hnvf.event.DevdEvent;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Settings;
import org.hnvf.service.Report;

/**
 * The daemon of a guest: the {@link Daemon} itself, on this thread and in virtual time, and
 * daemon(8), which starts another one when it has died.
 */
final class Resident {

  /** Within this daemon(8) has started another one. */
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /**
   * By this machine's clock, for what is under way when it is told to end. On one thread nothing
   * is, so this only ends a run in which promised looks were forgotten.
   */
  private static final Duration LAST_STEPS = Duration.ofMinutes(1);

  /** The daemon's message for an unexpected exception. */
  private static final String BUG = "this is a bug of hnvf";

  private final Stage stage;
  private final Processes processes;
  private final Work work;
  private final Feed feed;
  private Settings settings;
  private Optional<Running> running = Optional.empty();
  private Optional<Gone> killed = Optional.empty();

  private record Running(HnvfProcess process, Daemon daemon, Instant since) {}

  /** One that was killed. */
  private record Gone(Instant since, Instant until) {}

  Resident(Stage stage, Processes processes, Work work, Feed feed) {
    this.stage = stage;
    this.processes = processes;
    this.work = work;
    this.feed = feed;
    this.settings = processes.settings();
  }

  /** Starts one, if there is none. */
  void start() {
    if (running.isPresent()) {
      return;
    }
    HnvfProcess process = processes.start();
    Daemon daemon =
        new Daemon(
            stage.guest.timer(),
            look -> perform(process, look),
            Processes.residents(process),
            settings,
            () -> settings,
            FactLog.lines(line -> heard(process, line)));
    running = Optional.of(new Running(process, daemon, stage.now()));
  }

  private void perform(HnvfProcess process, Runnable look) {
    work.by(
        process,
        "daemon",
        () -> {
          look.run();
          return "";
        });
  }

  private void heard(HnvfProcess process, String line) {
    if (line.contains(BUG) && !process.life().isOver()) {
      stage.violated("a bug: " + line);
    }
    stage.timeline.tell(() -> "daemon: " + line);
  }

  boolean isThere() {
    return running.isPresent();
  }

  /** Whether one that was killed had this event in its memory. */
  boolean tookAndDied(Instant told) {
    return killed
        .filter(gone -> !told.isBefore(gone.since()) && !told.isAfter(gone.until()))
        .isPresent();
  }

  /** Whether it takes an event. */
  boolean tell(DevdEvent event) {
    return running.isPresent() && running.get().daemon().tell(event);
  }

  /** Does all that is due now; says when the next thing is. */
  Optional<Instant> work() {
    if (running.isEmpty()) {
      return Optional.empty();
    }
    Optional<Instant> next = running.get().daemon().beginDue();
    return lives() ? next : Optional.empty();
  }

  /** Another look at everything, as after SIGHUP. */
  void lookAtEverything() {
    running.ifPresent(there -> there.daemon().lookAtEverything());
  }

  /** From now on it looks as seldom as this, by itself. */
  void lookEvery(Duration period) {
    settings = settings.lookingEvery(period);
    running.ifPresent(there -> reload(there.daemon()));
  }

  private static void reload(Daemon daemon) {
    try {
      daemon.reload();
    } catch (HnvfException e) {
      throw new IllegalStateException("settings that need no file cannot be read", e);
    }
  }

  /** Carries out an operator's request; empty if hnvf was killed in it or could not do it. */
  Optional<Report> act(HnUnit unit, Daemon.Deed<Report> deed) {
    Running there = running.orElseThrow();
    Report[] report = {null};
    work.by(
        there.process(),
        "daemon",
        () -> {
          report[0] = there.daemon().act("hn" + unit, "a verb", deed);
          return report[0].exitStatus() + ", " + report[0].message();
        });
    boolean unused = lives();
    return Optional.ofNullable(report[0]);
  }

  /** Ends in good order, and another one is started. */
  void restart(Duration pause) {
    if (running.isPresent()) {
      Daemon daemon = running.get().daemon();
      daemon.stop();
      try {
        if (!daemon.awaitIdle(LAST_STEPS)) {
          stage.violated("a daemon that was told to end was not idle");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (lives()) {
        running = Optional.empty();
        startAfter(pause);
      }
    }
  }

  /** Is killed while it waits. */
  void kill(Duration pause) {
    running.ifPresent(there -> died(there, pause));
  }

  /** Whether it has outlived what it has just done; if not, another one will be started. */
  private boolean lives() {
    Running there = running.orElseThrow();
    if (there.process().life().isOver()) {
      died(there, feed.pause());
      return false;
    }
    if (there.daemon().fatal().isPresent()) {
      stage.violated("a bug: the daemon ended: " + there.daemon().fatal().get());
      died(there, feed.pause());
      return false;
    }
    return true;
  }

  private void died(Running there, Duration pause) {
    there.process().kill();
    killed = Optional.of(new Gone(there.since(), stage.now()));
    running = Optional.empty();
    startAfter(pause);
  }

  private void startAfter(Duration pause) {
    stage.agenda.add(Agenda.Kind.PROCESS, stage.now().plus(pause), this::start);
  }

  /** It is gone with all that it had. */
  void guestBoots() {
    running.ifPresent(there -> there.process().kill());
    running = Optional.empty();
    killed = Optional.empty();
  }
}
