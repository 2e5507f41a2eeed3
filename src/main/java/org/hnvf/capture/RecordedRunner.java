package org.hnvf.capture;

import com.google.common.collect.ImmutableList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hnvf.exec.CommandRunner;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;

/**
 * Runs each command once and keeps its result, so that the readers of hnvf fill a capture. A
 * repeated command gets the same answer.
 *
 * <p>The whole table of netstat(1) is kept, because hnvf reads it with several filters. The filter
 * of ps(1) applies, because the arguments of a process may contain anything.
 */
final class RecordedRunner implements CommandRunner {

  private final CommandRunner runner;
  private final Map<ImmutableList<String>, CommandResult> results = new LinkedHashMap<>();

  RecordedRunner(CommandRunner runner) {
    this.runner = runner;
  }

  @Override
  public CommandResult run(Command command) {
    if (command.effect() == Command.Effect.CHANGES) {
      throw new IllegalArgumentException("a capture only reads: " + command.line());
    }
    return results.computeIfAbsent(command.argv(), argv -> runner.run(asked(command))).of(command);
  }

  private static Command asked(Command command) {
    return Source.of(command.argv()) == Source.ROUTES
        ? new Command(
            command.program(),
            command.arguments(),
            command.timeLimit(),
            command.effect(),
            command.mayLeaveDaemon(),
            command.environment(),
            Optional.empty())
        : command;
  }

  /** Returns the results in the order of their commands. */
  ImmutableList<CommandResult> results() {
    return ImmutableList.copyOf(results.values());
  }
}
