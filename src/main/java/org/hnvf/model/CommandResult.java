package org.hnvf.model;

import java.time.Duration;

/**
 * What came of a {@link Command}.
 *
 * @param command what was run
 * @param ending how it ended
 * @param stdout what it wrote to standard output, as far as the runner's cap allows
 * @param stderr what it wrote to standard error, as far as the runner's cap allows
 * @param elapsed how long it took
 */
public record CommandResult(
    Command command, Ending ending, String stdout, String stderr, Duration elapsed) {

  /** How a command ended. */
  public sealed interface Ending {}

  /**
   * It ran to its end.
   *
   * @param status its exit status; 128 + N where signal N ended it
   */
  public record Exited(int status) implements Ending {}

  /**
   * It did not end within its limit and was killed with all its descendants. It may have worked.
   */
  public record TimedOut(Duration limit) implements Ending {}

  /**
   * There is no such program.
   *
   * @param searched where it was looked for
   */
  public record NotFound(String searched) implements Ending {}

  /** It could not be started, or not waited for. */
  public record NotRun(String reason) implements Ending {}

  /** Whether it ended with exit status 0. */
  public boolean succeeded() {
    return ending instanceof Exited exited && exited.status() == 0;
  }

  /** One line for a person: the command, how it ended, and the first line that it complained. */
  public String summary() {
    return "`" + command.line() + "` " + outcome();
  }

  private String outcome() {
    if (ending instanceof Exited exited) {
      String complaint = firstLine(stderr.isBlank() ? stdout : stderr);
      return exited.status() == 0
          ? "succeeded"
          : "exited " + exited.status() + (complaint.isEmpty() ? "" : ": " + complaint);
    }
    if (ending instanceof TimedOut timedOut) {
      return "did not end within " + timedOut.limit().toMillis() + " ms and was killed";
    }
    if (ending instanceof NotFound notFound) {
      return "was not found in " + notFound.searched();
    }
    return "could not be run: " + ((NotRun) ending).reason();
  }

  private static String firstLine(String text) {
    String stripped = text.strip();
    int end = stripped.indexOf('\n');
    return end < 0 ? stripped : stripped.substring(0, end);
  }
}
