package org.hnvf.sim;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;

/**
 * Runs the program of a command: one of the base system, a program that was installed, or an answer
 * that was prepared. It adds the faults and the time that the program takes. The guest's lock is
 * held.
 */
final class ProgramRunner {

  private final SimState state;
  private final Path root;
  private final Optional<RcConfShell> shell;
  private final Programs programs;
  private final Faults faults;
  private final Costs costs;
  private final Map<String, GuestProgram> installed = new HashMap<>();
  private final Map<ImmutableList<String>, GuestProgram.Answer> shown = new HashMap<>();

  ProgramRunner(
      SimState state,
      Path root,
      Optional<RcConfShell> shell,
      Programs programs,
      Faults faults,
      Costs costs) {
    this.state = state;
    this.root = root;
    this.shell = shell;
    this.programs = programs;
    this.faults = faults;
    this.costs = costs;
  }

  void install(String absolutePath, GuestProgram program) {
    installed.put(absolutePath, program);
  }

  void answer(List<String> argv, GuestProgram.Answer answer) {
    shown.put(ImmutableList.copyOf(argv), answer);
  }

  /** Runs a command, the one of this number, until it ends or its time is over. */
  CommandResult.Ending run(Command command, Job job, int number) {
    Optional<CommandResult.Ending> cannot = cannotStart(command);
    if (cannot.isPresent()) {
      return cannot.get();
    }
    try {
      Optional<Fault> fault = faults.take(number, command);
      return new CommandResult.Exited(perform(command, job, fault));
    } catch (OutOfTime e) {
      return new CommandResult.TimedOut(command.timeLimit());
    }
  }

  private Optional<CommandResult.Ending> cannotStart(Command command) {
    if (RcConfShell.isEvaluation(command)) {
      return shell.isPresent()
          ? Optional.empty()
          : Optional.of(new CommandResult.NotRun("the simulated guest was given no shell"));
    }
    boolean there =
        shown.containsKey(command.argv())
            || installed.containsKey(command.program())
            || programs.find(command.program()).isPresent();
    return there
        ? Optional.empty()
        : Optional.of(
            new CommandResult.NotFound(
                command.program().startsWith("/") ? command.program() : Programs.PATH));
  }

  private int perform(Command command, Job job, Optional<Fault> fault) throws OutOfTime {
    Fault.Kind kind = fault.map(Fault::kind).orElse(Fault.Kind.DONE_BUT_FAILS);
    long cost = cost(command);
    job.waitUntil(job.started() + Math.min(cost, costs.startup()));
    if (kind == Fault.Kind.HANGS) {
      job.waitUntil(Long.MAX_VALUE);
    }
    if (kind != Fault.Kind.FAILS) {
      act(command, job);
    }
    if (kind == Fault.Kind.DONE_BUT_HANGS) {
      job.waitUntil(Long.MAX_VALUE);
    }
    job.waitUntil(Math.max(state.now, job.started() + cost));
    if (fault.isPresent()) {
      job.err(fault.get().stderr());
      return fault.get().status();
    }
    return job.status();
  }

  private long cost(Command command) {
    String name = Programs.name(command.program());
    boolean creates =
        name.equals("ifconfig")
            && command.arguments().size() > 1
            && command.arguments().get(1).equals("create");
    boolean script = installed.containsKey(command.program());
    return creates ? costs.laggCreate() : script ? costs.startup() : costs.program(name);
  }

  private void act(Command command, Job job) throws OutOfTime {
    GuestProgram script = installed.get(command.program());
    GuestProgram.Answer known = shown.get(command.argv());
    if (script != null || known != null) {
      GuestProgram.Answer answer = known != null ? known : requireNonNull(script).run(command);
      job.out(answer.stdout());
      job.err(answer.stderr());
      job.status(answer.status());
      job.waitUntil(state.now);
    } else if (RcConfShell.isEvaluation(command) && shell.isPresent()) {
      CommandResult result = shell.get().evaluate(root, command);
      job.out(result.stdout());
      job.err(result.stderr());
      job.status(result.ending() instanceof CommandResult.Exited exited ? exited.status() : 127);
    } else {
      Optional<GuestCommand> program = programs.find(command.program());
      if (program.isPresent()) {
        program.get().act(job);
      }
    }
  }
}
