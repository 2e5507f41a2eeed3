package org.hnvf.model;

/**
 * An error of the caller: hnvf cannot use its input, and changed nothing.
 *
 * <p>The message names the input, its error and a correct input.
 */
public final class UserException extends HnvfException {

  private static final long serialVersionUID = 1L;

  private UserException(ExitCode exitCode, String message) {
    super(exitCode, message);
  }

  /** Creates the error of an invalid command line. */
  public static UserException usage(String message) {
    return new UserException(ExitCode.USAGE, message);
  }

  /** Creates the error of malformed or hostile external data. */
  public static UserException badData(String message) {
    return new UserException(ExitCode.BAD_DATA, message);
  }

  /** Creates the error of a missing interface, VF or pair. */
  public static UserException noSuchPair(String message) {
    return new UserException(ExitCode.UNAVAILABLE, message);
  }

  /** Creates the error of a caller that is not root. */
  public static UserException notRoot(String message) {
    return new UserException(ExitCode.NOT_ROOT, message);
  }

  /** Creates the error of an operation that the configuration of hnvf or of the guest forbids. */
  public static UserException configuration(String message) {
    return new UserException(ExitCode.CONFIGURATION, message);
  }
}
