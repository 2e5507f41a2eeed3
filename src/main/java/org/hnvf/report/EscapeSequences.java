package org.hnvf.report;

/** Sequences that move on a terminal and clear it (ECMA-48). */
public final class EscapeSequences {

  /** To the beginning of the line, and nothing behind it (CR, EL). */
  public static final String CLEAR_LINE = "\r\u001b[K";

  /** To the first line and column, and nothing below it (CUP, ED). */
  public static final String CLEAR_SCREEN = "\u001b[H\u001b[J";

  private EscapeSequences() {}
}
