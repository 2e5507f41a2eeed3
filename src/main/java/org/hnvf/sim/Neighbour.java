package org.hnvf.sim;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the ARP or neighbour table.
 *
 * @param iface the index of the interface
 * @param mac the MAC address; null if there was no answer
 * @param router whether it announced itself as a router
 */
record Neighbour(int iface, InetAddress address, @Nullable String mac, boolean router) {}
