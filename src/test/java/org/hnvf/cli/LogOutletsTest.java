package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.hnvf.model.LogFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which lines of the daemon's log go where, and the failures of these places. */
final class LogOutletsTest {

  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00.007Z");

  /** Begins a line, ends the object, and acts on a terminal, unless it is escaped. */
  private static final String HOSTILE =
      "a\nb\r\"}\\ \u0000\u001b[2J\u007f\u0085\u009b\u2028\u2029 \u00e9 \u2026";

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
    outlets.accept(ImmutableList.of(new LogLine(NOON, weight, "hn0", text)));
  }

  @Test
  void theFileHasAllAndSyslogWhatCounts() throws IOException {
    write(Weight.CAUSE, "VF_UP of hn0");
    write(Weight.FACT, "bring mlxen0 up: 7 ms, cut off");
    write(Weight.OUTCOME, "use lagg: done in 90 ms, cut off for 20 ms");
    write(Weight.FAULT, "a\nb");

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

  private static String field(JsonNode object, String name) {
    return object.path(name).asText();
  }

  @Test
  void asJsonEachLineIsAnObject() throws IOException {
    outlets.format(LogFormat.JSON);
    write(Weight.OUTCOME, HOSTILE);
    for (int i = 1; i < LINES; i++) {
      write(Weight.FACT, HOSTILE + i);
    }

    String text = Files.readString(file);
    assertThat(text.codePoints().filter(c -> c != '\n').noneMatch(Character::isISOControl))
        .isTrue();
    assertThat(text.codePoints().filter(c -> c == 0x2028 || c == 0x2029).count()).isEqualTo(0);
    List<String> lines = text.lines().toList();
    assertThat(lines).hasSize(LINES);
    for (String line : lines) {
      JsonNode object = new ObjectMapper().readTree(line);
      assertThat(ImmutableList.copyOf(object.fieldNames()))
          .containsExactly("time", "level", "about", "text")
          .inOrder();
      assertThat(field(object, "time")).isEqualTo("2026-11-26T17:30:00.007+05:30");
      assertThat(field(object, "about")).isEqualTo("hn0");
      assertThat(field(object, "text")).startsWith(HOSTILE);
    }
    assertThat(field(new ObjectMapper().readTree(lines.get(0)), "level")).isEqualTo("outcome");
    assertThat(field(new ObjectMapper().readTree(lines.get(1)), "level")).isEqualTo("fact");
    assertThat(err.toString()).startsWith("hnvf: hn0: a\\nb");
    assertThat(err.toString().lines().toList()).hasSize(1);
  }

  @Test
  void theFormatChangesBetweenTwoLines() throws IOException {
    write(Weight.FACT, "first");
    outlets.format(LogFormat.JSON);
    write(Weight.FACT, "second");
    outlets.format(LogFormat.TEXT);
    write(Weight.FACT, "third");
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "2026-11-26T17:30:00.007+05:30 hn0: first",
            "{\"time\":\"2026-11-26T17:30:00.007+05:30\",\"level\":\"fact\",\"about\":\"hn0\","
                + "\"text\":\"second\"}",
            "2026-11-26T17:30:00.007+05:30 hn0: third")
        .inOrder();
  }

  /** newsyslog(8) renames the file. */
  @Test
  void asJsonTheFileIsMadeAgainAfterARotation() throws IOException {
    outlets.format(LogFormat.JSON);
    write(Weight.FACT, "before");
    Files.move(file, file.resolveSibling("hnvf.log.0"));
    write(Weight.FACT, "after");
    assertThat(Files.readAllLines(file)).hasSize(1);
    assertThat(field(new ObjectMapper().readTree(Files.readString(file)), "text"))
        .isEqualTo("after");
  }

  @Test
  void aPipeWithoutAReaderIsNoFault() throws IOException {
    // Not connected: every write fails, as one to a pipe without a reader does.
    LogOutlets deaf =
        new LogOutlets(
            new PrintWriter(new PipedOutputStream(), true, StandardCharsets.UTF_8),
            new LogFile(file),
            () -> ZoneOffset.UTC);
    deaf.accept(ImmutableList.of(new LogLine(NOON, Weight.FAULT, "hn0", "failed")));
    assertThat(Files.readString(file)).isEqualTo("2026-11-26T12:00:00.007+00:00 hn0: failed\n");
  }

  /** Each of four threads tells a thousand facts at once. */
  @Test
  void theLinesOfManyThreadsArriveWhole() throws Exception {
    CountDownLatch begin = new CountDownLatch(1);
    try (ServiceLog log =
        new ServiceLog(new LogPipe(outlets), new SystemTimer(), outlets::format)) {
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
