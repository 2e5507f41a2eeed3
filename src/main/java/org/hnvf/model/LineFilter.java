package org.hnvf.model;

import com.google.common.collect.ImmutableSet;

/**
 * The lines of a reading command's standard output that the caller needs. The runner drops the
 * other lines as it reads them, so that the memory does not grow with the size of the guest's
 * tables.
 *
 * <p>A line is kept if one of {@code first}, {@code starts}, {@code words} and {@code parts}
 * selects it. A last line without a newline is also kept, because it shows that the output is
 * truncated.
 *
 * @param keeps the description of the kept lines, for messages
 * @param first whether the first line is kept, which shows that there was any output
 * @param starts the beginnings of lines that are kept
 * @param words the words between blanks whose lines are kept
 * @param parts the substrings whose lines are kept
 */
public record LineFilter(
    String keeps,
    boolean first,
    ImmutableSet<String> starts,
    ImmutableSet<String> words,
    ImmutableSet<String> parts) {

  /** Rejects texts that match every line or no line; a part has at least two characters. */
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
