package org.hnvf.model;

/**
 * The user's fault: what hnvf was given cannot be used as it is. Nothing was changed.
 *
 * <p>The message says what was given, what is wrong with it and what would be right.
 */
public final class UserException extends HnvfException {

  private static final long serialVersionUID = 1L;

  private UserException(ExitCode exitCode, String message) {
    super(exitCode, message);
  }

  /** A command line that makes no sense. */
  public static UserException usage(String message) {
    return new UserException(ExitCode.USAGE, message);
  }

  /** Data from outside that is malformed or hostile. */
  public static UserException badData(String message) {
    return new UserException(ExitCode.BAD_DATA, message);
  }

  /** There is no such interface, VF or pair. */
  public static UserException noSuchPair(String message) {
    return new UserException(ExitCode.UNAVAILABLE, message);
  }

  /** The caller is not root. */
  public static UserException notRoot(String message) {
    return new UserException(ExitCode.NOT_ROOT, message);
  }

  /** The configuration of hnvf, or of the guest, forbids it. */
  public static UserException configuration(String message) {
    return new UserException(ExitCode.CONFIGURATION, message);
  }
}
