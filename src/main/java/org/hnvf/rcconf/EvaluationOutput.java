package org.hnvf.rcconf;

import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hnvf.model.CommandResult;
import org.hnvf.model.UserException;

/**
 * Parses the output of {@code evaluate.sh}, whose form the script describes. The files that it read
 * shared its standard output, so any other text was written by one of them.
 */
final class EvaluationOutput {

  private final CommandResult result;
  private final String text;
  private final Map<String, String> values = new LinkedHashMap<>();
  private int position;
  private Optional<String> lastFile = Optional.empty();

  private EvaluationOutput(CommandResult result) {
    this.result = result;
    this.text = result.stdout();
  }

  /**
   * Returns the variables of an evaluation, complete or not.
   *
   * @throws UserException (configuration) if a file could not be read to its end, or wrote to
   *     standard output; the message names it
   */
  static RcVariables parse(CommandResult result) throws UserException {
    EvaluationOutput output = new EvaluationOutput(result);
    output.files();
    output.variables();
    return new RcVariables(ImmutableMap.copyOf(output.values));
  }

  private void files() throws UserException {
    for (int number = 1; accept("read " + number + " "); number++) {
      String file = quoted().orElseThrow(this::garbled);
      lastFile = Optional.of(file);
      String done = "done " + number + "\n";
      if (accept(done)) {
        continue;
      }
      if (text.indexOf(done, position) < 0) {
        throw unfinished(file);
      }
      throw configuration(
          file
              + " writes to standard output, which a file of rc.conf must not do: \""
              + Printable.of(text.substring(position, text.indexOf(done, position)))
              + "\"");
    }
    if (accept("unreadable ")) {
      throw configuration(
          quoted().orElseThrow(this::garbled) + " does not exist or cannot be read");
    }
  }

  private void variables() throws UserException {
    while (accept("set ")) {
      int space = text.indexOf(' ', position);
      if (space < 0) {
        throw garbled();
      }
      String name = text.substring(position, space);
      position = space + 1;
      values.put(name, quoted().orElseThrow(this::garbled));
    }
    boolean whole = accept("end\n") && position == text.length();
    if (!whole || !result.succeeded() || result.missing().isPresent()) {
      throw garbled();
    }
  }

  private boolean accept(String expected) {
    if (!text.startsWith(expected, position)) {
      return false;
    }
    position += expected.length();
    return true;
  }

  /** Parses a text in single quotes, in which a quote is written {@code '\''}, and a newline. */
  private Optional<String> quoted() {
    StringBuilder value = new StringBuilder();
    if (!accept("'")) {
      return Optional.empty();
    }
    while (true) {
      int quote = text.indexOf('\'', position);
      if (quote < 0) {
        return Optional.empty();
      }
      value.append(text, position, quote);
      position = quote + 1;
      if (accept("\n")) {
        return Optional.of(value.toString());
      }
      if (!accept("\\''")) {
        return Optional.empty();
      }
      value.append('\'');
    }
  }

  private UserException unfinished(String file) {
    if (result.ending() instanceof CommandResult.TimedOut timedOut) {
      return configuration(
          file
              + " was not read to its end within "
              + timedOut.limit().toMillis()
              + " ms; hnvf stopped reading it");
    }
    if (position < text.length()) {
      return configuration(
          file
              + " writes to standard output, which a file of rc.conf must not do, and "
              + "was not read to its end: \""
              + Printable.of(text.substring(position))
              + "\"");
    }
    String complaint = ShellErrors.lastOf(result.stderr()).map(last -> ": " + last).orElse("");
    return configuration(
        file + " ended the shell before all of it was read (" + status() + ")" + complaint);
  }

  /**
   * Returns the error for a different form, which only the files that were read can have caused.
   */
  private UserException garbled() {
    if (result.ending() instanceof CommandResult.TimedOut timedOut) {
      return configuration(
          "rc.conf was not evaluated within "
              + timedOut.limit().toMillis()
              + " ms"
              + lastFile.map(file -> "; the last file read was " + file).orElse(""));
    }
    String complaint = ShellErrors.lastOf(result.stderr()).map(last -> ": " + last).orElse("");
    return configuration(
        lastFile
                .map(file -> file + ", or a file before it, changes the shell's own output")
                .orElse("the shell did not start")
            + " ("
            + status()
            + ")"
            + complaint);
  }

  private String status() {
    return result.ending() instanceof CommandResult.Exited exited
        ? "exit status " + exited.status()
        : "it did not end";
  }

  private static UserException configuration(String message) {
    return UserException.configuration("rc.conf: " + message);
  }
}
