package org.hnvf.lab.rehearse;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.capture.CaptureText;
import org.hnvf.lab.replay.Transcript.Recorded;
import org.hnvf.model.UserException;

/**
 * Reads the text of a capture strictly, because it may come from anybody: the header, then for each
 * command its line, its output and its exit status. A text of any other form is refused with the
 * line and the reason. No command of it is ever run on the machine.
 */
final class CaptureReader {

  private static final String VERSION_1 = CaptureText.HEADING;
  private static final String ANY_VERSION = "# hnvf-capture ";
  private static final ImmutableList<String> HEADER =
      ImmutableList.of("created", "hnvf", "system", "names");
  private static final String SOURCE = "source";
  private static final String ANONYMISED = "anonymised";
  private static final String AS_THEY_ARE = "as they are";
  private static final Pattern END =
      Pattern.compile("\\[exit (\\d{1,3})\\] \\(\\d{1,6}\\.\\d{3} s\\)");
  private static final String NO_END_OF_LINE = "<no newline at end>";
  private static final int LONGEST_LINE = 16_384;
  private static final int MOST_COMMANDS = 2_000;
  private static final int LARGEST_STATUS = 255;
  private static final Splitter LINES = Splitter.on('\n');

  private final String name;
  private final List<String> lines;
  private final boolean ended;
  private int at;

  CaptureReader(String name, String text) {
    this.name = name;
    this.ended = text.endsWith("\n");
    this.lines = LINES.splitToList(ended ? text.substring(0, text.length() - 1) : text);
  }

  Capture read() throws UserException {
    plain();
    if (!lines.get(0).startsWith(ANY_VERSION)) {
      throw bad(1, "not a capture: it does not begin with \"" + VERSION_1 + "\"");
    }
    if (!lines.get(0).equals(VERSION_1)) {
      throw bad(1, "a capture of another version; this hnvf reads version 1");
    }
    if (!ended) {
      throw bad(lines.size(), "truncated: the last line has no end");
    }
    at = 1;
    Instant created = created(header(HEADER.get(0)));
    header(HEADER.get(1));
    String system = header(HEADER.get(2));
    String names = header(HEADER.get(3));
    if (!names.equals(ANONYMISED) && !names.equals(AS_THEY_ARE)) {
      throw bad(at, "names must be \"" + ANONYMISED + "\" or \"" + AS_THEY_ARE + "\"");
    }
    if (at < lines.size() && lines.get(at).startsWith("# " + SOURCE + ": ")) {
      header(SOURCE);
    }
    blank();
    return new Capture(name, created, system, names.equals(ANONYMISED), entries());
  }

  /** Refuses characters that a terminal or a log would act on, and lines beyond all measure. */
  private void plain() throws UserException {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.length() > LONGEST_LINE) {
        throw bad(i + 1, "longer than " + LONGEST_LINE + " characters");
      }
      if (!line.codePoints().allMatch(CaptureReader::isPrintable)) {
        throw bad(i + 1, "has a control character");
      }
    }
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL -> c == '\t';
      case Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private String header(String key) throws UserException {
    String start = "# " + key + ": ";
    if (at >= lines.size() || !lines.get(at).startsWith(start)) {
      throw bad(at + 1, "expected \"" + start + "...\"");
    }
    return lines.get(at++).substring(start.length());
  }

  private Instant created(String text) throws UserException {
    try {
      Instant created = Instant.parse(text);
      if (created.isAfter(Instant.EPOCH)
          && created.isBefore(Instant.parse("2100-01-01T00:00:00Z"))) {
        return created;
      }
    } catch (DateTimeParseException e) {
      // The same message is right.
    }
    throw bad(at, "not a time between 1970 and 2100, such as 2026-11-27T23:00:00Z");
  }

  private void blank() throws UserException {
    if (at >= lines.size() || !lines.get(at).isEmpty()) {
      throw bad(at + 1, "expected an empty line");
    }
    at++;
  }

  private ImmutableList<Recorded> entries() throws UserException {
    ImmutableList.Builder<Recorded> entries = ImmutableList.builder();
    Set<String> seen = new HashSet<>();
    int count = 0;
    while (at < lines.size()) {
      Recorded entry = entry();
      if (++count > MOST_COMMANDS) {
        throw bad(entry.line(), "more than " + MOST_COMMANDS + " commands");
      }
      if (!seen.add(entry.command())) {
        throw bad(entry.line(), "the same command as before: " + entry.command());
      }
      entries.add(entry);
    }
    if (count == 0) {
      throw bad(lines.size(), "truncated: there is no command");
    }
    return entries.build();
  }

  private Recorded entry() throws UserException {
    int first = at + 1;
    String line = lines.get(at++);
    if (!line.startsWith("$ ")) {
      throw bad(first, "expected a command, \"$ ...\"");
    }
    String command = PsWithoutUsers.command(line.substring(2));
    if (!CaptureCommands.isKnown(command)) {
      throw bad(first, "not a command of a capture: " + command);
    }
    String shown = part("[stdout]");
    String out = PsWithoutUsers.is(line.substring(2)) ? PsWithoutUsers.withUsers(shown) : shown;
    int errors = at + 1;
    String err = part("[stderr]");
    if (at >= lines.size()) {
      throw bad(lines.size(), "truncated: `" + command + "` has no \"[exit ...]\" line");
    }
    Matcher end = END.matcher(lines.get(at));
    if (!end.matches()) {
      throw bad(at + 1, "expected output or the end of `" + command + "`");
    }
    int status = Integer.parseInt(end.group(1));
    if (status > LARGEST_STATUS) {
      throw bad(at + 1, "not an exit status: " + status);
    }
    at++;
    blank();
    if (status == 0) {
      new CaptureValues(name, command, first + 2).check(out);
    }
    new CaptureValues(name, "", errors + 1).check(err);
    return new Recorded(first, command, out, err, status, Duration.ZERO);
  }

  /** Reads what follows a mark, up to the next one; empty without the mark. */
  private String part(String mark) {
    StringBuilder text = new StringBuilder();
    if (at >= lines.size() || !lines.get(at).equals(mark)) {
      return "";
    }
    at++;
    while (at < lines.size() && !isMark(lines.get(at))) {
      String line = lines.get(at++);
      if (line.endsWith(NO_END_OF_LINE)) {
        text.append(line, 0, line.length() - NO_END_OF_LINE.length());
      } else {
        text.append(line).append('\n');
      }
    }
    return text.toString();
  }

  private static boolean isMark(String line) {
    return line.equals("[stderr]") || END.matcher(line).matches();
  }

  private UserException bad(int line, String what) {
    return UserException.badData(name + ", line " + line + ": " + what);
  }
}
