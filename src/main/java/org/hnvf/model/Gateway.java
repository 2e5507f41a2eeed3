package org.hnvf.model;

/**
 * A router on the network of a pair.
 *
 * @param ipv6 whether it is known by an IPv6 address
 * @param address its address; a link-local one with a zone, {@code fe80::1%hn0}
 */
public record Gateway(boolean ipv6, String address) {

  /** Returns this router with the zone of another interface. */
  public Gateway on(InterfaceName name) {
    int zone = address.indexOf('%');
    return zone < 0 ? this : new Gateway(ipv6, address.substring(0, zone + 1) + name);
  }

  @Override
  public String toString() {
    return address;
  }
}
