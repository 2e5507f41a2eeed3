package org.hnvf.journal;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.model.OperatorWord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stored word of the operator is read back as it was, or not at all. */
final class WordTextTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @Test
  void everyWordIsReadBack() {
    for (OperatorWord word :
        ImmutableList.of(
            new OperatorWord.Auto(),
            new OperatorWord.Released(),
            new OperatorWord.Pinned(Optional.empty()),
            new OperatorWord.Pinned(Optional.of(NOW.plusSeconds(90))))) {
      assertThat(WordText.parse(WordText.format(word))).hasValue(word);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "garbage", "pinned tomorrow", "RELEASED", "held 1"})
  void anyOtherTextIsNoWord(String text) {
    assertThat(WordText.parse(text)).isEmpty();
  }
}
