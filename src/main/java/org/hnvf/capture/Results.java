package org.hnvf.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.hnvf.exec.ProcessRunner;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;

/** Converts results of commands to blocks, with the exit statuses of sh(1) and timeout(1). */
final class Results {

  private static final int TIMED_OUT = 124;
  private static final int NOT_RUN = 126;
  private static final int NOT_FOUND = 127;

  private Results() {}

  static Block block(CommandResult result) throws SystemException, UserException {
    refuseIncomplete(result);
    Command command = result.command();
    int status = status(result);
    boolean ran = result.ending() instanceof CommandResult.Exited;
    return new Block(
        Source.of(command.argv()),
        command.line(),
        result.stdout(),
        result.stderr() + (ran ? "" : "hnvf: " + result.summary() + "\n"),
        status,
        result.elapsed());
  }

  private static void refuseIncomplete(CommandResult result) throws SystemException, UserException {
    if (result.missing().isEmpty()) {
      return;
    }
    String what =
        "the output of `" + result.command().line() + "` is incomplete: " + result.missing().get();
    if (result.stdout().getBytes(UTF_8).length >= ProcessRunner.DEFAULT_OUTPUT_CAP) {
      throw UserException.badData(what + "; a capture has 1 MiB at most; nothing was written");
    }
    throw SystemException.failed(what + "; nothing was written");
  }

  private static int status(CommandResult result) {
    if (result.ending() instanceof CommandResult.Exited exited) {
      return exited.status();
    }
    if (result.ending() instanceof CommandResult.TimedOut) {
      return TIMED_OUT;
    }
    return result.ending() instanceof CommandResult.NotFound ? NOT_FOUND : NOT_RUN;
  }
}
