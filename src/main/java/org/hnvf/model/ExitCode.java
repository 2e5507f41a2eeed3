package org.hnvf.model;

/** What {@code hnvf} tells its caller: the values of sysexits(3) that it uses. */
public enum ExitCode {
  /** Done, or there was nothing to do. */
  OK(0),
  /** The command line was wrong (EX_USAGE). */
  USAGE(64),
  /** Input that came from outside was wrong: an event line, a name, an rc.conf (EX_DATAERR). */
  BAD_DATA(65),
  /** There is no such pair, or the daemon does not answer (EX_UNAVAILABLE). */
  UNAVAILABLE(69),
  /** A bug of hnvf (EX_SOFTWARE). */
  SOFTWARE(70),
  /** The system failed us; what was begun has been rolled back (EX_OSERR). */
  SYSTEM(71),
  /** Done, but the operator's word could not be stored (EX_IOERR). */
  UNSTORED(74),
  /** Another workflow is at it; try again (EX_TEMPFAIL). */
  BUSY(75),
  /** Root is needed (EX_NOPERM). */
  NOT_ROOT(77),
  /** The configuration is wrong (EX_CONFIG). */
  CONFIGURATION(78);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  /** The exit status of the process. */
  public int status() {
    return status;
  }

  /**
   * The one place where a fault becomes an exit status: the user's and the system's carry theirs,
   * everything else is a bug of ours.
   */
  public static ExitCode of(Throwable fault) {
    return fault instanceof HnvfException known ? known.exitCode() : SOFTWARE;
  }
}
