package org.hnvf.daemon;

import java.util.function.Consumer;

/** Receives the daemon's facts. It may be used by many threads and blocks none of them. */
@FunctionalInterface
public interface FactLog {

  /**
   * Receives a fact.
   *
   * @param about its subject: {@code hn0}, {@code daemon}
   * @param text the fact, one line
   */
  void log(Weight weight, String about, String text);

  /** Creates a log that passes lines of info level on, without causes. */
  static FactLog lines(Consumer<String> lines) {
    return (weight, about, text) -> {
      if (weight != Weight.CAUSE && weight != Weight.DETAIL) {
        lines.accept(about + ": " + text);
      }
    };
  }
}
