package org.hnvf.lab.soak;

/**
 * A fault that is injected once: at the n-th command, the n-th changing command, or the n-th change
 * of a file, counted over all that hnvf does since the story began.
 *
 * @param target what is counted
 * @param number which one, from 0
 * @param kind what goes wrong
 */
record Fault(Target target, int number, Kind kind) {

  /** The counted operations. */
  enum Target {
    COMMAND,
    CHANGE,
    FILE
  }

  /** The kinds of faults. */
  enum Kind {
    /** The command does nothing and fails as FreeBSD's own does. */
    FAILS,
    /** The command does nothing and never ends. */
    HANGS,
    /** The command does its work and is reported as failed. */
    DONE_BUT_FAILS,
    /** The command does its work and never ends. */
    DONE_BUT_HANGS,
    /** The command cannot be started. */
    NOT_RUN,
    /** The output of the command is incomplete. */
    CUT_OUTPUT,
    /** {@code kill -9} of hnvf before the command, or before the file is changed. */
    KILL_BEFORE,
    /** {@code kill -9} of hnvf after it. */
    KILL_AFTER,
    /** {@code kill -9} while a line is added to a file: a part of it is there. */
    TORN,
    /** The disk is full for this and the next changes of files. */
    DISK_FULL,
    /** The host takes every VF away while the command runs. */
    VF_REVOKED,
    /** Every VF loses its carrier while the command runs. */
    VF_WITHOUT_CARRIER,
    /** Another hnvf is handed an event while this one works. */
    RIVAL;

    /** Whether the command never ends. */
    boolean hangs() {
      return this == HANGS || this == DONE_BUT_HANGS;
    }
  }

  /** For how many changes of files a disk is full. */
  static final int FULL_FOR = 6;

  @Override
  public String toString() {
    return kind + " at " + target + " " + number;
  }
}
