package org.hnvf.model;

import java.util.Arrays;
import java.util.Optional;

/** The amount of detail in the daemon's log. */
public enum LogLevel {
  /** Each workflow with its reason, steps and result, and every fault. The default. */
  INFO("info"),
  /** In addition, every reconciliation, command and event. */
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
