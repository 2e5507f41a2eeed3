package org.hnvf.exec;

import java.time.Duration;
import java.time.Instant;

/** A clock that only sleeping, or a test, moves. */
public final class HandTimer implements Timer {

  private Instant now;

  /** It is this time at first. */
  public HandTimer(Instant now) {
    this.now = now;
  }

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public void sleep(Duration duration) {
    pass(duration);
  }

  /** This much time passes. */
  public synchronized void pass(Duration duration) {
    now = now.plus(duration);
  }
}
