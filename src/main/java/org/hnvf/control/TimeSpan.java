package org.hnvf.control;

import java.time.Duration;
import org.hnvf.model.Durations;
import org.hnvf.model.UserException;

/** A time span as an operator writes it: {@code 90s}, {@code 15m}, {@code 2h}. */
public final class TimeSpan {

  private TimeSpan() {}

  /**
   * Parses the value of {@code --for}.
   *
   * @throws UserException (usage) if it is not a time span, is zero, or is longer than a year
   */
  public static Duration parse(String text) throws UserException {
    return Durations.parse(text)
        .orElseThrow(
            () ->
                UserException.usage(
                    "--for takes a time such as 90s, 15m, 2h or 2d, up to a year, not \""
                        + text
                        + "\""));
  }
}
