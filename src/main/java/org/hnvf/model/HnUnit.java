package org.hnvf.model;

/**
 * The unit N of a synthetic NIC, as in {@code dev.hn.N} (hn(4)). The unit identifies a pair,
 * because interfaces can be renamed and the unit does not change.
 */
public record HnUnit(int number) implements Comparable<HnUnit> {

  /** Checks that the unit is not negative. */
  public HnUnit {
    if (number < 0) {
      throw new IllegalArgumentException("negative unit: " + number);
    }
  }

  /** The name that hn(4) gives to this unit's interface, {@code hnN}; it may have been renamed. */
  public InterfaceName driverName() {
    return new InterfaceName("hn" + number);
  }

  @Override
  public int compareTo(HnUnit other) {
    return Integer.compare(number, other.number);
  }

  @Override
  public String toString() {
    return Integer.toString(number);
  }
}
