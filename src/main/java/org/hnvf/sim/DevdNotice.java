package org.hnvf.sim;

import java.time.Instant;

/**
 * A line that devd(8) writes to its pipe.
 *
 * @param micros when, in microseconds since 1970-01-01T00:00:00Z of virtual time
 * @param line the line, {@code !system=IFNET subsystem=hn0 type=LINK_UP}, without its end
 */
public record DevdNotice(long micros, String line) {

  /** When. */
  public Instant at() {
    return Micros.instant(micros);
  }
}
