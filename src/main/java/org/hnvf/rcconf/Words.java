package org.hnvf.rcconf;

import com.google.common.base.CharMatcher;
import com.google.common.base.Joiner;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.List;

/** Splits words as sh does with the default IFS. */
final class Words {

  private static final Splitter SPLITTER =
      Splitter.on(CharMatcher.anyOf(" \t\n")).omitEmptyStrings();
  private static final Joiner JOINER = Joiner.on(' ');

  private Words() {}

  static ImmutableList<String> of(String text) {
    return ImmutableList.copyOf(SPLITTER.split(text));
  }

  /**
   * Returns the words that network.subr passes on with {@code echo}: that of sh takes a first
   * {@code -n} or {@code -e} as its own option (sh(1)).
   */
  static ImmutableList<String> echoed(ImmutableList<String> words) {
    boolean option = !words.isEmpty() && (words.get(0).equals("-n") || words.get(0).equals("-e"));
    return option ? words.subList(1, words.size()) : words;
  }

  static String join(List<String> words) {
    return JOINER.join(words);
  }

  static ImmutableList<String> concat(List<String> words, String... more) {
    return ImmutableList.<String>builder().addAll(words).add(more).build();
  }
}
