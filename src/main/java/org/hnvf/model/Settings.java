package org.hnvf.model;

import java.time.Duration;

/**
 * The settings of hnvf's configuration file.
 *
 * @param strategy when the configuration moves
 * @param lookEvery the interval at which the daemon reconciles every pair without an event
 * @param scriptTimeLimit the time limit of an override script
 * @param hookTimeLimit the time for all hooks after one outcome
 * @param holdFirst the back-off after a first failure
 * @param holdLongest the longest back-off
 * @param logLevel how much the daemon writes into its log
 * @param moving the policy for moving a configuration
 * @param reporting the form of the log, and the file of the metrics
 */
public record Settings(
    Strategy strategy,
    Duration lookEvery,
    Duration scriptTimeLimit,
    Duration hookTimeLimit,
    Duration holdFirst,
    Duration holdLongest,
    LogLevel logLevel,
    MovePolicy moving,
    Reporting reporting) {

  /** The largest value of {@link #holdFirst} and {@link #holdLongest}. */
  public static final Duration MOST_HELD = Duration.ofDays(1);

  /** The settings of an empty configuration file. */
  public static final Settings DEFAULTS =
      new Settings(
          Strategy.ON_VF_UP,
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofHours(1),
          LogLevel.INFO,
          MovePolicy.DEFAULTS,
          Reporting.DEFAULTS);

  /** Returns a copy with this strategy. */
  public Settings with(Strategy other) {
    return copy(other, lookEvery, moving);
  }

  /** Returns a copy with this interval of reconciliation. */
  public Settings lookingEvery(Duration period) {
    return copy(strategy, period, moving);
  }

  /** Returns a copy with this policy. */
  public Settings moving(MovePolicy policy) {
    return copy(strategy, lookEvery, policy);
  }

  private Settings copy(Strategy other, Duration period, MovePolicy policy) {
    return new Settings(
        other,
        period,
        scriptTimeLimit,
        hookTimeLimit,
        holdFirst,
        holdLongest,
        logLevel,
        policy,
        reporting);
  }
}
