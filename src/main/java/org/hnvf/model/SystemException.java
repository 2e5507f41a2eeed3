package org.hnvf.model;

/**
 * A failure of the system: a program failed, a file could not be read or written, or another
 * process holds the lock of the pair.
 *
 * <p>The message names the operation, its object, the result, and the reaction of hnvf.
 */
public final class SystemException extends HnvfException {

  private static final long serialVersionUID = 1L;

  private SystemException(ExitCode exitCode, String message) {
    super(exitCode, message);
  }

  private SystemException(ExitCode exitCode, String message, Throwable cause) {
    super(exitCode, message, cause);
  }

  /** Creates the fault of a failed system operation. */
  public static SystemException failed(String message) {
    return new SystemException(ExitCode.SYSTEM, message);
  }

  /** Creates the fault of a system operation that failed because of {@code cause}. */
  public static SystemException failed(String message, Throwable cause) {
    return new SystemException(ExitCode.SYSTEM, message, cause);
  }

  /** Creates the fault of an operation that another process blocks; a retry may succeed. */
  public static SystemException busy(String message) {
    return new SystemException(ExitCode.BUSY, message);
  }
}
