package org.hnvf.exec;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The machine's own clock. */
public final class SystemTimer implements Timer {

  @Override
  public Instant now() {
    return Instant.now();
  }

  /** Sleeps; returns at once if the duration is zero or negative. */
  @Override
  public void sleep(Duration duration) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(TimeUnit.NANOSECONDS.convert(duration));
  }
}
