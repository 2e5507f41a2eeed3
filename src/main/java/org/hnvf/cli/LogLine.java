package org.hnvf.cli;

import com.google.common.collect.ImmutableMap;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.hnvf.daemon.Weight;
import org.hnvf.report.JsonLine;

/**
 * A fact for the log.
 *
 * @param at its time
 * @param weight its weight
 * @param about its subject: {@code hn0}, {@code daemon}
 * @param text its text
 */
record LogLine(Instant at, Weight weight, String about, String text) {

  private static final int NANOS_A_MILLI = 1_000_000;

  /** Returns the line of the log file: {@code 2026-11-26T14:23:03.120+01:00 hn0: VF_UP of hn0}. */
  String stamped(ZoneId zone) {
    return time(zone) + " " + printable(about + ": " + text);
  }

  /** Returns the line of the log file as a JSON object. */
  String json(ZoneId zone) {
    return JsonLine.of(
        ImmutableMap.of("time", time(zone), "level", level(), "about", about, "text", text));
  }

  private String level() {
    return switch (weight) {
      case FAULT -> "fault";
      case OUTCOME -> "outcome";
      case FACT -> "fact";
      case CAUSE -> "cause";
      case DETAIL -> "detail";
    };
  }

  private String time(ZoneId zone) {
    ZoneOffset offset = zone.getRules().getOffset(at);
    LocalDateTime time = LocalDateTime.ofEpochSecond(at.getEpochSecond(), at.getNano(), offset);
    StringBuilder line = new StringBuilder(40);
    digits(line, time.getYear(), 4).append('-');
    digits(line, time.getMonthValue(), 2).append('-');
    digits(line, time.getDayOfMonth(), 2).append('T');
    digits(line, time.getHour(), 2).append(':');
    digits(line, time.getMinute(), 2).append(':');
    digits(line, time.getSecond(), 2).append('.');
    digits(line, time.getNano() / NANOS_A_MILLI, 3);
    return line.append(offset.getTotalSeconds() == 0 ? "+00:00" : offset.getId()).toString();
  }

  /** Returns the line for syslog and a terminal. */
  String plain() {
    return plain(about + ": " + text);
  }

  /** Returns a message of hnvf on standard error: its name, and one line. */
  static String plain(String text) {
    return "hnvf: " + printable(text);
  }

  /**
   * Appends a number with leading zeros. The formatter of java.time takes longer to load than the
   * rest of the log.
   */
  private static StringBuilder digits(StringBuilder line, int number, int width) {
    String digits = Integer.toString(number);
    return line.append("0".repeat(Math.max(0, width - digits.length()))).append(digits);
  }

  /**
   * Returns the text with control characters as {@code \xNN}, so that no value can begin a line.
   */
  static String printable(String text) {
    if (text.chars().noneMatch(Character::isISOControl)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        shown.append("\\n");
      } else if (c == '\t') {
        shown.append("\\t");
      } else if (Character.isISOControl(c)) {
        shown.append("\\x").append(Character.forDigit(c >> 4, 16));
        shown.append(Character.forDigit(c & 0xf, 16));
      } else {
        shown.append(c);
      }
    }
    return shown.toString();
  }
}
