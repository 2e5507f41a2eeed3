package org.hnvf.daemon;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.service.Report;

/** Logs the results of the daemon's reconciliations, one line for each fact. */
final class DaemonLog {

  /** The number of logged stack frames; after a stack overflow the first ones suffice. */
  private static final int FRAMES = 40;

  private static final String DAEMON = "daemon";

  private final FactLog log;
  private final Map<String, String> last = new HashMap<>();

  DaemonLog(FactLog log) {
    this.log = log;
  }

  /** Logs a fault of the daemon. */
  void complain(String line) {
    log.log(Weight.FAULT, DAEMON, line);
  }

  /** Logs a detail, which is of interest for debugging the daemon. */
  void detail(String line) {
    log.log(Weight.DETAIL, DAEMON, line);
  }

  /** Logs an operator's verb, whether or not it does anything. */
  void requested(String about, String verb) {
    log.log(Weight.FACT, about, verb);
  }

  /** Logs the start of a reconciliation. */
  void begins(String about, String why) {
    log.log(Weight.CAUSE, about, why);
  }

  /**
   * Logs the result of a reconciliation. If nothing was done, an unchanged pair is not logged,
   * because hnvf's own changes lead to such reconciliations. Nor is it logged that another process
   * works on the pair and answers the hint itself.
   */
  void tell(HnUnit unit, Report report) {
    String about = "hn" + unit;
    if (report.unit().isEmpty()) {
      log.log(Weight.DETAIL, about, report.message());
      return;
    }
    List<String> lines = new ArrayList<>();
    report.notes().forEach(note -> lines.add("note: " + note));
    lines.addAll(report.failures());
    boolean well = report.exitStatus() == ExitCode.OK.status();
    boolean news = isNew(about, lines + (well ? shown(report) : report.message()));
    Weight plain = news || report.plan().isPresent() ? Weight.FACT : Weight.DETAIL;
    lines.forEach(line -> log.log(plain, about, line));
    log.log(!well && news ? Weight.FAULT : plain, about, report.message());
  }

  private static String shown(Report report) {
    return report
        .status()
        .map(
            pair ->
                pair.state() + " " + pair.pair() + pair.word() + pair.backOff() + pair.delayEnds())
        .orElse(report.message());
  }

  private synchronized boolean isNew(String about, String told) {
    return !told.equals(last.put(about, told));
  }

  /** Logs a reconciliation that failed. The same fault goes to syslog once. */
  void failed(String about, HnvfException fault) {
    String text = String.valueOf(fault.getMessage());
    boolean news = isNew(about, text) && fault.exitCode() != ExitCode.UNAVAILABLE;
    log.log(news ? Weight.FAULT : Weight.FACT, about, text);
  }

  /** Logs a verb that was refused; its caller receives the reason. */
  void refused(String about, HnvfException why) {
    log.log(Weight.FACT, about, "refused: " + why.getMessage());
  }

  /** Logs a bug of hnvf. */
  void bug(String about, Throwable fault) {
    log.log(Weight.FAULT, about, "this is a bug of hnvf: " + fault);
    Arrays.stream(fault.getStackTrace())
        .limit(FRAMES)
        .forEach(frame -> log.log(Weight.FACT, about, "  at " + frame));
  }
}
