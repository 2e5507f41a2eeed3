package org.hnvf.model;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text form of a duration on the command line and in the configuration file: whole days, hours,
 * minutes and seconds, the largest unit first, such as {@code 90s}, {@code 15m}, {@code 2h}, {@code
 * 1h30m} or {@code 2d}.
 */
public final class Durations {

  /** The longest duration that is accepted: one year. */
  public static final Duration LONGEST = Duration.ofDays(366);

  private static final Pattern TEXT =
      Pattern.compile("(?:([0-9]{1,9})d)?(?:([0-9]{1,9})h)?(?:([0-9]{1,9})m)?(?:([0-9]{1,9})s)?");

  private Durations() {}

  /**
   * Returns the duration; empty if the text is malformed, zero, or longer than {@link #LONGEST}.
   */
  public static Optional<Duration> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Duration duration =
        Duration.ofDays(number(matcher, 1))
            .plusHours(number(matcher, 2))
            .plusMinutes(number(matcher, 3))
            .plusSeconds(number(matcher, 4));
    return duration.isZero() || duration.compareTo(LONGEST) > 0
        ? Optional.empty()
        : Optional.of(duration);
  }

  /**
   * Parses the value of an option.
   *
   * @throws UserException (usage) if it is malformed, zero, or longer than {@link #LONGEST}
   */
  public static Duration ofOption(String option, String text) throws UserException {
    return parse(text)
        .orElseThrow(
            () ->
                UserException.usage(
                    option
                        + " takes a time such as 90s, 15m, 2h or 2d, up to a year, not \""
                        + text
                        + "\""));
  }

  private static long number(Matcher matcher, int group) {
    String digits = matcher.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }

  /** Returns the shortest text of a duration in whole seconds: {@code 1m} for sixty seconds. */
  public static String text(Duration duration) {
    StringBuilder text = new StringBuilder();
    append(text, duration.toHours(), 'h');
    append(text, duration.toMinutesPart(), 'm');
    append(text, duration.toSecondsPart(), 's');
    return text.length() == 0 ? "0s" : text.toString();
  }

  private static void append(StringBuilder text, long number, char unit) {
    if (number != 0) {
      text.append(number).append(unit);
    }
  }
}
