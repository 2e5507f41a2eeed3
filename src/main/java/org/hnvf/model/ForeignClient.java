package org.hnvf.model;

/**
 * A running DHCP client other than the base system's dhclient(8). hnvf cannot stop and start it,
 * which moving a lease to another interface requires.
 *
 * @param program its name: {@code dhcpcd}, {@code dual-dhclient}, {@code dhclient} of ISC, …
 * @param command its command line or process title
 */
public record ForeignClient(String program, String command) {}
