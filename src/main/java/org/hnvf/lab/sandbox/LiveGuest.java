package org.hnvf.lab.sandbox;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.function.Consumer;
import org.hnvf.exec.Timer;
import org.hnvf.lab.SimulatedMachine;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.SystemException;
import org.hnvf.sim.DevdNotice;
import org.hnvf.sim.Faults.Hang;
import org.hnvf.sim.SimulatedGuest;

/** A simulated guest in wall-clock time, for many threads: one of them is in it at a time. */
final class LiveGuest {

  /**
   * The time from which a wait in the guest also takes real time: the program waited for an event,
   * as dhclient without a server does. The cost of a process is shorter, and is not waited for.
   */
  private static final Duration WAITING = Duration.ofSeconds(2);

  private final SimulatedMachine machine;
  private final SimulatedGuest guest;
  private final GuestClock clock;
  private final Timer wall;
  private final boolean costs;
  private final Consumer<String> devd;
  private boolean changed = true;

  /**
   * A guest that is live from now on.
   *
   * @param costs whether every command takes the time here that it takes in the guest
   * @param devd is told what devd would write, line by line
   */
  LiveGuest(SimulatedMachine machine, Timer wall, boolean costs, Consumer<String> devd) {
    this.machine = machine;
    this.guest = machine.guest();
    this.clock = new GuestClock(guest.timer(), wall);
    this.wall = wall;
    this.costs = costs;
    this.devd = devd;
  }

  /**
   * The result of a command.
   *
   * @param result its output
   * @param hangs whether it never ends; its output is then not to be shown
   */
  record Outcome(CommandResult result, boolean hangs) {}

  /** Runs a program of the guest, and waits for as long as it would. */
  Outcome run(Command command) throws InterruptedException {
    Outcome outcome = act(command);
    if (costs || outcome.result().elapsed().compareTo(WAITING) >= 0) {
      wall.sleep(ahead());
    }
    return outcome;
  }

  private synchronized Outcome act(Command command) throws InterruptedException {
    pass();
    changed = true;
    Hang hang = guest.faults().takeHang(command);
    if (hang == Hang.AT_ONCE) {
      CommandResult.Ending never = new CommandResult.TimedOut(command.timeLimit());
      return new Outcome(new CommandResult(command, never, "", "", Duration.ZERO), true);
    }
    CommandResult result = guest.run(command);
    tellDevd();
    return new Outcome(result, hang == Hang.WHEN_DONE);
  }

  /** Does something to the guest from outside; returns what devd tells of it. */
  synchronized ImmutableList<String> change(Consumer<SimulatedGuest> deed)
      throws InterruptedException {
    pass();
    changed = true;
    deed.accept(guest);
    return tellDevd();
  }

  /** Lets everything happen that is due by now. */
  synchronized void pass() throws InterruptedException {
    clock.catchUp();
    tellDevd();
  }

  /** Keeps the guest as it is, where something was done to it since the last time. */
  synchronized void save() throws SystemException {
    if (changed) {
      machine.save();
      changed = false;
    }
  }

  /** Keeps the guest as it is, and lets others open it. */
  synchronized void end() throws SystemException {
    try (SimulatedMachine last = machine) {
      last.save();
      changed = false;
    }
  }

  private synchronized Duration ahead() {
    return clock.ahead();
  }

  private ImmutableList<String> tellDevd() {
    ImmutableList<String> lines =
        guest.drainEvents().stream().map(DevdNotice::line).collect(ImmutableList.toImmutableList());
    lines.forEach(devd);
    return lines;
  }
}
