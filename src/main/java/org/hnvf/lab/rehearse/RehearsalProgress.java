package org.hnvf.lab.rehearse;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import org.hnvf.exec.Timer;

/** Tells on a terminal how many of all faults were tried, and how long the rest takes. */
public final class RehearsalProgress {

  private static final Duration PAUSE = Duration.ofMillis(500);

  /** To the beginning of the line, and without what was on it. */
  private static final String ANEW = "\r\033[K";

  private final Timer clock;
  private final Consumer<String> terminal;
  private Instant began = Instant.EPOCH;
  private Instant told = Instant.EPOCH;
  private int all;

  /**
   * Progress.
   *
   * @param terminal where it is shown; takes text that is shown unchanged
   */
  public RehearsalProgress(Timer clock, Consumer<String> terminal) {
    this.clock = clock;
    this.terminal = terminal;
  }

  synchronized void begins(int count) {
    began = clock.now();
    told = began;
    all = count;
  }

  synchronized void done(int tried) {
    Instant now = clock.now();
    if (now.isBefore(told.plus(PAUSE))) {
      return;
    }
    told = now;
    Duration left = Duration.between(began, now).multipliedBy(all - tried).dividedBy(tried);
    terminal.accept(
        String.format(
            Locale.ROOT,
            "%s%,d of %,d single faults, %d:%02d left",
            ANEW,
            tried,
            all,
            left.toMinutes(),
            left.toSecondsPart()));
  }

  synchronized void ends() {
    terminal.accept(ANEW);
  }
}
