package org.hnvf.sim;

import java.util.Optional;
import org.hnvf.model.Command;

/** The faults to inject. Each fault strikes once, at the first command that fits. */
public final class Faults {

  /** When a command hangs. */
  public enum Hang {
    /** It does not. */
    NEVER,
    /** At its start, with nothing done. */
    AT_ONCE,
    /** At its end, with everything done. */
    WHEN_DONE
  }

  private final SimState state;

  Faults(SimState state) {
    this.state = state;
  }

  private void add(Fault.Kind kind, CommandPattern pattern, int status, String stderr) {
    state.faults.add(new Fault(kind, pattern, status, stderr));
  }

  /** The next such command does nothing, and fails with this. */
  public void failNext(CommandPattern pattern, int status, String stderr) {
    add(Fault.Kind.FAILS, pattern, status, stderr);
  }

  /** The next such command does nothing, and never ends. */
  public void hangNext(CommandPattern pattern) {
    add(Fault.Kind.HANGS, pattern, 0, "");
  }

  /** The next such command does what it should, and never ends. */
  public void doneButHangs(CommandPattern pattern) {
    add(Fault.Kind.DONE_BUT_HANGS, pattern, 0, "");
  }

  /** Makes the next such command succeed and then report this failure. */
  public void doneButFails(CommandPattern pattern, int status, String stderr) {
    add(Fault.Kind.DONE_BUT_FAILS, pattern, status, stderr);
  }

  /** Takes back whatever has not struck yet. */
  public void clear() {
    state.faults.clear();
  }

  /** How many have not struck yet. */
  public int pending() {
    return state.faults.size();
  }

  /**
   * Takes the fault that makes this command hang, for a caller that simulates the hang with its own
   * clock: in the guest's time no command hangs beyond its limit.
   */
  public Hang takeHang(Command command) {
    for (Fault fault : state.faults) {
      boolean late = fault.kind() == Fault.Kind.DONE_BUT_HANGS;
      if ((late || fault.kind() == Fault.Kind.HANGS)
          && fault.pattern().matches(state.commands, command)) {
        state.faults.remove(fault);
        return late ? Hang.WHEN_DONE : Hang.AT_ONCE;
      }
    }
    return Hang.NEVER;
  }

  Optional<Fault> take(int number, Command command) {
    for (Fault fault : state.faults) {
      if (fault.pattern().matches(number, command)) {
        state.faults.remove(fault);
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }
}
