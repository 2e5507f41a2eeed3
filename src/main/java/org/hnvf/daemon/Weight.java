package org.hnvf.daemon;

/** What a fact of the daemon is worth, which decides where it is written. */
public enum Weight {
  /** Something went wrong: the log, and syslog. */
  FAULT,
  /** How something ended: the log, and syslog. */
  OUTCOME,
  /** What was done: the log. */
  FACT,
  /** Why a look begins: written to the log with the first fact that comes of the look. */
  CAUSE,
  /** Everything else: the log, at debug level alone. */
  DETAIL;

  /** Whether it also goes to syslog. */
  public boolean isForSyslog() {
    return this == FAULT || this == OUTCOME;
  }
}
