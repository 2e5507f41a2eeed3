package org.hnvf.freebsd;

import org.hnvf.model.Command;

/** The argument vectors of ndp(8). */
public final class Ndp {

  private Ndp() {}

  /** Shows the entry of an address; exit status 1 if there is none. */
  public static Command look(String address) {
    return Command.reading(TimeLimits.READ, "ndp", "-n", address);
  }

  /**
   * Returns whether the second column in the output of {@link #look} contains the link-layer
   * address of this neighbour. A neighbour that did not answer is shown as {@code (incomplete)}.
   */
  public static boolean isResolved(String text, String address) {
    return text.lines().anyMatch(l -> l.startsWith(address + " ") && !l.contains(" (incomplete) "));
  }

  /** Deletes the entry of an address: exit status 1 if there is none. */
  public static Command delete(String address) {
    return Command.changing(TimeLimits.CHANGE, "ndp", "-d", address);
  }
}
