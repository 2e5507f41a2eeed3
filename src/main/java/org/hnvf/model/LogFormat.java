package org.hnvf.model;

import java.util.Arrays;
import java.util.Optional;

/** The form of a line in the daemon's log. */
public enum LogFormat {
  /** Time, subject and text. The default. */
  TEXT("text"),
  /** A JSON object. */
  JSON("json");

  private final String text;

  LogFormat(String text) {
    this.text = text;
  }

  /** Its name in the configuration file. */
  public String text() {
    return text;
  }

  /** The format of this name. */
  public static Optional<LogFormat> named(String text) {
    return Arrays.stream(values()).filter(format -> format.text.equals(text)).findFirst();
  }
}
