package org.hnvf.lab.soak;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.event.DevdLine;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.sim.DevdNotice;
import org.hnvf.sim.RcConfShell;

/** Lets time pass on one guest with all that acts on it: one thread, always in the same order. */
final class Harness {

  /** More than any case that comes to rest: a hundred are usual. */
  private static final int MOST_COMMANDS = 10_000;

  private final Stage stage;
  private final FaultInjector injector;
  private final Processes processes;
  private final Feed feed;
  private final OperatorWords words;
  private final Resident resident;
  private final EventScript script;
  private boolean deaf;

  Harness(Case drawn, RcConfShell shell, boolean keep) throws HnvfException {
    this.stage = new Stage(drawn, shell, keep);
    this.injector =
        new FaultInjector(stage.guest, drawn.guest().nics(), drawn.faults(), () -> rival());
    this.processes = new Processes(stage.guest, drawn, injector, stage.timeline, stage.cuts);
    this.feed = new Feed(drawn.delivery(), drawn.seed());
    this.words = new OperatorWords(drawn.guest().nics());
    Work work = new Work(stage, injector);
    OneShots oneShots = new OneShots(stage, processes, work);
    this.resident = new Resident(stage, processes, work, feed);
    this.script = new EventScript(stage, resident, oneShots);
    new Story(stage, words, processes, resident, oneShots, script).plan();
  }

  /**
   * Another process is handed an event while the first one works. It works beside it; here, on one
   * thread, the first one, which may be at another pair, stands still meanwhile.
   */
  private void rival() {
    Instant began = stage.now();
    letRivalWork();
    if (stage.drawn.guest().nics() > 1) {
      Instant ended = stage.now();
      stage.bounds.cause("stands still", began, ended, Duration.between(began, ended));
    }
  }

  private void letRivalWork() {
    try {
      String told =
          processes
              .unharmed()
              .handle(new org.hnvf.event.DevdEvent.VfDown(new HnUnit(0).driverName()))
              .message();
      stage.timeline.tell(() -> "another hnvf: " + told);
    } catch (HnvfException e) {
      stage.timeline.tell(() -> "another hnvf: " + e.getMessage());
    }
  }

  Stage stage() {
    return stage;
  }

  FaultInjector injector() {
    return injector;
  }

  OperatorWords words() {
    return words;
  }

  Resident resident() {
    return resident;
  }

  Processes processes() {
    return processes;
  }

  EventScript script() {
    return script;
  }

  /** From now on nothing is drawn any more, and no event comes. */
  void becomeQuiet() {
    injector.end();
    stage.agenda.onlyProcesses();
    deaf = true;
  }

  /**
   * Lets everything before this instant happen. Running work continues beyond it.
   *
   * @throws IllegalStateException if hnvf repeats the same actions without end
   */
  void runUntil(Instant end) throws HnvfException {
    while (true) {
      if (stage.guest.commandsSoFar() > MOST_COMMANDS) {
        throw new IllegalStateException(
            "hnvf does not come to rest: it has run " + stage.guest.commandsSoFar() + " commands");
      }
      events();
      Instant now = stage.now();
      Optional<Agenda.Due> due = stage.agenda.take(now, end);
      if (due.isPresent()) {
        due.get().deed().perform();
        continue;
      }
      if (!now.isBefore(end)) {
        return;
      }
      Optional<Instant> work = resident.work();
      if (stage.now().isAfter(now)) {
        continue;
      }
      stage.sleepUntil(
          Stream.of(stage.agenda.next(), work, stage.guest.host().next())
              .flatMap(Optional::stream)
              .filter(next -> next.isAfter(now))
              .filter(end::isAfter)
              .min(Comparator.naturalOrder())
              .orElse(end));
    }
  }

  /** Delivers devd's lines since the last call, or loses them. */
  private void events() throws HnvfException {
    for (DevdNotice line : stage.guest.drainEvents()) {
      if (deaf) {
        stage.timeline.tell(line.at(), () -> "devd, unheard: " + line.line());
        continue;
      }
      for (Duration delay : feed.fate(line)) {
        stage.timeline.tell(line.at(), () -> "devd: " + line.line() + delayed(delay));
        Instant at = line.at().plus(delay);
        org.hnvf.event.DevdEvent event = DevdLine.parse(line.line());
        stage.agenda.add(Agenda.Kind.EVENT, at, () -> script.event(event, at));
      }
    }
  }

  private static String delayed(Duration delay) {
    return delay.isZero() ? "" : " (" + delay.toMillis() + " ms late)";
  }
}
