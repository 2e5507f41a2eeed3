package org.hnvf.model;

import com.google.common.collect.ImmutableSet;

/**
 * Which lines of its standard output a command that looks is asked for. The runner drops the others
 * as they come, so what is kept grows with what matters and not with the guest.
 *
 * <p>A line is kept where one of {@code first}, {@code starts}, {@code words} and {@code parts}
 * says so; so is a last line without an end, which shows that the text was broken off.
 *
 * @param keeps what is kept, in words, for messages
 * @param first whether the first line is kept, which shows that there was output at all
 * @param starts a line that begins with one of these is kept
 * @param words a line with one of these between blanks is kept
 * @param parts a line that contains one of these is kept
 */
public record LineFilter(
    String keeps,
    boolean first,
    ImmutableSet<String> starts,
    ImmutableSet<String> words,
    ImmutableSet<String> parts) {

  /** Refuses texts that are in every line or in none; a part has two characters at least. */
  public LineFilter {
    check(starts, 1);
    check(words, 1);
    check(parts, 2);
  }

  private static void check(ImmutableSet<String> texts, int shortest) {
    for (String text : texts) {
      if (text.length() < shortest || text.indexOf('\n') >= 0) {
        throw new IllegalArgumentException("\"" + text + "\" cannot tell a line from another");
      }
    }
  }
}
