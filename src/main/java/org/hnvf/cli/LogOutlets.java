package org.hnvf.cli;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hnvf.exec.LogFile;
import org.hnvf.model.LogFormat;

/**
 * The destinations of the daemon's log: all lines go to its file, and outcomes and faults also to
 * standard error, which daemon(8) passes to syslogd(8). If the file cannot be written, that is
 * reported there once, and the next lines are tried again.
 */
final class LogOutlets implements Consumer<ImmutableList<LogLine>> {

  private final PrintWriter err;
  private final LogFile file;
  private final Supplier<ZoneId> zone;
  private volatile LogFormat format = LogFormat.TEXT;
  private long lost;

  /**
   * Creates the destinations without opening them.
   *
   * @param zone the time zone of the file's lines; called on the log's own thread
   */
  LogOutlets(PrintWriter err, LogFile file, Supplier<ZoneId> zone) {
    this.err = err;
    this.file = file;
    this.zone = zone;
  }

  /** Sets the form of the lines in the file; standard error always has text. */
  void format(LogFormat other) {
    format = other;
  }

  private String shown(LogLine line, ZoneId here) {
    return format == LogFormat.JSON ? line.json(here) : line.stamped(here);
  }

  @Override
  public void accept(ImmutableList<LogLine> lines) {
    for (LogLine line : lines) {
      if (line.weight().isForSyslog()) {
        say(line.plain());
      }
    }
    try {
      ZoneId here = zone.get();
      StringBuilder text = new StringBuilder();
      lines.forEach(line -> text.append(shown(line, here)).append('\n'));
      file.append(text.toString());
      if (lost > 0) {
        say(LogLine.plain(file.path() + " can be written again; " + lost + " lines were lost"));
        lost = 0;
      }
    } catch (IOException e) {
      if (lost == 0) {
        say(LogLine.plain("cannot write the log; hnvf keeps trying: " + e));
      }
      lost += lines.size();
    }
  }

  /** Prints each line separately: daemon(8) makes one message of all that it reads at once. */
  private void say(String line) {
    err.print(line + "\n");
    err.flush();
  }
}
