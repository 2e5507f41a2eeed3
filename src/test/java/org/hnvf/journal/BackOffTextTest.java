package org.hnvf.journal;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.model.BackOff;
import org.hnvf.model.InterfaceName;
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
  void whatWasTriedIsReadBack() {
    BackOff.Tried tried =
        new BackOff.Tried(NOW, InterfaceName.of("mlxen0"), "0f1e2d3c", "bring VF up: it failed");
    BackOff.Tried other = new BackOff.Tried(NOW, Optional.empty(), "unknown", "refused");
    for (BackOff.Kind kind : BackOff.Kind.values()) {
      BackOff held = new BackOff(kind, "no", 2, NOW, ImmutableList.of(tried, other));
      assertThat(BackOffText.parse(BackOffText.format(held))).hasValue(held);
      BackOff plain = held.as(kind, ImmutableList.of());
      assertThat(BackOffText.parse(BackOffText.format(plain))).hasValue(plain);
    }
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
        "2000000 2026-11-22T12:00:00Z r",
        "1 2026-11-22T12:00:00Z r\nkind OTHER",
        "1 2026-11-22T12:00:00Z r\ntried 2026-11-22T12:00:00Z mlxen0 f c",
        "1 2026-11-22T12:00:00Z r\nkind PASSING\ntried soon mlxen0 f c",
        "1 2026-11-22T12:00:00Z r\nkind PASSING\ntried 2026-11-22T12:00:00Z ../x f c",
        "1 2026-11-22T12:00:00Z r\nkind PASSING\ntried 2026-11-22T12:00:00Z mlxen0 f",
        "1 2026-11-22T12:00:00Z r\nkind PASSING\nmore"
      })
  void anyOtherTextIsNoBackOff(String text) {
    assertThat(BackOffText.parse(text)).isEmpty();
  }
}
