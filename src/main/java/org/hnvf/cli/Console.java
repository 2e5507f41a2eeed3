package org.hnvf.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
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

  /** The caller's home directory. */
  Path home() {
    return home;
  }
}
