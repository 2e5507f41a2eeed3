package org.hnvf.service;

import java.time.Duration;
import java.time.Instant;
import org.hnvf.exec.Timer;
import org.hnvf.workflow.Progress;

/** Waits for an instant, and tells each second how long still. */
final class Countdown {

  private static final Duration TICK = Duration.ofSeconds(1);

  private Countdown() {}

  /**
   * Waits. The clock is read once: if it is set in the meantime, the wait becomes neither longer
   * nor shorter.
   */
  static void to(Instant end, Timer timer, Progress progress) throws InterruptedException {
    Duration left = Duration.between(timer.now(), end);
    while (!left.isNegative() && !left.isZero()) {
      progress.waits(left);
      Duration tick = left.compareTo(TICK) < 0 ? left : TICK;
      timer.sleep(tick);
      left = left.minus(tick);
    }
    progress.waits(Duration.ZERO);
  }
}
