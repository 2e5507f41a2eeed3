package org.hnvf.cli;

import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The words of a command line that belong to the laboratory, which the product knows only by name.
 * The front script selects one of the two programs by the same words.
 */
final class Laboratory {

  /** Its verbs; one of two words is the laboratory's addition to a verb of the product. */
  static final ImmutableSet<String> VERBS =
      ImmutableSet.of("demo", "sim", "sandbox", "rehearse", "override try");

  private Laboratory() {}

  /** Returns the first word of the laboratory: a verb, or {@code --sim} before any {@code --}. */
  static Optional<String> wordOf(List<String> words) {
    Optional<String> verb =
        Stream.of(1, 2)
            .filter(length -> length <= words.size())
            .map(length -> String.join(" ", words.subList(0, length)))
            .filter(VERBS::contains)
            .findFirst();
    if (verb.isPresent()) {
      return verb;
    }
    return words.stream()
        .takeWhile(word -> !word.equals("--"))
        .filter(word -> word.equals("--sim") || word.startsWith("--sim="))
        .findFirst();
  }
}
