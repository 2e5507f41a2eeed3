package org.hnvf.lab.replay;

import com.google.common.collect.ImmutableList;

/**
 * The result of one command of a transcript.
 *
 * @param line the number of its line in the file
 * @param why the reason if it was skipped; else empty
 * @param differences the differences of the answers; else empty
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
