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
  private final Trouble trouble;
  private final StrikeCauses strikes;
  private int told;

  Work(Stage stage, Trouble trouble) {
    this.stage = stage;
    this.trouble = trouble;
    this.strikes = new StrikeCauses(stage.drawn, stage.guest, stage.began, stage.bounds);
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
    int before = trouble.struck().size();
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
      stage.chronicle.tell(() -> who + ": " + heard);
    }
    return failure;
  }

  private void account(HnvfProcess process, Instant from, int commands, int before) {
    Instant to = stage.now();
    ImmutableList<Trouble.Struck> struck = trouble.struck();
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
    for (Trouble.Struck each : struck) {
      stage.chronicle.tell(
          each.at(), () -> "fault: " + each.strike().kind() + " at " + each.where());
      strikes.add(each, first, to, stage.baseline());
    }
  }

  private void tell(List<HistoryEntry> done) {
    for (HistoryEntry entry : done) {
      boolean changes = entry.result().command().effect() == Command.Effect.CHANGES;
      if (changes || !entry.result().succeeded()) {
        stage.chronicle.tell(entry.started(), () -> "  $ " + entry.result().summary());
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
