package org.hnvf.cli;

import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Optional;

/**
 * The words of a command line that belong to the laboratory, which the product knows only by name.
 * The front script selects one of the two programs by the same words.
 */
final class Laboratory {

  static final ImmutableSet<String> VERBS = ImmutableSet.of("demo", "sim", "sandbox", "rehearse");

  private Laboratory() {}

  /** Returns the first word of the laboratory: a verb, or {@code --sim} before any {@code --}. */
  static Optional<String> wordOf(List<String> words) {
    if (!words.isEmpty() && VERBS.contains(words.get(0))) {
      return Optional.of(words.get(0));
    }
    return words.stream()
        .takeWhile(word -> !word.equals("--"))
        .filter(word -> word.equals("--sim") || word.startsWith("--sim="))
        .findFirst();
  }
}
