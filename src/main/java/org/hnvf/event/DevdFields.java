package org.hnvf.event;

import com.google.common.collect.ImmutableMap;
import java.util.HashMap;
import java.util.Map;
import org.hnvf.model.UserException;

/**
 * The {@code key=value} pairs of a notification. A value is bare up to the next space, or in double
 * quotes; there {@code \"} and {@code \\} stand for a quote and a backslash (devctl_safe_quote_sb
 * of kern/subr_bus.c), and any other backslash for itself.
 *
 * <p>devd(8) stops at the first malformed field and uses the last of duplicate keys; this parser
 * rejects both, so that a line has only one meaning.
 */
final class DevdFields {

  private static final int LONGEST_SHOWN = 32;

  private final String line;
  private final Map<String, String> values = new HashMap<>();
  private int at;

  private DevdFields(String line, int start) {
    this.line = line;
    this.at = start;
  }

  /** Reads the pairs of a line from this position to its end. */
  static ImmutableMap<String, String> of(String line, int start) throws UserException {
    DevdFields fields = new DevdFields(line, start);
    fields.skipSpaces();
    while (fields.at < line.length()) {
      fields.readPair();
    }
    return ImmutableMap.copyOf(fields.values);
  }

  private void readPair() throws UserException {
    String key = key();
    String value = at < line.length() && line.charAt(at) == '"' ? quoted(key) : bare();
    if (values.put(key, value) != null) {
      throw DevdLine.refused(line, "key " + shown(key) + " occurs twice");
    }
    skipSpaces();
  }

  private String key() throws UserException {
    int start = at;
    while (at < line.length() && isKeyCharacter(line.charAt(at))) {
      at++;
    }
    if (at == start || at == line.length() || line.charAt(at) != '=') {
      throw DevdLine.refused(line, "no key=value at column " + (start + 1));
    }
    return line.substring(start, at++);
  }

  private String bare() {
    int start = at;
    while (at < line.length() && line.charAt(at) != ' ') {
      at++;
    }
    return line.substring(start, at);
  }

  private String quoted(String key) throws UserException {
    StringBuilder value = new StringBuilder();
    for (at++; at < line.length(); at++) {
      char c = line.charAt(at);
      if (c == '"') {
        at++;
        if (at < line.length() && line.charAt(at) != ' ') {
          throw DevdLine.refused(line, "no space after the value of " + shown(key));
        }
        return value.toString();
      }
      if (c == '\\' && at + 1 < line.length() && "\"\\".indexOf(line.charAt(at + 1)) >= 0) {
        c = line.charAt(++at);
      }
      value.append(c);
    }
    throw DevdLine.refused(line, "the closing quote of " + shown(key) + " is missing");
  }

  private void skipSpaces() {
    while (at < line.length() && line.charAt(at) == ' ') {
      at++;
    }
  }

  private static String shown(String key) {
    return key.length() > LONGEST_SHOWN
        ? "\"" + key.substring(0, LONGEST_SHOWN) + "…\""
        : "\"" + key + "\"";
  }

  /** As is_id_char of devd.cc. */
  private static boolean isKeyCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-';
  }
}
