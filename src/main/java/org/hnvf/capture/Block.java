package org.hnvf.capture;

import java.time.Duration;

/**
 * One command of a capture with its result, or one file, as {@code cat PATH}.
 *
 * @param source what was read
 * @param command the command line
 * @param stdout the standard output
 * @param stderr the standard error
 * @param status the exit status
 * @param took the run time
 */
public record Block(
    Source source, String command, String stdout, String stderr, int status, Duration took) {

  /** Creates the block of a reading that hnvf does without a process. */
  static Block read(Source source, String command, String stdout) {
    return new Block(source, command, stdout, "", 0, Duration.ZERO);
  }

  /** Creates the block of such a reading that failed. */
  static Block failed(Source source, String command, String why) {
    return new Block(source, command, "", why + "\n", 1, Duration.ZERO);
  }

  /** Returns the same block with another output. */
  Block with(String newStdout, String newStderr) {
    return new Block(source, command, newStdout, newStderr, status, took);
  }

  /** Returns the same block with another command line. */
  Block named(String newCommand) {
    return new Block(source, newCommand, stdout, stderr, status, took);
  }
}
