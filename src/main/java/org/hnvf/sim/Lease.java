package org.hnvf.sim;

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
record Lease(
    String address,
    int maskLength,
    String router,
    String nameServer,
    String server,
    long seconds,
    long renew,
    long rebind,
    long expire) {}
