package org.hnvf.doctor;

import java.util.Optional;

/** passwd(5). */
final class Passwd {

  private static final String ROOT = "root:";
  private static final int SHELL = 6;

  private Passwd() {}

  /** Returns the shell of root; empty if there is no such line, or the shell is not set. */
  static Optional<String> rootShell(String text) {
    return text.lines()
        .filter(line -> line.startsWith(ROOT))
        .findFirst()
        .map(line -> line.split(":", -1))
        .filter(fields -> fields.length > SHELL && fields[SHELL].startsWith("/"))
        .map(fields -> fields[SHELL].strip());
  }
}
