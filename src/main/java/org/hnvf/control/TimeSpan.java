package org.hnvf.control;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.hnvf.model.UserException;

/** A time as an operator gives it: {@code 90s}, {@code 15m}, {@code 2h}. */
public final class TimeSpan {

  private static final Duration LONGEST = Duration.ofDays(3650);

  private TimeSpan() {}

  /**
   * Reads the value of {@code --for}.
   *
   * @throws UserException (usage) where it is no time, none at all, or longer than ten years
   */
  public static Duration parse(String text) throws UserException {
    Duration parsed;
    try {
      parsed = Duration.parse("PT" + text);
    } catch (DateTimeParseException e) {
      throw UserException.usage("--for takes a time such as 90s, 15m or 2h, not \"" + text + "\"");
    }
    if (parsed.isNegative() || parsed.isZero()) {
      throw UserException.usage("--for takes a time of more than nothing, not \"" + text + "\"");
    }
    if (parsed.compareTo(LONGEST) > 0) {
      throw UserException.usage("--for takes ten years at most, not \"" + text + "\"");
    }
    return parsed;
  }
}
