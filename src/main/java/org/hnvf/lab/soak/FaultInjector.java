package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.hnvf.exec.CommandRunner;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.HnUnit;
import org.hnvf.sim.CommandPattern;
import org.hnvf.sim.HostAction;
import org.hnvf.sim.SimulatedGuest;

/**
 * Makes things go wrong: stands between hnvf and the guest, counts commands and changes of files,
 * and injects each fault at its number.
 */
final class FaultInjector implements CommandRunner {

  private static final ImmutableList<String> WORKS =
      ImmutableList.of("route", "kill", "resolvconf");

  /** Something that went wrong. */
  record Struck(Instant at, Fault fault, String where, Duration limit) {

    /** Whether the command was begun at all: then it is in the guest's history. */
    boolean begun() {
      return fault.kind() != Fault.Kind.NOT_RUN;
    }

    /** Whether a command that changes the guest was struck: then a workflow is under way. */
    boolean inWorkflow() {
      return fault.target() == Fault.Target.CHANGE
          || WORKS.stream().anyMatch(program -> where.startsWith(program + " "));
    }
  }

  private final SimulatedGuest guest;
  private final int units;
  private final List<Fault> waiting;
  private final List<Struck> struck = new ArrayList<>();
  private final List<Command> seen = new ArrayList<>();
  private final List<String> seenFiles = new ArrayList<>();
  private final Runnable rival;
  private int commands;
  private int changes;
  private int fileChanges;
  private int fullUntil;
  private boolean over;
  private boolean killedUnwritten;

  /**
   * The faults of this guest.
   *
   * @param units how many hn there are
   * @param rival another hnvf that is handed an event
   */
  FaultInjector(SimulatedGuest guest, int units, ImmutableList<Fault> faults, Runnable rival) {
    this.guest = guest;
    this.units = units;
    this.waiting = new ArrayList<>(faults);
    this.rival = rival;
  }

  /** Nothing goes wrong any more. */
  void end() {
    over = true;
    waiting.clear();
    guest.faults().clear();
  }

  ImmutableList<Struck> struck() {
    return ImmutableList.copyOf(struck);
  }

  /** Whether hnvf was killed while it could write nothing down. */
  boolean killedUnwritten() {
    return killedUnwritten;
  }

  int commands() {
    return commands;
  }

  int fileChanges() {
    return fileChanges;
  }

  /** The counted operations, each in its order: the n-th is struck by a fault of number n. */
  ImmutableList<String> places(Fault.Target target) {
    return switch (target) {
      case COMMAND -> lines(seen.stream());
      case CHANGE -> lines(seen.stream().filter(each -> each.effect() == Command.Effect.CHANGES));
      case FILE -> ImmutableList.copyOf(seenFiles);
    };
  }

  private static ImmutableList<String> lines(Stream<Command> commands) {
    return commands.map(Command::line).collect(ImmutableList.toImmutableList());
  }

  @Override
  public CommandResult run(Command command) {
    if (over) {
      return guest.run(command);
    }
    seen.add(command);
    Optional<Fault> fault = take(Fault.Target.COMMAND, commands++);
    if (command.effect() == Command.Effect.CHANGES) {
      Optional<Fault> other = take(Fault.Target.CHANGE, changes++);
      fault = fault.isPresent() ? fault : other;
    }
    if (fault.isEmpty()) {
      return guest.run(command);
    }
    note(
        fault.get(),
        command.line(),
        fault.get().kind().hangs() ? Bounds.hang(command) : Duration.ZERO);
    return run(command, fault.get().kind());
  }

  private CommandResult run(Command command, Fault.Kind kind) {
    CommandPattern next = CommandPattern.number(guest.commandsSoFar());
    switch (kind) {
      case FAILS -> guest.faults().failNext(next, 1, Complaints.of(command));
      case HANGS -> guest.faults().hangNext(next);
      case DONE_BUT_FAILS -> guest.faults().doneButFails(next, 1, Complaints.of(command));
      case DONE_BUT_HANGS -> guest.faults().doneButHangs(next);
      case NOT_RUN -> {
        return new CommandResult(
            command,
            new CommandResult.NotRun("Resource temporarily unavailable"),
            "",
            "",
            Duration.ZERO);
      }
      case KILL_BEFORE -> throw killed("before " + command.line());
      case KILL_AFTER -> {
        guest.run(command);
        throw killed("after " + command.line());
      }
      case VF_REVOKED -> soon(unit -> HostAction.unplug(unit));
      case VF_WITHOUT_CARRIER -> soon(unit -> HostAction.vfCarrier(unit, false));
      case RIVAL -> rival.run();
      case CUT_OUTPUT -> {
        return cut(guest.run(command));
      }
      case TORN, DISK_FULL -> throw new IllegalArgumentException(kind + " is of files");
    }
    return guest.run(command);
  }

  private KilledError killed(String where) {
    killedUnwritten |= fileChanges < fullUntil;
    return new KilledError(where);
  }

  /** An action of the host on one unit. */
  @FunctionalInterface
  private interface Deed {
    HostAction to(HnUnit unit);
  }

  /** In the middle of the command: it acts 55 ms after its start. */
  private void soon(Deed deed) {
    for (int unit = 0; unit < units; unit++) {
      guest.host().after(Duration.ofMillis(30), deed.to(new HnUnit(unit)));
    }
  }

  /**
   * Cuts the output as a runner's cap does: at any place, also at the end of a line, with a note in
   * the result.
   */
  private CommandResult cut(CommandResult result) {
    String out = result.stdout();
    SplittableRandom place = new SplittableRandom(31L * commands + out.length()).split();
    int end = place.nextInt(out.length() + 1);
    if (place.nextBoolean()) {
      end = out.lastIndexOf('\n', end) + 1;
    }
    return result.cut(out.substring(0, end), "output cut after " + end + " bytes");
  }

  /** Returns the fault of the next change of a file. */
  Optional<Fault.Kind> fileChange(String what) {
    if (over) {
      return Optional.empty();
    }
    int number = fileChanges++;
    seenFiles.add(what);
    Optional<Fault> fault = take(Fault.Target.FILE, number);
    fault.ifPresent(s -> note(s, what, Duration.ZERO));
    if (fault.filter(s -> s.kind() == Fault.Kind.DISK_FULL).isPresent()) {
      fullUntil = number + Fault.FULL_FOR;
    }
    return number < fullUntil ? Optional.of(Fault.Kind.DISK_FULL) : fault.map(Fault::kind);
  }

  private void note(Fault fault, String where, Duration limit) {
    struck.add(new Struck(guest.timer().now(), fault, where, limit));
  }

  private Optional<Fault> take(Fault.Target target, int number) {
    for (Fault fault : waiting) {
      if (fault.target() == target && fault.number() == number) {
        waiting.remove(fault);
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }
}
