package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.Optional;

/**
 * One line of {@code netstat -rn}.
 *
 * @param ipv6 whether it stands in the table of IPv6
 * @param destination as printed: {@code default}, {@code 10.0.2.0/24}, {@code 10.0.2.50}
 * @param gateway as printed: an address, {@code fe80::1%hn0} or {@code link#4}
 * @param flags as printed: {@code UGS}
 * @param netif the interface, as printed; netstat may cut a long name short
 * @param expire the last column, where it is filled
 * @param numbers the columns that {@code -W} prints before the interface, {@code Nhop#} and {@code
 *     Mtu}; empty without it
 * @param fib the routing table
 */
public record Route(
    boolean ipv6,
    String destination,
    String gateway,
    String flags,
    String netif,
    Optional<String> expire,
    ImmutableList<String> numbers,
    int fib) {

  /** Creates a route of FIB 0 without the columns of {@code -W}. */
  public Route(
      boolean ipv6,
      String destination,
      String gateway,
      String flags,
      String netif,
      Optional<String> expire) {
    this(ipv6, destination, gateway, flags, netif, expire, ImmutableList.of(), 0);
  }

  /** Whether this is a default route. */
  public boolean isDefault() {
    return destination.equals("default");
  }

  /** Whether it goes through a gateway (RTF_GATEWAY). */
  public boolean isViaGateway() {
    return flags.contains("G");
  }

  /**
   * Returns whether a process or an administrator added it (RTF_STATIC), and not the kernel or a
   * router advertisement.
   */
  public boolean isStatic() {
    return flags.contains("S");
  }

  /**
   * Whether a routing daemon added it (RTF_PROTO1 to RTF_PROTO3, as bird and frr do): hnvf leaves
   * such a route to the daemon.
   */
  public boolean isOfDaemon() {
    return flags.contains("1") || flags.contains("2") || flags.contains("3");
  }

  /** Whether it is for one host (RTF_HOST). */
  public boolean isHost() {
    return flags.contains("H");
  }

  /**
   * Its gateway without a zone, where that is an address, and neither a link nor a hardware
   * address.
   */
  public Optional<InetAddress> gatewayAddress() {
    return Optional.of(withoutZone(gateway))
        .filter(InetAddresses::isInetAddress)
        .map(InetAddresses::forString);
  }

  /** Returns whether it has the same destination and table; the interface may differ. */
  public boolean hasSameDestination(Route other) {
    return fib == other.fib && ipv6 == other.ipv6 && destination.equals(other.destination);
  }

  /** Whether it is the default route of this family in this table. */
  public boolean isDefaultOf(boolean family6, int table) {
    return isDefault() && ipv6 == family6 && fib == table;
  }

  /** Returns a copy in another table. */
  public Route in(int table) {
    return new Route(ipv6, destination, gateway, flags, netif, expire, numbers, table);
  }

  /** Returns a copy through an interface of this name, without other changes. */
  public Route by(String name) {
    return new Route(ipv6, destination, gateway, flags, name, expire, numbers, fib);
  }

  /**
   * Whether its destination, without a zone, is, or holds, this address; false for a default route.
   */
  public boolean leadsTo(InetAddress address) {
    String plain = withoutZone(destination);
    int slash = plain.indexOf('/');
    return InetAddresses.isInetAddress(slash < 0 ? plain : plain.substring(0, slash))
        && Prefix.of(plain).contains(address);
  }

  /**
   * Returns a copy through another interface of the pair; the zone of a link-local gateway changes
   * with it.
   */
  public Route on(InterfaceName name) {
    return new Route(
        ipv6,
        withZone(destination, name),
        withZone(gateway, name),
        flags,
        name.value(),
        expire,
        numbers,
        fib);
  }

  /** Java knows only the zones of interfaces that are there. */
  private static String withoutZone(String address) {
    int zone = address.indexOf('%');
    if (zone < 0) {
      return address;
    }
    int slash = address.indexOf('/', zone);
    return address.substring(0, zone) + (slash < 0 ? "" : address.substring(slash));
  }

  private static String withZone(String address, InterfaceName name) {
    int zone = address.indexOf('%');
    if (zone < 0) {
      return address;
    }
    int slash = address.indexOf('/', zone);
    return address.substring(0, zone + 1) + name + (slash < 0 ? "" : address.substring(slash));
  }
}
