package org.hnvf.sim;

import com.google.common.net.InetAddresses;
import org.hnvf.model.Prefix;

/**
 * A DHCP lease.
 *
 * @param address the address
 * @param maskLength the length of its prefix
 * @param router the default gateway
 * @param nameServer the name server
 * @param server the DHCP server
 * @param seconds its length
 * @param renew when to ask again, in seconds since 1970
 * @param rebind when to ask anybody
 * @param expire when it ends
 */
record GrantedLease(
    String address,
    int maskLength,
    String router,
    String nameServer,
    String server,
    long seconds,
    long renew,
    long rebind,
    long expire) {

  /** The prefix that it gives to its interface. */
  Prefix prefix() {
    return new Prefix(InetAddresses.forString(address), maskLength);
  }

  /** The same, given for {@code length} seconds from this second of 1970 on. */
  GrantedLease givenAt(long second, long length) {
    return new GrantedLease(
        address,
        maskLength,
        router,
        nameServer,
        server,
        length,
        second + length / 2,
        second + length * 7 / 8,
        second + length);
  }
}
