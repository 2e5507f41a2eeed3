package org.hnvf.cli;

import java.io.PrintWriter;
import java.time.ZoneId;
import org.hnvf.exec.LogFile;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnvfException;
import org.hnvf.report.Json;
import org.hnvf.service.Machine;

/** Where a verb's answers and messages go, and who opens the guest that it works on. */
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

  /** Part of the answer, as it is. */
  public void answer(String text) {
    out.print(text);
    out.flush();
  }

  /** The answer as data. */
  public void json(Object data) {
    answer(new Json().print(data));
  }

  /** What a program wrote to its standard error, as it is. */
  public void answerToErrors(String text) {
    err.print(text);
    err.flush();
  }

  /** A fact or a fault for the log, one line. */
  public void log(String line) {
    err.println(LogLine.plain(line));
    err.flush();
  }

  /** The log of a process that stays: a file of the guest, and what is said here of it. */
  ServiceLog serviceLog(Machine machine) {
    LogFile file = new LogFile(machine.root().resolve(LOG));
    return new ServiceLog(
        new LogPipe(new LogOutlets(err, file, ZoneId::systemDefault)), machine.timer());
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

  /** Opens the guest that is meant. */
  GuestOpener guests() {
    return guests;
  }
}
