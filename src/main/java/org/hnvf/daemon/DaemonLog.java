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

/** Tells what came of the daemon's looks, one line for each fact. */
final class DaemonLog {

  /** Of a stack that ran over, the first frames say it all. */
  private static final int FRAMES = 40;

  private static final String DAEMON = "daemon";

  private final FactLog log;
  private final Map<String, String> last = new HashMap<>();

  DaemonLog(FactLog log) {
    this.log = log;
  }

  /** Something of the daemon went wrong. */
  void complain(String line) {
    log.log(Weight.FAULT, DAEMON, line);
  }

  /** Something that is of interest where the daemon itself is looked into. */
  void detail(String line) {
    log.log(Weight.DETAIL, DAEMON, line);
  }

  /** A look begins, or a verb. */
  void begins(String about, String why) {
    log.log(Weight.CAUSE, about, why);
  }

  /**
   * What came of a look. Where nothing was done, a pair that is as it was is no news: what hnvf
   * does itself leads to looks of that kind. Nor is it that another process is at the pair, which
   * answers the hint itself.
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

  /** A look could not come to its end. The same fault is told to syslog once. */
  void failed(String about, HnvfException fault) {
    String text = String.valueOf(fault.getMessage());
    boolean news = isNew(about, text) && fault.exitCode() != ExitCode.UNAVAILABLE;
    log.log(news ? Weight.FAULT : Weight.FACT, about, text);
  }

  /** A verb was not done, and whoever asked for it is told why. */
  void refused(String about, HnvfException why) {
    log.log(Weight.FACT, about, "refused: " + why.getMessage());
  }

  /** Ours is the fault. */
  void bug(String about, Throwable fault) {
    log.log(Weight.FAULT, about, "this is a bug of hnvf: " + fault);
    Arrays.stream(fault.getStackTrace())
        .limit(FRAMES)
        .forEach(frame -> log.log(Weight.FACT, about, "  at " + frame));
  }
}
