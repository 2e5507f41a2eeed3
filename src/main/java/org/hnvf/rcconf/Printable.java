package org.hnvf.rcconf;

/** Converts text of unknown origin for one line of a message. */
final class Printable {

  private static final int MOST = 200;

  private Printable() {}

  /** Returns at most 200 characters of the text, with {@code ?} for each control character. */
  static String of(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(MOST)
        .forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? '?' : c));
    return text.codePointCount(0, text.length()) > MOST ? line + "…" : line.toString();
  }
}
