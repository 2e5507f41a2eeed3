package org.hnvf.model;

import java.time.Duration;

/**
 * What the configuration file of hnvf can set.
 *
 * @param strategy when the configuration moves
 * @param lookEvery how often the daemon looks at every pair without being told to
 * @param scriptTimeLimit how long an override script may take
 * @param holdFirst how long a VF is held down after a first failure
 * @param holdLongest how long at most, after many
 * @param logLevel how much the daemon writes into its log
 */
public record Settings(
    Strategy strategy,
    Duration lookEvery,
    Duration scriptTimeLimit,
    Duration holdFirst,
    Duration holdLongest,
    LogLevel logLevel) {

  /** What holds where nothing is said. */
  public static final Settings DEFAULTS =
      new Settings(
          Strategy.ON_VF_UP,
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Duration.ofHours(1),
          LogLevel.INFO);

  /** The same, with this strategy. */
  public Settings with(Strategy other) {
    return new Settings(other, lookEvery, scriptTimeLimit, holdFirst, holdLongest, logLevel);
  }

  /** The same, with a look as often as this. */
  public Settings lookingEvery(Duration period) {
    return new Settings(strategy, period, scriptTimeLimit, holdFirst, holdLongest, logLevel);
  }
}
