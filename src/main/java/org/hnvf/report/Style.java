package org.hnvf.report;

import org.hnvf.model.PairState;

/** Whether a text has colours. Colour repeats the words and never replaces them. */
public enum Style {
  /** Text alone. */
  PLAIN,
  /** The state is coloured by the escape sequences of a terminal (ECMA-48). */
  COLOUR;

  private static final String GREEN = "\u001b[32m";
  private static final String YELLOW = "\u001b[33m";
  private static final String RED = "\u001b[31m";
  private static final String RESET = "\u001b[0m";

  /** Returns the text in the colour of a state. */
  String state(PairState state, String text) {
    if (this == PLAIN) {
      return text;
    }
    return switch (state) {
          case LAGG_VF, TRANSPARENT -> GREEN;
          case SYNTHETIC, LAGG_SYNTHETIC, VF_ATTACHED -> YELLOW;
          case VF_UP_NO_LAGG, INCONSISTENT -> RED;
        }
        + text
        + RESET;
  }
}
