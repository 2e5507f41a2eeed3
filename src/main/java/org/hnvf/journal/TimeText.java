package org.hnvf.journal;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** A time as the files under /var/db/hnvf have it: ISO 8601, in UTC. */
final class TimeText {

  private TimeText() {}

  /** Empty where it is no time. */
  static Optional<Instant> parse(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
