package org.hnvf.cli;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.hnvf.exec.Timer;

/**
 * Writes the metrics after each look and each minute, on a thread of its own. It waits while a look
 * or a verb runs, because the guest may be cut off then; but not for long, because an override
 * script may run for an hour.
 */
final class MetricsThread {

  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** The number of pauses: ten seconds in all. */
  private static final int PAUSES = 100;

  private final MetricsFile file;
  private final Changes changes;
  private final BooleanSupplier atRest;
  private final Timer timer;

  /** Waits for something to write. */
  @FunctionalInterface
  interface Changes {
    /** Waits for a change since the last call, or this time. */
    void await(Duration most) throws InterruptedException;
  }

  /** Creates it; {@code atRest} tells whether neither a look nor a verb runs. */
  MetricsThread(MetricsFile file, Changes changes, BooleanSupplier atRest, Timer timer) {
    this.file = file;
    this.changes = changes;
    this.atRest = atRest;
    this.timer = timer;
  }

  /** Starts the thread, which ends with the process. */
  void start() {
    Thread thread = new Thread(this::run, "hnvf metrics");
    thread.setDaemon(true);
    thread.start();
  }

  /** Writes until the thread is interrupted. */
  void run() {
    try {
      while (true) {
        changes.await(EVERY);
        if (file.isWanted()) {
          awaitRest();
          file.write();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitRest() throws InterruptedException {
    for (int pauses = 0; pauses < PAUSES && !atRest.getAsBoolean(); pauses++) {
      timer.sleep(PAUSE);
    }
  }
}
