package org.hnvf.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Formats a JSON object as one line. It needs no databind, which would stay in the memory of the
 * daemon.
 */
public final class JsonLine {

  private static final char LINE_SEPARATOR = 0x2028;
  private static final char PARAGRAPH_SEPARATOR = 0x2029;

  private JsonLine() {}

  /** Returns the object with these members, in order, without a newline. */
  public static String of(Map<String, String> members) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(line)) {
      json.writeStartObject();
      for (Map.Entry<String, String> member : members.entrySet()) {
        json.writeStringField(member.getKey(), member.getValue());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing a line into memory", e);
    }
    return escaped(line.toString());
  }

  /**
   * Escapes the control characters that JSON allows in a string. They would act on a terminal, and
   * some of them end a line for some programs.
   */
  private static String escaped(String json) {
    if (json.chars().noneMatch(JsonLine::mustBeEscaped)) {
      return json;
    }
    StringBuilder shown = new StringBuilder(json.length() + 8);
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (mustBeEscaped(c)) {
        String digits = Integer.toHexString(c);
        shown.append("\\u").append("0".repeat(4 - digits.length())).append(digits);
      } else {
        shown.append(c);
      }
    }
    return shown.toString();
  }

  private static boolean mustBeEscaped(int c) {
    return Character.isISOControl(c) || c == LINE_SEPARATOR || c == PARAGRAPH_SEPARATOR;
  }
}
