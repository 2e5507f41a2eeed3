package org.hnvf.exec;

import java.time.Duration;
import java.time.Instant;

/** The clock and the sleep of a guest. A simulated guest has its own. */
public interface Timer {

  /** The time now. */
  Instant now();

  /**
   * Waits.
   *
   * @throws InterruptedException where the thread was interrupted
   */
  void sleep(Duration duration) throws InterruptedException;
}
