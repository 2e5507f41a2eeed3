package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.Uninterruptibles;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hnvf.daemon.Weight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class LogPipeTest {

  private static final Duration LONG = Duration.ofMinutes(10);
  private static final LogLine LINE = line("line");

  private final List<LogLine> written = new CopyOnWriteArrayList<>();
  private final CountDownLatch goesOn = new CountDownLatch(1);

  private static LogLine line(String text) {
    return new LogLine(Instant.EPOCH, Weight.FACT, "hn0", text);
  }

  /** A writer that waits until it may go on. */
  private void writeLate(ImmutableList<LogLine> lines) {
    try {
      assertThat(goesOn.await(LONG.toMinutes(), TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    written.addAll(lines);
  }

  @Test
  void linesComeInTheirOrder() {
    LogPipe log = new LogPipe(written::addAll, LONG);
    for (int i = 0; i < 100; i++) {
      log.accept(line("line " + i));
    }
    log.close();
    assertThat(written).hasSize(100);
    assertThat(written.get(99).text()).isEqualTo("line 99");
  }

  @Test
  void writerThatFailsLosesItsLinesAlone() {
    boolean[] failed = {false};
    LogPipe log =
        new LogPipe(
            lines -> {
              if (!failed[0]) {
                failed[0] = true;
                goesOn.countDown();
                throw new IllegalStateException("no log");
              }
              written.addAll(lines);
            },
            LONG);
    log.accept(LINE);
    assertThat(Uninterruptibles.awaitUninterruptibly(goesOn, LONG)).isTrue();
    log.accept(line("next"));
    log.close();
    assertThat(written.get(0).text()).isEqualTo("next");
    assertThat(written.get(1).text()).contains("1 lines of this log");
  }

  @Test
  void aLogThatIsNotWrittenHoldsNobodyUp() {
    LogPipe log = new LogPipe(this::writeLate, LONG);
    for (int i = 0; i < 100_000; i++) {
      log.accept(LINE);
    }
    goesOn.countDown();
    log.close();
    assertThat(written.size()).isLessThan(100_000);
    ImmutableList<LogLine> told =
        written.stream()
            .filter(line -> line.text().contains("lines of this log could not be written"))
            .collect(ImmutableList.toImmutableList());
    assertThat(told).isNotEmpty();
    assertThat(told.get(0).weight()).isEqualTo(Weight.FAULT);
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void norDoesItHoldUpTheEnd() {
    LogPipe log = new LogPipe(this::writeLate, Duration.ofMillis(1));
    log.accept(LINE);

    log.close();

    assertThat(written).isEmpty();
    goesOn.countDown();
  }
}
