package org.hnvf.exec;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.nio.file.Path;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;

/**
 * Runs the programs of a guest that is a directory of this machine. A program of the base system is
 * the one of that name in the guest's {@code bin}, and never this machine's; any other absolute
 * path is one under the guest's root. Only sh(1) is this machine's own.
 *
 * <p>Scripts find the guest's programs first, and then what a script needs otherwise, cat(1) say:
 * that is in {@code /bin} and {@code /usr/bin}, where no program is that changes a network.
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

  /** The result is one of the command as it was given. */
  @Override
  public CommandResult run(Command command) {
    return runner.run(onThisMachine(command)).of(command);
  }

  /** A program of the guest that stays. */
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
