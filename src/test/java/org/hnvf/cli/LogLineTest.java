package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.hnvf.daemon.Weight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LogLineTest {

  @ParameterizedTest
  @CsvSource({
    "2026-01-02T03:04:05Z, UTC, 2026-01-02T03:04:05.000+00:00",
    "2026-07-01T23:59:59.999999Z, Europe/Berlin, 2026-07-02T01:59:59.999+02:00",
    "2026-12-31T23:59:59.5Z, America/New_York, 2026-12-31T18:59:59.500-05:00",
  })
  void theTimeHasMillisecondsAndTheOffset(Instant at, String zone, String expected) {
    LogLine line = new LogLine(at, Weight.FACT, "hn0", "x");
    assertThat(line.stamped(ZoneId.of(zone))).isEqualTo(expected + " hn0: x");
  }

  @Test
  void aValueCannotBeginALineNorActOnATerminal() {
    LogLine line =
        new LogLine(
            Instant.EPOCH, Weight.FAULT, "hn0", "a\nb\rc\td\u001b[2Je\u0000f\u009bg \u00e9 \\");
    String escaped = "hn0: a\\nb\\x0dc\\td\\x1b[2Je\\x00f\\x9bg \u00e9 \\";
    assertThat(line.plain()).isEqualTo("hnvf: " + escaped);
    assertThat(line.stamped(ZoneOffset.UTC)).isEqualTo("1970-01-01T00:00:00.000+00:00 " + escaped);
  }
}
