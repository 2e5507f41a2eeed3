package org.hnvf.sim;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the ARP or neighbour table.
 *
 * @param iface the index of the interface
 * @param mac the MAC address; null if there was no answer
 * @param router whether it announced itself as a router
 * @param permanent whether it was set by {@code -s}, and does not expire
 */
record Neighbour(
    int iface, InetAddress address, @Nullable String mac, boolean router, boolean permanent) {

  /** Creates an entry that the kernel learnt. */
  Neighbour(int iface, InetAddress address, @Nullable String mac, boolean router) {
    this(iface, address, mac, router, false);
  }
}
