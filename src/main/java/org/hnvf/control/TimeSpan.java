package org.hnvf.control;

import java.time.Duration;
import org.hnvf.model.Durations;
import org.hnvf.model.UserException;

/** A time as an operator gives it: {@code 90s}, {@code 15m}, {@code 2h}. */
public final class TimeSpan {

  private TimeSpan() {}

  /**
   * Reads the value of {@code --for}.
   *
   * @throws UserException (usage) where it is no time, none at all, or longer than a year
   */
  public static Duration parse(String text) throws UserException {
    return Durations.parse(text)
        .orElseThrow(
            () ->
                UserException.usage(
                    "--for takes a time such as 90s, 15m or 2h, up to a year, not \""
                        + text
                        + "\""));
  }
}
