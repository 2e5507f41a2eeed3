package org.hnvf.report;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The axis of a drawing. */
final class TimeScaleTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private static ImmutableList<String> clock(Duration width) {
    return TimeScale.of(NOON, NOON.plus(width)).clock().stream()
        .map(TimeScale.Tick::label)
        .collect(ImmutableList.toImmutableList());
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        1,
        30,
        90,
        250,
        700,
        1_500,
        3_000,
        6_000,
        30_000,
        200_000,
        3_000_000,
        40_000_000,
        400_000_000,
        4_000_000_000L,
        90_000_000_000L
      })
  void noTwoTicksHaveTheSameLabel(long millis) {
    ImmutableList<String> labels = clock(Duration.ofMillis(millis));
    assertWithMessage("%s ms", millis).that(labels).isNotEmpty();
    assertWithMessage("%s ms", millis).that(labels).containsNoDuplicates();
  }

  @Test
  void aLabelHasMillisecondsOnlyBelowASecond() {
    assertThat(clock(Duration.ofMillis(400)))
        .containsExactly(
            "12:00:00.000", "12:00:00.100", "12:00:00.200", "12:00:00.300", "12:00:00.400")
        .inOrder();
    assertThat(clock(Duration.ofSeconds(2))).contains("12:00:00.500");
    assertThat(clock(Duration.ofSeconds(4))).contains("12:00:01");
  }
}
