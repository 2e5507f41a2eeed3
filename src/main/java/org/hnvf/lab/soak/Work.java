package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hnvf.model.Command;
import org.hnvf.model.HnvfException;
import org.hnvf.sim.HistoryEntry;

/**
 * Lets a process of hnvf do one piece of work, such as a look; says what of it may have cut the
 * guest off, and tells what was done.
 */
final class Work {

  private final Stage stage;
  private final FaultInjector injector;
  private final FaultCauses faults;
  private int told;

  Work(Stage stage, FaultInjector injector) {
    this.stage = stage;
    this.injector = injector;
    this.faults = new FaultCauses(stage.drawn, stage.guest, stage.began, stage.bounds);
    this.told = stage.guest.commandsSoFar();
  }

  /** A piece of work; what came of it, in words. */
  @FunctionalInterface
  interface Piece {
    String done() throws HnvfException;
  }

  /**
   * Does it.
   *
   * @param who whose work it is
   * @return the error that it ended with; empty also where the process was killed in it
   */
  Optional<HnvfException> by(HnvfProcess process, String who, Piece piece) {
    Instant from = stage.now();
    int before = injector.struck().size();
    int commands = stage.guest.commandsSoFar();
    Optional<HnvfException> failure = Optional.empty();
    String message = "";
    try {
      message = piece.done();
    } catch (HnvfException e) {
      failure = Optional.of(e);
      message = e.exitCode() + ": " + e.getMessage();
    } catch (KilledError e) {
      // The process knows that it is dead.
    }
    if (process.life().isOver()) {
      message = process.life().told();
      Instant now = stage.now();
      stage.bounds.cause(
          message,
          now,
          now.plus(Resident.LONGEST_PAUSE).plus(Bounds.RECOVERY),
          Bounds.RECOVERY.plus(Resident.LONGEST_PAUSE));
    }
    account(process, from, commands, before);
    if (!message.isEmpty()) {
      String heard = message;
      stage.timeline.tell(() -> who + ": " + heard);
    }
    return failure;
  }

  private void account(HnvfProcess process, Instant from, int commands, int before) {
    Instant to = stage.now();
    ImmutableList<FaultInjector.Struck> struck = injector.struck();
    struck = struck.subList(before, struck.size());
    boolean ran = stage.guest.commandsSoFar() > commands;
    if (ran) {
      stage.bounds.cause("work", from, to, Bounds.WORK);
    } else if (struck.isEmpty()) {
      return;
    }
    ImmutableList<HistoryEntry> history = stage.guest.history();
    int first = indexOf(history, told);
    List<HistoryEntry> done = history.subList(first, history.size());
    tell(done);
    told = stage.guest.commandsSoFar();
    process.undo().violated(struck, done).forEach(stage::violated);
    if (!struck.isEmpty()) {
      stage.cuts.somethingChanged();
    }
    for (FaultInjector.Struck each : struck) {
      stage.timeline.tell(each.at(), () -> "fault: " + each.fault().kind() + " at " + each.where());
      faults.add(each, first, to, stage.baseline());
    }
  }

  private void tell(List<HistoryEntry> done) {
    for (HistoryEntry entry : done) {
      boolean changes = entry.result().command().effect() == Command.Effect.CHANGES;
      if (changes || !entry.result().succeeded()) {
        stage.timeline.tell(entry.started(), () -> "  $ " + entry.result().summary());
      }
    }
  }

  /** Numbers grow with every command, also with those of a nested one. */
  private static int indexOf(List<HistoryEntry> history, int number) {
    int index = history.size();
    while (index > 0 && history.get(index - 1).number() >= number) {
      index--;
    }
    return index;
  }
}
