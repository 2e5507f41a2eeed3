package org.hnvf.model;

/**
 * A running dhclient(8), by its worker process ({@code dhclient: hn0 (dhclient)} in ps(1)).
 *
 * @param interfaceName the interface that it serves
 * @param pid the worker's process id
 */
public record DhcpClient(String interfaceName, long pid) {}
