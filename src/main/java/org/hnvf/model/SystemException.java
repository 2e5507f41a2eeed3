package org.hnvf.model;

/**
 * The system's fault: a program failed, a file could not be read or written, another process holds
 * the pair.
 *
 * <p>The message says what was tried, on what, what came back and what hnvf did about it.
 */
public final class SystemException extends HnvfException {

  private static final long serialVersionUID = 1L;

  private SystemException(ExitCode exitCode, String message) {
    super(exitCode, message);
  }

  private SystemException(ExitCode exitCode, String message, Throwable cause) {
    super(exitCode, message, cause);
  }

  /** Something of the system failed. */
  public static SystemException failed(String message) {
    return new SystemException(ExitCode.SYSTEM, message);
  }

  /** Something of the system failed, for the reason {@code cause}. */
  public static SystemException failed(String message, Throwable cause) {
    return new SystemException(ExitCode.SYSTEM, message, cause);
  }

  /** Somebody else is at it; the same may go through later. */
  public static SystemException busy(String message) {
    return new SystemException(ExitCode.BUSY, message);
  }
}
