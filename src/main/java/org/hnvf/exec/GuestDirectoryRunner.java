package org.hnvf.exec;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.nio.file.Path;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;

/**
 * Runs the programs of a guest that is a directory of this machine. A program of the base system is
 * taken from the guest's {@code bin} and never from this machine; any other absolute path is under
 * the guest's root. Only sh(1) is this machine's own.
 *
 * <p>The search path of scripts has the guest's programs first, and then {@code /bin} and {@code
 * /usr/bin} for utilities such as cat(1); no program there changes a network.
 */
final class GuestDirectoryRunner implements CommandRunner {

  private static final String SHELL = "/bin/sh";
  private static final ImmutableSet<String> BASE_SYSTEM =
      ImmutableSet.of("/sbin", "/bin", "/usr/sbin", "/usr/bin");

  private final Path bin;
  private final Path root;
  private final ProcessRunner runner;

  GuestDirectoryRunner(Path bin, Path root) {
    this.bin = bin;
    this.root = root;
    this.runner =
        new ProcessRunner(ImmutableList.of(bin), ProcessRunner.DEFAULT_OUTPUT_CAP, Path.of("/tmp"));
  }

  /** The result contains the command as the caller passed it. */
  @Override
  public CommandResult run(Command command) {
    return runner.run(onThisMachine(command)).of(command);
  }

  /** Returns the lines of a long-running program of the guest. */
  LineSource following(Command command) {
    return runner.following(onThisMachine(command));
  }

  private Command onThisMachine(Command command) {
    ImmutableMap<String, String> environment =
        ImmutableMap.<String, String>builder()
            .put("PATH", bin + ":/bin:/usr/bin")
            .putAll(command.environment())
            .buildKeepingLast();
    return command.as(place(command.program()), command.arguments(), environment);
  }

  private String place(String program) {
    if (!program.startsWith("/") || program.equals(SHELL)) {
      return program;
    }
    int slash = program.lastIndexOf('/');
    return BASE_SYSTEM.contains(program.substring(0, slash))
        ? bin.resolve(program.substring(slash + 1)).toString()
        : root.resolve(program.substring(1)).toString();
  }
}
