package org.hnvf.lab.soak;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.hnvf.exec.CommandRunner;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.exec.Timer;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.service.Machine;
import org.hnvf.sim.SimulatedGuest;

/**
 * One process of hnvf: the seams between it and the guest. Something may go wrong at each of them;
 * and when it has been killed they let nothing through.
 */
final class HnvfProcess {

  private final Life life = new Life();
  private final Machine machine;
  private final FirstUndo undo;

  /**
   * A process that has just started.
   *
   * @param runner runs its commands
   * @param fate decides what goes wrong with its files
   * @param locks the locks of all processes of this guest
   */
  HnvfProcess(
      SimulatedGuest guest,
      CommandRunner runner,
      FaultyFiles.Fate fate,
      Map<String, Object> locks,
      Timeline timeline,
      Cuts cuts) {
    this.machine =
        new Machine(
            command -> run(runner, command),
            new FaultyFiles(new NioDurableFiles(guest.root()), fate, locks, life),
            new ItsTimer(guest.timer(), life),
            guest.root());
    this.undo = new FirstUndo(guest, timeline, cuts);
  }

  private CommandResult run(CommandRunner runner, Command command) {
    life.check();
    try {
      return runner.run(command);
    } catch (KilledError e) {
      throw life.endedBy(e);
    }
  }

  Machine machine() {
    return machine;
  }

  /** Returns the receiver of its workflows. */
  FirstUndo undo() {
    return undo;
  }

  Life life() {
    return life;
  }

  /** {@code kill -9}, while it waits. */
  void kill() {
    life.endedBy(new KilledError("while it waits"));
  }

  /** A dead process does not wait. It may still be asked for the time, by what unwinds. */
  private record ItsTimer(Timer timer, Life life) implements Timer {
    @Override
    public Instant now() {
      return timer.now();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      life.check();
      timer.sleep(duration);
    }
  }
}
