package org.hnvf.model;

/** The exit status of {@code hnvf}: the values of sysexits(3) that it uses. */
public enum ExitCode {
  /** The request succeeded, or nothing had to be changed. */
  OK(0),
  /** The command line was wrong (EX_USAGE). */
  USAGE(64),
  /** External input was malformed: an event line, an interface name, a transcript (EX_DATAERR). */
  BAD_DATA(65),
  /** There is no such pair, or the daemon does not answer (EX_UNAVAILABLE). */
  UNAVAILABLE(69),
  /** A bug of hnvf (EX_SOFTWARE). */
  SOFTWARE(70),
  /** A system operation failed, and hnvf rolled back the started steps (EX_OSERR). */
  SYSTEM(71),
  /** The request succeeded, but the operator's word could not be stored (EX_IOERR). */
  UNSTORED(74),
  /** Another workflow holds the lock of the pair; the caller can retry (EX_TEMPFAIL). */
  BUSY(75),
  /** The caller is not root (EX_NOPERM). */
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
   * Maps a fault to an exit status. An {@link HnvfException} has its own; every other fault is a
   * bug of hnvf.
   */
  public static ExitCode of(Throwable fault) {
    return fault instanceof HnvfException known ? known.exitCode() : SOFTWARE;
  }
}
