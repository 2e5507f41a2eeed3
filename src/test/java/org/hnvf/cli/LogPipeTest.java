package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class LogPipeTest {

  private static final Duration LONG = Duration.ofMinutes(10);

  @Test
  void linesComeInTheirOrder() {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    LogPipe log = new LogPipe(new PrintWriter(written, false, StandardCharsets.UTF_8), LONG);
    for (int i = 0; i < 100; i++) {
      log.accept("line " + i);
    }
    log.close();
    String[] lines = written.toString(StandardCharsets.UTF_8).split("\n", -1);
    assertThat(lines).hasLength(101);
    assertThat(lines[99]).isEqualTo("hnvf: line 99");
  }

  @Test
  void aLogThatNobodyReadsHoldsNobodyUp() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    LogPipe log = new LogPipe(writer(written, read), LONG);
    for (int i = 0; i < 100_000; i++) {
      log.accept("line");
    }
    read.countDown();
    log.close();
    assertThat(written.toString(StandardCharsets.UTF_8)).contains("were lost: nobody read it");
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void norDoesItHoldUpTheEnd() {
    CountDownLatch read = new CountDownLatch(1);
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    LogPipe log = new LogPipe(writer(written, read), Duration.ofMillis(1));
    log.accept("line");

    log.close();

    assertThat(written.size()).isEqualTo(0);
    read.countDown();
  }

  /** Writes nothing until it is read. */
  private static PrintWriter writer(OutputStream written, CountDownLatch read) {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            try {
              read.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
            written.write(b);
          }
        };
    return new PrintWriter(full, true, StandardCharsets.UTF_8);
  }

  @Test
  void aClosedPipeIsNoFault() {
    // Not connected: every write fails, as one to a pipe without a reader does.
    LogPipe log =
        new LogPipe(new PrintWriter(new PipedOutputStream(), true, StandardCharsets.UTF_8));
    for (int i = 0; i < 10; i++) {
      log.accept("line");
    }
    log.close();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }
}
