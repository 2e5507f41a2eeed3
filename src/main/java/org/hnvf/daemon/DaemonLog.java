package org.hnvf.daemon;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.service.Hint;
import org.hnvf.service.Report;
import org.hnvf.service.Trigger;

/** Tells what came of the daemon's looks, one line for each fact. */
final class DaemonLog {

  /** Of a stack that ran over, the first frames say it all. */
  private static final int FRAMES = 40;

  private final Consumer<String> log;
  private final Map<HnUnit, String> last = new HashMap<>();

  DaemonLog(Consumer<String> log) {
    this.log = log;
  }

  void says(String line) {
    log.accept(line);
  }

  /** What came of a look; not the same again and again where nothing happens. */
  void tell(HnUnit unit, Hint hint, Report report) {
    boolean quiet =
        hint.trigger() == Trigger.OTHER
            && report.exitStatus() == ExitCode.OK.status()
            && report.plan().isEmpty()
            && report.failures().isEmpty();
    List<String> lines = new ArrayList<>();
    report.notes().forEach(note -> lines.add("hn" + unit + ": note: " + note));
    report.failures().forEach(failure -> lines.add("hn" + unit + ": " + failure));
    lines.add("hn" + unit + ": " + report.message());
    if (isNew(unit, lines.toString()) || !quiet) {
      lines.forEach(log);
    }
  }

  private synchronized boolean isNew(HnUnit unit, String told) {
    return !told.equals(last.put(unit, told));
  }

  /** A look could not come to its end. */
  void failed(String about, HnvfException fault) {
    log.accept(about + ": " + fault.getMessage());
  }

  /** Ours is the fault. */
  void bug(String about, Throwable fault) {
    log.accept(about + ": this is a bug of hnvf: " + fault);
    Arrays.stream(fault.getStackTrace()).limit(FRAMES).forEach(f -> log.accept("  at " + f));
  }
}
