package org.hnvf.freebsd;

import org.hnvf.model.Command;

/** The argument vectors of arp(8). */
public final class Arp {

  private Arp() {}

  /** Looks at the entry of an address: exit status 1 where there is none. */
  public static Command look(String address) {
    return Command.reading(TimeLimits.READ, "arp", "-n", address);
  }

  /** Deletes the entry of an address: exit status 1 where there is none. */
  public static Command delete(String address) {
    return Command.changing(TimeLimits.CHANGE, "arp", "-d", address);
  }
}
