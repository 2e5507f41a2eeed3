package org.hnvf.model;

import java.time.Duration;
import java.util.Optional;

/**
 * What came of a {@link Command}.
 *
 * <p>Its standard output may be a part of what it wrote. Nothing may be concluded from what a part
 * does not show, so a parser gets it from {@link #wholeText} alone.
 *
 * @param command what was run
 * @param ending how it ended
 * @param stdout what it wrote to standard output, or of it the lines that the command asks for, as
 *     far as the runner's cap allows: to be shown to a person
 * @param missing why {@code stdout} is not all of that; empty where it is
 * @param stderr what it wrote to standard error, as far as the runner's cap allows
 * @param elapsed how long it took
 */
public record CommandResult(
    Command command,
    Ending ending,
    String stdout,
    Optional<String> missing,
    String stderr,
    Duration elapsed) {

  /** A result with all that was written to standard output. */
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

  /**
   * What it wrote to standard output, all of it: the one text of which may be said what is not
   * there.
   *
   * @throws SystemException where it did not end with exit status 0, or not all of the text is
   *     there; the message names the command and what came back
   */
  public String wholeText() throws SystemException {
    if (!succeeded()) {
      throw SystemException.failed(summary());
    }
    if (missing.isPresent()) {
      throw SystemException.failed(
          "what `"
              + command.line()
              + "` printed"
              + command.filter().map(filter -> " (" + filter.keeps() + ")").orElse("")
              + " is not whole: "
              + missing.get());
    }
    return stdout;
  }

  /** Whether it wrote this text, as far as its output was kept. */
  public boolean says(String text) {
    return stderr.contains(text) || stdout.contains(text);
  }

  /** The same result, as one of another command. */
  public CommandResult of(Command other) {
    return new CommandResult(other, ending, stdout, missing, stderr, elapsed);
  }

  /** The same result without the end of its standard output. */
  public CommandResult cut(String part, String why) {
    return new CommandResult(command, ending, part, Optional.of(why), stderr, elapsed);
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
