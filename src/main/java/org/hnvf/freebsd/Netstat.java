package org.hnvf.freebsd;

import org.hnvf.model.Command;

/** The argument vectors of netstat(1). */
public final class Netstat {

  private Netstat() {}

  /** Shows the routing tables, of IPv4 and IPv6. */
  public static Command routes() {
    return Command.reading(TimeLimits.READ, "netstat", "-rn");
  }
}
