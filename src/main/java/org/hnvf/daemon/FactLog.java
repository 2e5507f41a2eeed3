package org.hnvf.daemon;

import java.util.function.Consumer;

/** Takes the daemon's facts. It may be used by many threads, and holds none of them up. */
@FunctionalInterface
public interface FactLog {

  /**
   * Takes a fact.
   *
   * @param about what it is about: {@code hn0}, {@code daemon}
   * @param text the fact, one line
   */
  void log(Weight weight, String about, String text);

  /** One that hands over as a line what a log has at info level, but for causes. */
  static FactLog lines(Consumer<String> lines) {
    return (weight, about, text) -> {
      if (weight != Weight.CAUSE && weight != Weight.DETAIL) {
        lines.accept(about + ": " + text);
      }
    };
  }
}
