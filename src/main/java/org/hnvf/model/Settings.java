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
 * @param moving what moves beyond what hnvf moves by itself
 */
public record Settings(
    Strategy strategy,
    Duration lookEvery,
    Duration scriptTimeLimit,
    Duration holdFirst,
    Duration holdLongest,
    LogLevel logLevel,
    MovePolicy moving) {

  /** What holds where nothing is said. */
  public static final Settings DEFAULTS =
      new Settings(
          Strategy.ON_VF_UP,
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Duration.ofHours(1),
          LogLevel.INFO,
          MovePolicy.DEFAULTS);

  /** The same, with this strategy. */
  public Settings with(Strategy other) {
    return new Settings(
        other, lookEvery, scriptTimeLimit, holdFirst, holdLongest, logLevel, moving);
  }

  /** The same, with a look as often as this. */
  public Settings lookingEvery(Duration period) {
    return new Settings(
        strategy, period, scriptTimeLimit, holdFirst, holdLongest, logLevel, moving);
  }

  /** The same, with this policy. */
  public Settings moving(MovePolicy policy) {
    return new Settings(
        strategy, lookEvery, scriptTimeLimit, holdFirst, holdLongest, logLevel, policy);
  }
}
