package org.hnvf.model;

/**
 * A host on the network of a pair, which hnvf can ask whether traffic passes: a router, or another
 * host where there is no router.
 *
 * @param ipv6 whether it is known by an IPv6 address
 * @param address its address; a link-local one with a zone, {@code fe80::1%hn0}
 */
public record ProbeTarget(boolean ipv6, String address) {

  /** Returns this host with the zone of another interface. */
  public ProbeTarget on(InterfaceName name) {
    int zone = address.indexOf('%');
    return zone < 0 ? this : new ProbeTarget(ipv6, address.substring(0, zone + 1) + name);
  }

  /** Returns the address without its zone. */
  public String host() {
    int zone = address.indexOf('%');
    return zone < 0 ? address : address.substring(0, zone);
  }

  @Override
  public String toString() {
    return address;
  }
}
