package org.hnvf.freebsd;

import org.hnvf.model.Command;

/** The argument vectors of ndp(8). */
public final class Ndp {

  private Ndp() {}

  /** Looks at the entry of an address: exit status 1 where there is none. */
  public static Command look(String address) {
    return Command.reading(TimeLimits.READ, "ndp", "-n", address);
  }

  /**
   * Whether what {@link #look} printed has the link-layer address of this neighbour, in the second
   * column. One that was asked for in vain stands there as {@code (incomplete)}.
   */
  public static boolean isResolved(String text, String address) {
    return text.lines().anyMatch(l -> l.startsWith(address + " ") && !l.contains(" (incomplete) "));
  }

  /** Deletes the entry of an address: exit status 1 where there is none. */
  public static Command delete(String address) {
    return Command.changing(TimeLimits.CHANGE, "ndp", "-d", address);
  }
}
