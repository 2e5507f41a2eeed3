package org.hnvf.cli;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Writes the metrics after each look and each minute, on a thread of its own. It waits while a look
 * or a verb runs, because the guest may be cut off then; but not for long, because an override
 * script may run for an hour.
 */
final class MetricsThread {

  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final MetricsFile file;
  private final BooleanSupplier atRest;

  /** Creates it; {@code atRest} tells whether neither a look nor a verb runs. */
  MetricsThread(MetricsFile file, BooleanSupplier atRest) {
    this.file = file;
    this.atRest = atRest;
  }

  /** Starts the thread, which ends with the process. */
  void start() {
    Thread thread = new Thread(this::run, "hnvf metrics");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      while (true) {
        file.awaitChange(EVERY);
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
    long begun = System.nanoTime();
    while (!atRest.getAsBoolean() && System.nanoTime() - begun < PATIENCE.toNanos()) {
      Thread.sleep(PAUSE.toMillis());
    }
  }
}
