package org.hnvf.exec;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

final class SystemTimerTest {

  private final SystemTimer timer = new SystemTimer();

  @Test
  void nowIsTheMachinesTime() {
    Instant before = Instant.now();
    Instant now = timer.now();
    Instant after = Instant.now();

    assertThat(now).isAtLeast(before);
    assertThat(now).isAtMost(after);
  }

  @Test
  void sleepIsNotShorterThanAsked() throws InterruptedException {
    long start = System.nanoTime();

    timer.sleep(Duration.ofMillis(15));

    assertThat(System.nanoTime() - start).isAtLeast(Duration.ofMillis(15).toNanos());
  }

  @Test
  void interruptEndsTheLongestSleep() {
    Thread.currentThread().interrupt();

    assertThrows(InterruptedException.class, () -> timer.sleep(ChronoUnit.FOREVER.getDuration()));
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }
}
