package org.hnvf.model;

/** How much a {@link Finding} hurts. */
public enum Severity {
  /** hnvf and the guest work; the fact is worth knowing. */
  NOTE(ExitCode.OK),
  /** The guest works now; the next event, boot or upgrade may not. */
  WARNING(ExitCode.CONFIGURATION),
  /** The guest or the service of hnvf does not work now. */
  FAULT(ExitCode.UNAVAILABLE);

  private final ExitCode exitCode;

  Severity(ExitCode exitCode) {
    this.exitCode = exitCode;
  }

  /** Returns the exit status of {@code hnvf doctor} if this is the worst severity. */
  public ExitCode exitCode() {
    return exitCode;
  }
}
