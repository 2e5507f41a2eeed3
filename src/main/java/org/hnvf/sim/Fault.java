package org.hnvf.sim;

/**
 * Something that is to go wrong with a command. Plain data.
 *
 * @param kind what
 * @param pattern with which command
 * @param status the exit status it shows
 * @param stderr what it says
 */
record Fault(Kind kind, CommandPattern pattern, int status, String stderr) {

  /** The kinds of faults. */
  enum Kind {
    /** It does nothing and fails. */
    FAILS,
    /** It does nothing and never ends. */
    HANGS,
    /** It does what it should and never ends. */
    DONE_BUT_HANGS,
    /** It does what it should and fails. */
    DONE_BUT_FAILS
  }
}
