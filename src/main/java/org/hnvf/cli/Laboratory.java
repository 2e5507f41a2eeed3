package org.hnvf.cli;

import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Optional;

/**
 * The words of a command line that are the laboratory's, which the product only knows by name. The
 * front chooses by the same words which of the two programs is started.
 */
final class Laboratory {

  static final ImmutableSet<String> VERBS = ImmutableSet.of("demo", "sim", "sandbox", "rehearse");

  private Laboratory() {}

  /** The first word that is the laboratory's: a verb, or {@code --sim} before any {@code --}. */
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
