package org.hnvf.model;

import java.util.Optional;

/**
 * The DHCP lease of an interface, from the last block of its lease file (dhclient.leases(5)).
 *
 * @param prefix the address
 * @param router the first router
 */
public record LeasedAddress(Prefix prefix, Optional<String> router) {}
