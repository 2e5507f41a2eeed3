package org.hnvf.lab.replay;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.model.UserException;

/**
 * A recorded transcript: commands, and what they printed.
 *
 * @param name what it is called, for messages
 * @param comments the lines that begin with {@code #}, without it
 */
public record Transcript(
    String name, ImmutableList<String> comments, ImmutableList<Recorded> entries) {

  private static final Pattern END = Pattern.compile("\\[exit (-?\\d+)\\](?: \\(([0-9.]+) s\\))?");
  private static final String NO_END_OF_LINE = "<no newline at end>";

  /**
   * One command as it was recorded.
   *
   * @param line the number of its line in the file
   * @param took how long it took
   */
  public record Recorded(
      int line, String command, String stdout, String stderr, int status, Duration took) {}

  /**
   * Reads a transcript.
   *
   * @throws UserException (bad data) with file and line, if the text is not a transcript
   */
  public static Transcript parse(String name, String text) throws UserException {
    return new Reader(name, text.lines().toList()).read();
  }

  /** The comments as one text. */
  String commentary() {
    return String.join("\n", comments);
  }

  private static final class Reader {
    private final String name;
    private final List<String> lines;
    private final ImmutableList.Builder<String> comments = ImmutableList.builder();
    private final ImmutableList.Builder<Recorded> entries = ImmutableList.builder();
    private int at;

    Reader(String name, List<String> lines) {
      this.name = name;
      this.lines = lines;
    }

    Transcript read() throws UserException {
      while (at < lines.size()) {
        String line = lines.get(at++);
        if (line.startsWith("$ ")) {
          entries.add(entry(line.substring(2)));
        } else if (line.startsWith("#")) {
          comments.add(line.substring(1).strip());
        }
      }
      ImmutableList<Recorded> found = entries.build();
      if (found.isEmpty()) {
        throw UserException.badData(
            name + ": not a transcript: there is no line that begins with \"$ \"");
      }
      return new Transcript(name, comments.build(), found);
    }

    private Recorded entry(String command) throws UserException {
      int first = at;
      StringBuilder whole = new StringBuilder(command);
      StringBuilder out = new StringBuilder();
      StringBuilder err = new StringBuilder();
      StringBuilder into = null;
      while (at < lines.size()) {
        String line = lines.get(at++);
        Matcher end = END.matcher(line);
        if (end.matches()) {
          return new Recorded(
              first, whole.toString(), out.toString(), err.toString(), status(end), took(end));
        }
        if (line.equals("[stdout]")) {
          into = out;
        } else if (line.equals("[stderr]")) {
          into = err;
        } else if (into == null && line.startsWith("$ ")) {
          break;
        } else if (into == null) {
          whole.append('\n').append(line);
        } else if (line.endsWith(NO_END_OF_LINE)) {
          into.append(line, 0, line.length() - NO_END_OF_LINE.length());
        } else {
          into.append(line).append('\n');
        }
      }
      at = first;
      throw bad("the command has no [exit N] line: " + command);
    }

    private int status(Matcher end) throws UserException {
      try {
        return Integer.parseInt(end.group(1));
      } catch (NumberFormatException e) {
        throw bad("not an exit status: " + end.group(1));
      }
    }

    private Duration took(Matcher end) throws UserException {
      String seconds = end.group(2);
      try {
        return seconds == null
            ? Duration.ZERO
            : Duration.ofMillis(Math.round(Double.parseDouble(seconds) * 1000));
      } catch (NumberFormatException e) {
        throw bad("not a duration: " + seconds);
      }
    }

    private UserException bad(String what) {
      return UserException.badData(name + ", line " + at + ": " + what);
    }
  }
}
