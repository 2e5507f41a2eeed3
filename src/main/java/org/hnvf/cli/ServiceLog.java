package org.hnvf.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hnvf.daemon.FactLog;
import org.hnvf.daemon.Weight;
import org.hnvf.exec.Timer;
import org.hnvf.model.LogLevel;

/**
 * The daemon's log: gives each fact its time, and leaves out what the level does not want. Why a
 * look begins is kept until something comes of it, and has its own time then.
 */
final class ServiceLog implements FactLog, AutoCloseable {

  private final LogPipe pipe;
  private final Timer timer;
  private final Map<String, LogLine> causes = new HashMap<>();
  private LogLevel level = LogLevel.INFO;

  ServiceLog(LogPipe pipe, Timer timer) {
    this.pipe = pipe;
    this.timer = timer;
  }

  /** From now on this much is written. */
  synchronized void level(LogLevel other) {
    level = other;
  }

  @Override
  public synchronized void log(Weight weight, String about, String text) {
    if (weight == Weight.DETAIL && level == LogLevel.INFO) {
      return;
    }
    LogLine line = new LogLine(timer.now(), weight, about + ": " + text);
    if (weight == Weight.CAUSE && level == LogLevel.INFO) {
      causes.put(about, line);
      return;
    }
    Optional.ofNullable(causes.remove(about)).ifPresent(pipe);
    pipe.accept(line);
  }

  @Override
  public void close() {
    pipe.close();
  }
}
