package org.hnvf.journal;

import static com.google.common.truth.Truth.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.hnvf.model.Wish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stored wish is read back as it was, and one that cannot be read is taken for HELD. */
final class WishTextTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @Test
  void everyWishIsReadBack() {
    for (Wish wish :
        new Wish[] {
          new Wish.Auto(),
          new Wish.Released(),
          new Wish.Pinned(Optional.empty()),
          new Wish.Pinned(Optional.of(NOW.plusSeconds(90))),
          new Wish.Held("`ifconfig lagg0 create` exited 1: no", 3, NOW.plusSeconds(240))
        }) {
      assertThat(WishText.parse(WishText.format(wish), NOW)).isEqualTo(wish);
    }
  }

  @Test
  void aReasonOfSeveralLinesBecomesOne() {
    String text = WishText.format(new Wish.Held("one\ntwo\tthree", 1, NOW));
    assertThat(text).isEqualTo("held 1 2026-11-22T12:00:00Z one two three\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage",
        "pinned tomorrow",
        "held",
        "held x 2026-11-22T12:00:00Z r",
        "held 1 soon r",
        "RELEASED"
      })
  void whatCannotBeReadHoldsTheVfDown(String text) {
    Wish wish = WishText.parse(text, NOW);
    assertThat(wish).isInstanceOf(Wish.Held.class);
    assertThat(((Wish.Held) wish).nextTry()).isGreaterThan(NOW);
    assertThat(((Wish.Held) wish).reason()).contains("cannot be read");
  }
}
