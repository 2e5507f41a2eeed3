package org.hnvf.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Prints the messages of {@code System.Logger} as {@code hnvf: …} on standard error. Without this
 * class, java.util.logging would print two lines in its own form. The same warning is not printed
 * twice in a row: a file that cannot be read is read again each minute. A warning delays a workflow
 * by a second at most, even if the reader of standard error hangs.
 */
public final class PlainLoggers extends System.LoggerFinder {

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final BoundedPrinter printer;
  private final Map<String, System.Logger> loggers = new ConcurrentHashMap<>();

  /** Creates it for Java, which finds it as a service. */
  public PlainLoggers() {
    this(() -> System.err, PATIENCE);
  }

  PlainLoggers(Supplier<PrintStream> err, Duration patience) {
    this.printer = new BoundedPrinter(line -> err.get().println(line), patience);
  }

  @Override
  public System.Logger getLogger(String name, Module module) {
    return loggers.computeIfAbsent(name, known -> new Plain(known, printer));
  }

  /** Prints only warnings and errors. */
  private static final class Plain implements System.Logger {
    private final String name;
    private final BoundedPrinter printer;
    private String last = "";

    Plain(String name, BoundedPrinter printer) {
      this.name = name;
      this.printer = printer;
    }

    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isLoggable(Level level) {
      return level.compareTo(Level.WARNING) >= 0 && level != Level.OFF;
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String text,
        @Nullable Throwable thrown) {
      tell(level, String.valueOf(text) + (thrown == null ? "" : ": " + thrown));
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String format,
        @Nullable Object @Nullable ... values) {
      tell(level, String.valueOf(format));
    }

    private void tell(Level level, String text) {
      if (isLoggable(level) && isNew(text)) {
        printer.print(LogLine.plain(text));
      }
    }

    private synchronized boolean isNew(String text) {
      boolean other = !text.equals(last);
      last = text;
      return other;
    }
  }
}
