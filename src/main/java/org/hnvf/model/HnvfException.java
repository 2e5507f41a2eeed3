package org.hnvf.model;

/**
 * A fault that hnvf expects and can explain. A fault of hnvf itself is no such exception: it is a
 * {@link RuntimeException}.
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

  /** The exit status that this fault ends the process with. */
  public ExitCode exitCode() {
    return exitCode;
  }
}
