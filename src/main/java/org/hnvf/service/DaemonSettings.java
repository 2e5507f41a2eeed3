package org.hnvf.service;

import java.time.Duration;
import org.hnvf.model.Strategy;

/**
 * What the operator can set about the daemon.
 *
 * @param strategy when the configuration moves
 * @param lookEvery how often every pair is looked at though nothing has happened; a second or more
 */
public record DaemonSettings(Strategy strategy, Duration lookEvery) {

  /** Everything after VF_UP; a look each minute. */
  public static final DaemonSettings DEFAULT =
      new DaemonSettings(Strategy.ON_VF_UP, Duration.ofSeconds(60));

  /** Checks that the pauses are no shorter than a second. */
  public DaemonSettings {
    if (lookEvery.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("lookEvery is less than a second: " + lookEvery);
    }
  }
}
