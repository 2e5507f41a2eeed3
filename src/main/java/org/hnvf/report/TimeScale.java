package org.hnvf.report;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The horizontal axis of a drawing. Places are in percent of the width, so that a drawing fits a
 * screen of any width.
 *
 * @param from the time at the left edge
 * @param to the time at the right edge, later than {@code from}
 */
record TimeScale(Instant from, Instant to) {

  /** The largest number of intervals between ticks; their labels fit on a phone. */
  private static final int MOST_TICKS = 4;

  private static final ImmutableList<Duration> INTERVALS =
      ImmutableList.of(
          Duration.ofMillis(10),
          Duration.ofMillis(20),
          Duration.ofMillis(50),
          Duration.ofMillis(100),
          Duration.ofMillis(200),
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(4),
          Duration.ofHours(12),
          Duration.ofDays(1),
          Duration.ofDays(2),
          Duration.ofDays(4),
          Duration.ofDays(7),
          Duration.ofDays(14),
          Duration.ofDays(30),
          Duration.ofDays(100));

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("MM-dd HH:mm").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(ZoneOffset.UTC);

  /** The smallest width of an interval, in percent. */
  private static final double LEAST = 0.2;

  /** The place of an interval as values of SVG attributes. */
  record Span(String x, String width) {}

  /** A mark on the axis. */
  record Tick(Instant at, String label) {}

  /** Creates a scale with a width of at least one millisecond. */
  static TimeScale of(Instant from, Instant to) {
    Instant least = from.plusMillis(1);
    return new TimeScale(from, to.isBefore(least) ? least : to);
  }

  /** Returns the place of a time; a time outside the scale is at its edge. */
  double percent(Instant at) {
    double share =
        (double) Duration.between(from, at).toMillis() / Duration.between(from, to).toMillis();
    return 100 * Math.max(0, Math.min(1, share));
  }

  /** Returns the place of a time as a value of an SVG attribute. */
  String x(Instant at) {
    return text(percent(at));
  }

  /**
   * Returns the place of an interval. One that is too short to be seen is drawn wider, inside the
   * drawing.
   */
  Span span(Instant begin, Instant end) {
    double width = Math.max(LEAST, percent(end) - percent(begin));
    return new Span(text(Math.min(percent(begin), 100 - width)), text(width));
  }

  private static String text(double percent) {
    return String.format(Locale.ROOT, "%.2f%%", percent);
  }

  /** Returns ticks with the time since the left edge. */
  ImmutableList<Tick> elapsed() {
    ImmutableList.Builder<Tick> ticks = ImmutableList.builder();
    Duration step = interval();
    for (Instant at = from; !at.isAfter(to); at = at.plus(step)) {
      ticks.add(new Tick(at, at.equals(from) ? "0" : Ago.exact(Duration.between(from, at))));
    }
    return ticks.build();
  }

  /** Returns ticks with the time of day or the date, in UTC. */
  ImmutableList<Tick> clock() {
    Duration step = interval();
    DateTimeFormatter form = form(step);
    ImmutableList.Builder<Tick> ticks = ImmutableList.builder();
    long millis = step.toMillis();
    long first = Math.floorDiv(from.toEpochMilli() + millis - 1, millis) * millis;
    for (Instant at = Instant.ofEpochMilli(first); !at.isAfter(to); at = at.plus(step)) {
      ticks.add(new Tick(at, form.format(at)));
    }
    return ticks.build();
  }

  /** Returns a form in which times that are this far apart differ. */
  private static DateTimeFormatter form(Duration step) {
    if (step.compareTo(Duration.ofDays(1)) >= 0) {
      return DAY;
    }
    if (step.compareTo(Duration.ofMinutes(1)) >= 0) {
      return MINUTE;
    }
    return step.compareTo(Duration.ofSeconds(1)) >= 0 ? CLOCK : MILLIS;
  }

  private Duration interval() {
    Duration least = Duration.between(from, to).dividedBy(MOST_TICKS);
    return INTERVALS.stream()
        .filter(interval -> interval.compareTo(least) >= 0)
        .findFirst()
        .orElse(least);
  }
}
