package org.hnvf.lab.replay;

import com.google.common.collect.ImmutableList;

/**
 * What became of one command of a transcript.
 *
 * @param line the number of its line in the file
 * @param why it was skipped; else empty
 * @param differences where it answered differently; else none
 */
public record CommandReplay(
    int line, String command, Verdict verdict, String why, ImmutableList<Difference> differences) {

  /** How it came out. */
  public enum Verdict {
    /** The simulated guest answered as the recorded one did. */
    IDENTICAL,
    /** It is out of scope, or what it shows was taken over. */
    SKIPPED,
    /** The simulated guest answered differently. */
    DIFFERENT
  }

  /**
   * One thing that differs, without what need not be the same.
   *
   * @param what stdout, stderr or exit status
   */
  public record Difference(String what, String recorded, String simulated) {}
}
