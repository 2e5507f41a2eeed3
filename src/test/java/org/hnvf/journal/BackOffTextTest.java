package org.hnvf.journal;

import static com.google.common.truth.Truth.assertThat;

import java.time.Instant;
import org.hnvf.model.BackOff;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stored back-off is read back as it was, or not at all. */
final class BackOffTextTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @Test
  void aBackOffIsReadBack() {
    BackOff held = new BackOff("`ifconfig lagg0 create` exited 1: no", 3, NOW.plusSeconds(240));
    assertThat(BackOffText.parse(BackOffText.format(held))).hasValue(held);
  }

  @Test
  void aCauseOfSeveralLinesBecomesOne() {
    assertThat(BackOffText.format(new BackOff("one\ntwo\tthree", 1, NOW)))
        .isEqualTo("1 2026-11-22T12:00:00Z one two three\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage",
        "3",
        "x 2026-11-22T12:00:00Z r",
        "1 soon r",
        "0 2026-11-22T12:00:00Z r",
        "-1 2026-11-22T12:00:00Z r",
        "2000000 2026-11-22T12:00:00Z r"
      })
  void anyOtherTextIsNoBackOff(String text) {
    assertThat(BackOffText.parse(text)).isEmpty();
  }
}
