package org.hnvf.model;

/**
 * A fault that hnvf expects and can explain. A bug of hnvf is a {@link RuntimeException} instead.
 */
public abstract sealed class HnvfException extends Exception
    permits UserException, SystemException {

  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  HnvfException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  HnvfException(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** Returns the exit status of the process for this fault. */
  public ExitCode exitCode() {
    return exitCode;
  }
}
