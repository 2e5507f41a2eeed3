package org.hnvf.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnvfException;
import org.hnvf.report.Json;

/** Where a verb's answers and messages go, and what the caller's place is. */
final class Console {

  private final PrintWriter out;
  private final PrintWriter err;
  private final Path home;

  Console(PrintWriter out, PrintWriter err, Path home) {
    this.out = out;
    this.err = err;
    this.home = home;
  }

  /** Part of the answer, as it is. */
  void answer(String text) {
    out.print(text);
    out.flush();
  }

  /** The answer as data. */
  void json(Object data) {
    answer(new Json().print(data));
  }

  /** What a program of a simulated guest wrote to its standard error, as it is. */
  void answerToErrors(String text) {
    err.print(text);
    err.flush();
  }

  /** A fact or a fault for the log, one line. */
  void log(String line) {
    err.println("hnvf: " + line);
    err.flush();
  }

  /** A log of its own for a process that stays. */
  LogPipe logPipe() {
    return new LogPipe(err);
  }

  /** Says what went wrong, and returns the exit status for it. */
  int explain(Throwable fault) {
    if (fault instanceof HnvfException known) {
      log(String.valueOf(known.getMessage()));
    } else {
      log("this is a bug of hnvf: " + fault);
      for (StackTraceElement frame : fault.getStackTrace()) {
        log("  at " + frame);
      }
    }
    return ExitCode.of(fault).status();
  }

  /** The caller's home directory. */
  Path home() {
    return home;
  }
}
