package org.hnvf.exec;

import static com.google.common.truth.Truth.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A file is not read again while it is unchanged. */
final class ParseCacheTest {

  private final List<String> read = new ArrayList<>();
  private final ParseCache<String, Integer> lengths =
      new ParseCache<>(
          text -> {
            read.add(text);
            return text.length();
          });

  @Test
  void theSameIsReadOnce() {
    assertThat(lengths.of("lagg0")).isEqualTo(5);
    assertThat(lengths.of("hn0")).isEqualTo(3);
    assertThat(lengths.of("lag".concat("g0"))).isEqualTo(5);
    assertThat(read).containsExactly("lagg0", "hn0").inOrder();
  }

  @Test
  void whatChangedIsReadAnew() {
    assertThat(lengths.of("hn0")).isEqualTo(3);
    assertThat(lengths.of("hn10")).isEqualTo(4);
  }

  @Test
  void largeTextsAreNotKept() {
    ParseCache<String, Integer> texts =
        ParseCache.texts(
            text -> {
              read.add(text.substring(0, 1));
              return text.length();
            });
    String half = "h".repeat(1 << 16);
    String large = "l".repeat((1 << 17) + 1);
    for (String text : List.of("a", large, large, "a", half, "b".repeat(1 << 16), half)) {
      assertThat(texts.of(text)).isEqualTo(text.length());
    }
    assertThat(read).containsExactly("a", "l", "l", "a", "h", "b").inOrder();
  }

  @Test
  void onlyTheLastFewAreRemembered() {
    for (String text : List.of("a", "b", "c", "d", "e", "a")) {
      assertThat(lengths.of(text)).isEqualTo(1);
    }
    assertThat(read).containsExactly("a", "b", "c", "d", "e", "a").inOrder();
  }
}
