package org.hnvf.model;

/**
 * How often the VF of a pair came and went.
 *
 * @param came how often it came
 * @param went how often it went
 */
public record VfCounts(long came, long went) {

  /** Returns the sum. */
  public VfCounts plus(VfCounts other) {
    return new VfCounts(came + other.came, went + other.went);
  }

  /** Returns the difference. */
  public VfCounts minus(VfCounts other) {
    return new VfCounts(came - other.came, went - other.went);
  }
}
