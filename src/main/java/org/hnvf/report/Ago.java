package org.hnvf.report;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Durations and times for a person: one unit, or two where the smaller one matters. */
final class Ago {

  private Ago() {}

  /** Returns a time in whole seconds. */
  static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Returns a past time with its age; the age is left out if the clock was set back since. */
  static String since(Instant at, Instant now) {
    return at.isAfter(now)
        ? time(at)
        : time(at) + " (" + rough(Duration.between(at, now)) + " ago)";
  }

  /** Returns a future time with the time that is left. */
  static String until(Instant at, Instant now) {
    return now.isBefore(at)
        ? time(at) + " (in " + rough(Duration.between(now, at)) + ")"
        : time(at) + " (now)";
  }

  /**
   * Returns a duration in its largest unit or two: {@code 3 d 4 h}, {@code 12 min}, {@code 5 s}.
   */
  static String rough(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min";
    }
    return seconds < 86_400
        ? seconds / 3600 + " h" + rest(seconds % 3600 / 60, "min")
        : seconds / 86_400 + " d" + rest(seconds % 86_400 / 3600, "h");
  }

  /** Returns a short duration: milliseconds below one second, tenths of a second above. */
  static String exact(Duration duration) {
    long millis = Math.max(0, duration.toMillis());
    return millis < 1000 ? millis + " ms" : millis / 1000 + "." + millis % 1000 / 100 + " s";
  }

  private static String rest(long number, String unit) {
    return number == 0 ? "" : " " + number + " " + unit;
  }
}
