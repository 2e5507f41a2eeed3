package org.hnvf.freebsd;

import org.hnvf.model.Command;

/** The argument vectors of ping(8). */
public final class Ping {

  private Ping() {}

  /**
   * Sends one packet and waits two seconds at most. With or without a reply, this resolves the
   * neighbour's link-layer address.
   */
  public static Command once(boolean ipv6, String address) {
    return Command.reading(TimeLimits.READ, ipv6 ? "ping6" : "ping", "-c1", "-t2", address);
  }
}
