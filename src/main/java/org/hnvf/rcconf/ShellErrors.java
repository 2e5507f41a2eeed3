package org.hnvf.rcconf;

import java.util.Optional;
import java.util.stream.Stream;

/** Finds the relevant line in the standard error of a shell. */
final class ShellErrors {

  private ShellErrors() {}

  static Optional<String> firstOf(String stderr) {
    return lines(stderr).findFirst();
  }

  /** Returns the last line, in which a shell names the reason of its exit. */
  static Optional<String> lastOf(String stderr) {
    return lines(stderr).reduce((before, last) -> last);
  }

  private static Stream<String> lines(String stderr) {
    return stderr.lines().map(String::strip).filter(line -> !line.isEmpty()).map(Printable::of);
  }
}
