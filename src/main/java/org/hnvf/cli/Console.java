package org.hnvf.cli;

import java.io.PrintWriter;
import java.time.ZoneId;
import org.hnvf.exec.LogFile;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnvfException;
import org.hnvf.report.Json;
import org.hnvf.service.Machine;

/** The destinations of a verb's answers and messages, and the opener of its guest. */
public final class Console {

  private static final String LOG = "var/log/hnvf.log";

  private final PrintWriter out;
  private final PrintWriter err;
  private final GuestOpener guests;

  Console(PrintWriter out, PrintWriter err, GuestOpener guests) {
    this.out = out;
    this.err = err;
    this.guests = guests;
  }

  /** Prints a part of the answer unchanged. */
  public void answer(String text) {
    out.print(text);
    out.flush();
  }

  /** Prints the answer as data. */
  public void json(Object data) {
    answer(new Json().print(data));
  }

  /** Prints the text of another program to standard error unchanged. */
  public void answerToErrors(String text) {
    err.print(text);
    err.flush();
  }

  /** Prints a fact or a fault for the log, one line. */
  public void log(String line) {
    err.println(LogLine.plain(line));
    err.flush();
  }

  /** Opens the log of a resident process: a file of the guest, and the messages here. */
  ServiceLog serviceLog(Machine machine) {
    LogFile file = new LogFile(machine.root().resolve(LOG));
    LogOutlets outlets = new LogOutlets(err, file, ZoneId::systemDefault);
    return new ServiceLog(new LogPipe(outlets), machine.timer(), outlets::format);
  }

  /** Prints the message of a fault and returns its exit status. */
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

  /** Returns whether the answers go to a terminal. */
  boolean isTerminal() {
    return terminals().contains("stdout");
  }

  /**
   * Shows how far a long work is, unchanged, where standard error is a terminal: a log or a pipe
   * gets nothing of it.
   */
  public void progress(String text) {
    if (terminals().contains("stderr")) {
      answerToErrors(text);
    }
  }

  /** Returns the streams that are terminals: Java cannot tell, so the front does. */
  private static String terminals() {
    return System.getProperty("hnvf.terminal", "");
  }

  /** Returns the opener of guests. */
  GuestOpener guests() {
    return guests;
  }
}
