package org.hnvf.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.hnvf.daemon.FactLog;
import org.hnvf.daemon.Weight;
import org.hnvf.exec.Timer;
import org.hnvf.model.LogFormat;
import org.hnvf.model.LogLevel;

/**
 * The daemon's log: adds the time to each fact, and drops facts below the level. The cause of a
 * reconciliation is kept until a fact of it is logged, with the cause's own time.
 */
final class ServiceLog implements FactLog, AutoCloseable {

  private final LogPipe pipe;
  private final Timer timer;
  private final Consumer<LogFormat> format;
  private final Map<String, LogLine> causes = new HashMap<>();
  private LogLevel level = LogLevel.INFO;

  /**
   * Creates a log.
   *
   * @param format receives the form of the lines
   */
  ServiceLog(LogPipe pipe, Timer timer, Consumer<LogFormat> format) {
    this.pipe = pipe;
    this.format = format;
    this.timer = timer;
  }

  /** Sets the form of the lines; those that wait to be written have it, too. */
  void format(LogFormat other) {
    format.accept(other);
  }

  /** Sets the level. */
  synchronized void level(LogLevel other) {
    level = other;
  }

  @Override
  public synchronized void log(Weight weight, String about, String text) {
    if (weight == Weight.DETAIL && level == LogLevel.INFO) {
      return;
    }
    LogLine line = new LogLine(timer.now(), weight, about, text);
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
