package org.hnvf.model;

/**
 * A DHCP client that runs and is not the base system's dhclient(8): hnvf can neither end nor start
 * it as it has to when a lease changes its interface.
 *
 * @param program its name: {@code dhcpcd}, {@code dual-dhclient}, {@code dhclient} of ISC, …
 * @param command its command line, or the title that it gave itself
 */
public record ForeignClient(String program, String command) {}
