package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The result of a {@link Command}.
 *
 * <p>The kept standard output may be incomplete. A parser must not conclude from incomplete output
 * that a line is absent, so a parser reads it only through {@link #wholeText}.
 *
 * @param command the command
 * @param ending how it ended
 * @param stdout the standard output, or those of its lines that the command's filter keeps, up to
 *     the runner's cap; for display only
 * @param missing the reason why {@code stdout} is incomplete; empty if it is complete
 * @param stderr the standard error, up to the runner's cap
 * @param elapsed the run time
 */
public record CommandResult(
    Command command,
    Ending ending,
    String stdout,
    Optional<String> missing,
    String stderr,
    Duration elapsed) {

  /** Creates a result with complete standard output. */
  public CommandResult(
      Command command, Ending ending, String stdout, String stderr, Duration elapsed) {
    this(command, ending, stdout, Optional.empty(), stderr, elapsed);
  }

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
   * The program was not found.
   *
   * @param searched the searched paths
   */
  public record NotFound(String searched) implements Ending {}

  /** The program could not be started, or its end could not be awaited. */
  public record NotRun(String reason) implements Ending {}

  /** Whether it ended with exit status 0. */
  public boolean succeeded() {
    return ending instanceof Exited exited && exited.status() == 0;
  }

  /**
   * Returns the complete standard output. Only from complete output may a caller conclude that a
   * line is absent.
   *
   * @throws SystemException if the exit status is not 0 or the output is incomplete; the message
   *     names the command and its result
   */
  public String wholeText() throws SystemException {
    if (!succeeded()) {
      throw SystemException.failed(summary());
    }
    if (missing.isPresent()) {
      throw SystemException.failed(
          "the output of `"
              + command.line()
              + "`"
              + command.filter().map(filter -> " (" + filter.keeps() + ")").orElse("")
              + " is incomplete: "
              + missing.get());
    }
    return stdout;
  }

  /** Returns whether the kept output contains this text. */
  public boolean outputContains(String text) {
    return stderr.contains(text) || stdout.contains(text);
  }

  /** Returns the lines of the kept output, and then of the error output, for display only. */
  public ImmutableList<String> shownLines() {
    return Stream.of(stdout, stderr)
        .flatMap(String::lines)
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns this result as the result of another command. */
  public CommandResult of(Command other) {
    return new CommandResult(other, ending, stdout, missing, stderr, elapsed);
  }

  /** Returns a copy whose standard output is cut. */
  public CommandResult cut(String part, String why) {
    return new CommandResult(command, ending, part, Optional.of(why), stderr, elapsed);
  }

  /** Returns one line with the command, its ending and the first line of its error output. */
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
