package org.hnvf.journal;

import com.google.common.base.Splitter;
import java.util.List;
import java.util.Optional;
import org.hnvf.model.OperatorWord;

/**
 * The text of the operator's word, for a person to read:
 *
 * <pre>{@code
 * pinned 2026-11-22T13:00:00Z
 * released
 * }</pre>
 */
final class WordText {

  private WordText() {}

  static String format(OperatorWord word) {
    if (word instanceof OperatorWord.Pinned pinned) {
      return "pinned" + pinned.until().map(until -> " " + until).orElse("") + "\n";
    }
    return word instanceof OperatorWord.Released ? "released\n" : "auto\n";
  }

  /** Returns the word; empty if the text is not valid. */
  static Optional<OperatorWord> parse(String text) {
    List<String> words = Splitter.on(' ').limit(2).splitToList(text.strip());
    return switch (words.get(0)) {
      case "auto" -> Optional.of(new OperatorWord.Auto());
      case "released" -> Optional.of(new OperatorWord.Released());
      case "pinned" -> pinned(words);
      default -> Optional.empty();
    };
  }

  private static Optional<OperatorWord> pinned(List<String> words) {
    return words.size() == 1
        ? Optional.of(new OperatorWord.Pinned(Optional.empty()))
        : TimeText.parse(words.get(1)).map(until -> new OperatorWord.Pinned(Optional.of(until)));
  }
}
