package org.hnvf.lab;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import org.hnvf.exec.Timer;
import org.hnvf.report.EscapeSequences;

/** Shows on a terminal how much of a long work is done, and how long the rest takes. */
public final class TerminalProgress {

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Timer clock;
  private final Consumer<String> terminal;
  private Instant began = Instant.EPOCH;
  private Instant told = Instant.EPOCH;
  private long all;

  private final String what;

  /**
   * Creates the progress of a work that has not begun.
   *
   * @param terminal receives text that is shown unchanged
   * @param what the parts that are counted: {@code seeds}
   */
  public TerminalProgress(Timer clock, Consumer<String> terminal, String what) {
    this.what = what;
    this.clock = clock;
    this.terminal = terminal;
  }

  /** Begins the work of so many parts. */
  public synchronized void begins(long count) {
    began = clock.now();
    told = began;
    all = count;
  }

  /** Shows that so many parts are done, at most twice a second. */
  public synchronized void done(long tried) {
    Instant now = clock.now();
    if (now.isBefore(told.plus(PAUSE))) {
      return;
    }
    told = now;
    Duration left = Duration.between(began, now).multipliedBy(all - tried).dividedBy(tried);
    terminal.accept(
        String.format(
            Locale.ROOT,
            "%s%,d of %,d %s, %d:%02d left",
            EscapeSequences.CLEAR_LINE,
            tried,
            all,
            what,
            left.toMinutes(),
            left.toSecondsPart()));
  }

  /** Clears the line. */
  public synchronized void ends() {
    terminal.accept(EscapeSequences.CLEAR_LINE);
  }
}
