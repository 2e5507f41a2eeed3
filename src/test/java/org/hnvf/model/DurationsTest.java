package org.hnvf.model;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationsTest {

  @Test
  void hoursMinutesAndSeconds() {
    ImmutableMap<String, Duration> texts =
        ImmutableMap.of(
            "90s", Duration.ofSeconds(90),
            "15m", Duration.ofMinutes(15),
            "2h", Duration.ofHours(2),
            "2d", Duration.ofDays(2),
            "1h30m", Duration.ofMinutes(90),
            "1m1s", Duration.ofSeconds(61));
    texts.forEach(
        (text, duration) ->
            assertWithMessage(text).that(Durations.parse(text)).isEqualTo(Optional.of(duration)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0s",
        "0h0m",
        "90",
        "s",
        "1w",
        "1h1d",
        "-1s",
        "1.5h",
        "1s1m",
        " 1s",
        "1s ",
        "1H",
        "PT1S",
        "8785h",
        "9999999999s",
        "999999999h999999999m"
      })
  void nothingElse(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }

  @Test
  void aYearIsTheMost() {
    assertThat(Durations.parse("8784h")).hasValue(Durations.LONGEST);
    assertThat(Durations.parse("8784h1s")).isEmpty();
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    for (long seconds : new long[] {1, 59, 60, 61, 3_600, 3_601, 3_660, 86_400, 31_622_400}) {
      Duration duration = Duration.ofSeconds(seconds);
      assertThat(Durations.parse(Durations.text(duration))).hasValue(duration);
    }
    assertThat(Durations.text(Duration.ofSeconds(60))).isEqualTo("1m");
    assertThat(Durations.text(Duration.ofHours(24))).isEqualTo("24h");
  }
}
