package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hnvf.exec.Timer;
import org.hnvf.workflow.Progress;
import org.junit.jupiter.api.Test;

/** A delay is told each second, and is as long as it was when it began. */
final class CountdownTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final List<Duration> told = new ArrayList<>();
  private final List<Duration> slept = new ArrayList<>();
  private Instant now = NOON;

  private void count(Duration delay, Duration clockIsSetBy) throws InterruptedException {
    Timer timer =
        new Timer() {
          @Override
          public Instant now() {
            return now;
          }

          @Override
          public void sleep(Duration duration) {
            slept.add(duration);
            now = now.plus(duration).plus(clockIsSetBy);
          }
        };
    Progress progress =
        new Progress() {
          @Override
          public void waits(Duration left) {
            told.add(left);
          }
        };
    Countdown.to(NOON.plus(delay), timer, progress);
  }

  @Test
  void eachSecondIsTold() throws InterruptedException {
    count(Duration.ofMillis(2500), Duration.ZERO);
    assertThat(told)
        .isEqualTo(
            ImmutableList.of(
                Duration.ofMillis(2500),
                Duration.ofMillis(1500),
                Duration.ofMillis(500),
                Duration.ZERO));
    assertThat(slept.stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(Duration.ofMillis(2500));
  }

  @Test
  void aClockThatIsSetBackDoesNotMakeItLonger() throws InterruptedException {
    count(Duration.ofSeconds(3), Duration.ofHours(-1));
    assertThat(slept).hasSize(3);
  }

  @Test
  void oneThatIsOverIsNotAwaited() throws InterruptedException {
    count(Duration.ofSeconds(-5), Duration.ZERO);
    assertThat(slept).isEmpty();
    assertThat(told).containsExactly(Duration.ZERO);
  }
}
