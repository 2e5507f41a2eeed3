package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.hnvf.daemon.Weight;
import org.hnvf.exec.LogFile;
import org.hnvf.exec.SystemTimer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which lines of the daemon's log go where, and the failures of these places. */
final class LogOutletsTest {

  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00.007Z");
  private static final int THREADS = 4;
  private static final int LINES = 1000;

  private final Path file;
  private final StringWriter err = new StringWriter();
  private final LogOutlets outlets;

  LogOutletsTest(@TempDir Path directory) {
    this.file = directory.resolve("log/hnvf.log");
    this.outlets =
        new LogOutlets(
            new PrintWriter(err), new LogFile(file), () -> ZoneOffset.ofHoursMinutes(5, 30));
  }

  private void write(Weight weight, String text) {
    outlets.accept(ImmutableList.of(new LogLine(NOON, weight, text)));
  }

  @Test
  void theFileHasAllAndSyslogWhatCounts() throws IOException {
    write(Weight.CAUSE, "hn0: VF_UP of hn0");
    write(Weight.FACT, "hn0: bring mlxen0 up: 7 ms, cut off");
    write(Weight.OUTCOME, "hn0: use lagg: done in 90 ms, cut off for 20 ms");
    write(Weight.FAULT, "hn0: a\nb");

    assertThat(Files.readAllLines(file))
        .containsExactly(
            "2026-11-26T17:30:00.007+05:30 hn0: VF_UP of hn0",
            "2026-11-26T17:30:00.007+05:30 hn0: bring mlxen0 up: 7 ms, cut off",
            "2026-11-26T17:30:00.007+05:30 hn0: use lagg: done in 90 ms, cut off for 20 ms",
            "2026-11-26T17:30:00.007+05:30 hn0: a\\nb")
        .inOrder();
    assertThat(err.toString())
        .isEqualTo("hnvf: hn0: use lagg: done in 90 ms, cut off for 20 ms\nhnvf: hn0: a\\nb\n");
  }

  @Test
  void whatCannotBeWrittenIsToldOnceAndTriedAgain() throws IOException {
    Files.createDirectories(file.resolveSibling("elsewhere"));
    Path target = Files.createFile(file.resolveSibling("elsewhere/target"));
    Files.createSymbolicLink(file, target);

    write(Weight.FACT, "first");
    write(Weight.FACT, "second");

    assertThat(Files.readString(target)).isEmpty();
    assertThat(err.toString().lines().toList()).hasSize(1);
    assertThat(err.toString()).startsWith("hnvf: cannot write the log; hnvf keeps trying");
    Files.delete(file);
    write(Weight.FACT, "third");
    assertThat(Files.readString(file)).contains("third");
    assertThat(err.toString()).contains(file + " can be written again; 2 lines were lost");
    write(Weight.FACT, "fourth");
    assertThat(err.toString().lines().toList()).hasSize(2);
  }

  @Test
  void aPipeWithoutAReaderIsNoFault() throws IOException {
    // Not connected: every write fails, as one to a pipe without a reader does.
    LogOutlets deaf =
        new LogOutlets(
            new PrintWriter(new PipedOutputStream(), true, StandardCharsets.UTF_8),
            new LogFile(file),
            () -> ZoneOffset.UTC);
    deaf.accept(ImmutableList.of(new LogLine(NOON, Weight.FAULT, "hn0: failed")));
    assertThat(Files.readString(file)).isEqualTo("2026-11-26T12:00:00.007+00:00 hn0: failed\n");
  }

  /** Each of four threads tells a thousand facts at once. */
  @Test
  void theLinesOfManyThreadsArriveWhole() throws Exception {
    CountDownLatch begin = new CountDownLatch(1);
    try (ServiceLog log = new ServiceLog(new LogPipe(outlets), new SystemTimer())) {
      List<Thread> threads =
          IntStream.range(0, THREADS)
              .mapToObj(number -> new Thread(() -> tell(log, number, begin)))
              .toList();
      threads.forEach(Thread::start);
      begin.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
    }
    ImmutableSet<String> expected =
        IntStream.range(0, THREADS * LINES / THREADS)
            .mapToObj(i -> "hn" + i % THREADS + ": fact " + i / THREADS)
            .collect(ImmutableSet.toImmutableSet());
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(LINES);
    assertThat(lines.stream().map(line -> line.substring(line.indexOf(' ') + 1)).toList())
        .containsExactlyElementsIn(expected);
    List<String> times = lines.stream().map(line -> line.substring(0, line.indexOf(' '))).toList();
    assertThat(times).isInOrder();
  }

  private static void tell(ServiceLog log, int number, CountDownLatch begin) {
    try {
      begin.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (int i = 0; i < LINES / THREADS; i++) {
      log.log(Weight.FACT, "hn" + number, "fact " + i);
    }
  }
}
