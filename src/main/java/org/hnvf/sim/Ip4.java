package org.hnvf.sim;

import java.net.InetAddress;
import org.hnvf.model.Prefix;
import org.jspecify.annotations.Nullable;

/**
 * An IPv4 address of an interface.
 *
 * <p>{@code ownsRoute} is the kernel's IFA_ROUTE: of all addresses with the same prefix, one holds
 * the prefix route (sys/netinet/in.c, in_addprefix).
 */
final class Ip4 {
  Prefix prefix;
  @Nullable InetAddress broadcast;
  boolean ownsRoute;

  /** The virtual host of carp(4) that it belongs to; 0 where it is the interface's own. */
  int vhid;

  /** The number that routes are bound to, and the order in which addresses were added. */
  long serial;

  Ip4() {
    this(Prefix.of("0.0.0.0"), null, 0);
  }

  Ip4(Prefix prefix, @Nullable InetAddress broadcast, long serial) {
    this.prefix = prefix;
    this.broadcast = broadcast;
    this.serial = serial;
  }

  InetAddress address() {
    return prefix.address();
  }
}
