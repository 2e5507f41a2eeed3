package org.hnvf.rcconf;

/** Text of unknown origin, made fit for one line of a message. */
final class Printable {

  private static final int MOST = 200;

  private Printable() {}

  /** At most 200 characters of it, with {@code ?} for each control character. */
  static String of(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(MOST)
        .forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? '?' : c));
    return text.codePointCount(0, text.length()) > MOST ? line + "…" : line.toString();
  }
}
