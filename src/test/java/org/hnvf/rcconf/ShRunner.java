package org.hnvf.rcconf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.hnvf.exec.CommandRunner;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;

/** Runs commands on the machine that the tests run on, with files for their output. */
final class ShRunner implements CommandRunner {

  @Override
  public CommandResult run(Command command) {
    try {
      Path directory = Files.createTempDirectory("hnvf-sh");
      Path stdout = directory.resolve("stdout");
      Path stderr = directory.resolve("stderr");
      ProcessBuilder builder =
          new ProcessBuilder(command.argv())
              .directory(Path.of("/").toFile())
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(stdout.toFile())
              .redirectError(stderr.toFile());
      builder.environment().clear();
      builder.environment().put("PATH", "/sbin:/bin:/usr/sbin:/usr/bin");
      builder.environment().putAll(command.environment());
      CommandResult result =
          new CommandResult(
              command,
              ending(builder.start(), command.timeLimit()),
              Files.readString(stdout, StandardCharsets.UTF_8),
              Files.readString(stderr, StandardCharsets.UTF_8),
              Duration.ZERO);
      Files.delete(stdout);
      Files.delete(stderr);
      Files.delete(directory);
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(command.program() + " could not be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new CommandResult(
          command, new CommandResult.NotRun("interrupted"), "", "", Duration.ZERO);
    }
  }

  private static CommandResult.Ending ending(Process process, Duration limit)
      throws InterruptedException {
    if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      return new CommandResult.Exited(process.exitValue());
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
    return new CommandResult.TimedOut(limit);
  }
}
