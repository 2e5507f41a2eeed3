package org.hnvf.daemon;

/** The weight of a fact, which decides where it is written. */
public enum Weight {
  /** A fault: the log, and syslog. */
  FAULT,
  /** An outcome: the log, and syslog. */
  OUTCOME,
  /** An action: the log. */
  FACT,
  /**
   * The cause of a reconciliation: written to the log with the first fact of that reconciliation.
   */
  CAUSE,
  /** A detail: the log, at debug level only. */
  DETAIL;

  /** Returns whether it also goes to syslog. */
  public boolean isForSyslog() {
    return this == FAULT || this == OUTCOME;
  }
}
