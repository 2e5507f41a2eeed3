package org.hnvf.pairconfig;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import java.util.regex.Pattern;

/** A line of the output of ipfw(8). */
final class IpfwLine {

  private static final Splitter WORDS =
      Splitter.on(CharMatcher.anyOf(" \t,{}()\"")).omitEmptyStrings();

  private IpfwLine() {}

  /**
   * Returns whether a word of the line is this interface's name, or a pattern such as {@code hn*}
   * that matches it (fnmatch(3), as ip_fw2.c evaluates the name after {@code via}). A word that
   * looks like a pattern and cannot be parsed counts as a match. The comment of a rule is no part
   * of it.
   */
  static boolean names(String line, String name) {
    int comment = line.indexOf(" //");
    String rule = comment < 0 ? line : line.substring(0, comment);
    return WORDS.splitToStream(rule).anyMatch(word -> word.equals(name) || covers(word, name));
  }

  private static boolean covers(String word, String name) {
    if (CharMatcher.anyOf("*?[").matchesNoneOf(word)) {
      return false;
    }
    if (word.indexOf('[') >= 0 || word.indexOf('\\') >= 0) {
      return true;
    }
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < word.length(); i++) {
      String letter = word.substring(i, i + 1);
      regex.append(letter.equals("*") ? ".*" : letter.equals("?") ? "." : Pattern.quote(letter));
    }
    return name.matches(regex.toString());
  }
}
