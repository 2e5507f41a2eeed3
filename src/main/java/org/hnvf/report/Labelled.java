package org.hnvf.report;

import com.google.common.base.Splitter;
import com.google.common.base.Strings;

/** Lines of a label and a text, wrapped at 80 columns under the text. */
final class Labelled {

  private static final int WIDTH = 80;
  private static final String INDENT = "  ";
  private static final int LABEL = 15;

  private final StringBuilder text = new StringBuilder();

  /** Adds a line; an empty text is left out. */
  Labelled line(String label, String value) {
    if (!value.isEmpty()) {
      wrapped(INDENT + Strings.padEnd(label, LABEL, ' '), value);
    }
    return this;
  }

  private void wrapped(String first, String value) {
    int room = WIDTH - first.length();
    StringBuilder line = new StringBuilder(first);
    int used = 0;
    for (String word : Splitter.on(' ').omitEmptyStrings().split(value)) {
      if (used > 0 && used + 1 + word.length() > room) {
        text.append(line).append('\n');
        line = new StringBuilder(" ".repeat(first.length()));
        used = 0;
      }
      line.append(used > 0 ? " " : "").append(word);
      used += (used > 0 ? 1 : 0) + word.length();
    }
    text.append(line).append('\n');
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
