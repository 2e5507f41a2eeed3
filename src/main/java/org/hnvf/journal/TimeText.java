package org.hnvf.journal;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** A time in the files under /var/db/hnvf: ISO 8601, in UTC. */
final class TimeText {

  private TimeText() {}

  /** Returns the time; empty if the text is not valid. */
  static Optional<Instant> parse(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
