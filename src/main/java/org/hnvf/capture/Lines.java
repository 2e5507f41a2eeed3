package org.hnvf.capture;

import java.util.function.UnaryOperator;

/** Changes a text line by line. */
final class Lines {

  private Lines() {}

  /** Returns the text with each line changed; an empty result removes the line. */
  static String map(String text, UnaryOperator<String> change) {
    StringBuilder changed = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      String line = text.substring(at, end < 0 ? text.length() : end);
      String result = line.isEmpty() ? line : change.apply(line);
      if (line.isEmpty() || !result.isEmpty()) {
        changed.append(result).append(end < 0 ? "" : "\n");
      }
      at = end < 0 ? text.length() : end + 1;
    }
    return changed.toString();
  }
}
