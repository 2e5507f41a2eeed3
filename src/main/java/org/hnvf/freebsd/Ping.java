package org.hnvf.freebsd;

import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;

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

  /**
   * Returns whether a packet filter of the guest did not let the packet out. sendto(2) then fails
   * with EACCES; the exit status is that of a packet without an answer.
   */
  public static boolean isFiltered(CommandResult result) {
    return !result.succeeded() && result.stderr().contains("Permission denied");
  }
}
