package org.hnvf.freebsd;

import org.hnvf.model.Command;

/** The argument vectors of arp(8). */
public final class Arp {

  private Arp() {}

  /** Shows the entry of an address; exit status 1 if there is none. */
  public static Command look(String address) {
    return Command.reading(TimeLimits.READ, "arp", "-n", address);
  }

  /**
   * Returns whether the output of {@link #look} contains the link-layer address of this neighbour:
   * {@code ? (10.0.2.2) at 52:55:0a:00:02:02 on hn0 expires in 1200 seconds [ethernet]}. A
   * neighbour that did not answer is shown as {@code (incomplete)}.
   */
  public static boolean isResolved(String text, String address) {
    return text.lines()
        .anyMatch(l -> l.contains("(" + address + ") at ") && !l.contains(") at (incomplete)"));
  }

  /** Deletes the entry of an address: exit status 1 if there is none. */
  public static Command delete(String address) {
    return Command.changing(TimeLimits.CHANGE, "arp", "-d", address);
  }
}
