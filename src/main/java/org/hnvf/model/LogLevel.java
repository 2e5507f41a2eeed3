package org.hnvf.model;

import java.util.Arrays;
import java.util.Optional;

/** How much the daemon writes into its log. */
public enum LogLevel {
  /** What was begun and why, its steps, how it ended, and every fault. The default. */
  INFO("info"),
  /** Every look, command and event besides. */
  DEBUG("debug");

  private final String text;

  LogLevel(String text) {
    this.text = text;
  }

  /** Its name in the configuration file. */
  public String text() {
    return text;
  }

  /** The level of this name. */
  public static Optional<LogLevel> named(String text) {
    return Arrays.stream(values()).filter(level -> level.text.equals(text)).findFirst();
  }
}
