package org.hnvf.rcconf;

import java.util.Optional;
import java.util.stream.Stream;

/** Finds the line that matters in what a shell wrote to standard error. */
final class ShellErrors {

  private ShellErrors() {}

  static Optional<String> firstOf(String stderr) {
    return lines(stderr).findFirst();
  }

  /** A shell that ends says why in its last line. */
  static Optional<String> lastOf(String stderr) {
    return lines(stderr).reduce((before, last) -> last);
  }

  private static Stream<String> lines(String stderr) {
    return stderr.lines().map(String::strip).filter(line -> !line.isEmpty()).map(Printable::of);
  }
}
