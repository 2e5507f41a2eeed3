package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/**
 * All that belongs to a pair and must stand on exactly one of hn and lagg: what is live on either,
 * and what rc.conf adds to that.
 *
 * @param inet the IPv4 addresses, the first one being what DHCP gave, or what the default route
 *     needs
 * @param leased the one that DHCP gave
 * @param over the address of a lease that is over; where it still stands it has to go
 * @param inet6 the IPv6 addresses that somebody set: no link-local ones, none that the kernel makes
 * @param defaultRoute the IPv4 default route
 * @param routes the other static IPv4 routes, those without a gateway first
 * @param routes6 the static IPv6 routes, a default route among them
 * @param dhcp whether a DHCP client serves it
 * @param ipv6 whether IPv6 is on
 * @param acceptRtadv whether IPv6 is taken from router advertisements
 * @param duplicateDetection whether IPv6 addresses are checked for duplicates
 * @param description what {@code ifconfig description} set
 * @param fib its routing table, where it is not 0
 * @param notes what is live though rc.conf does not have it, and what cannot be carried
 */
public record Configuration(
    ImmutableList<InetAddressAt> inet,
    Optional<Prefix> leased,
    Optional<Prefix> over,
    ImmutableList<Prefix> inet6,
    Optional<Route> defaultRoute,
    ImmutableList<Route> routes,
    ImmutableList<Route> routes6,
    boolean dhcp,
    boolean ipv6,
    boolean acceptRtadv,
    boolean duplicateDetection,
    Optional<String> description,
    Optional<Integer> fib,
    ImmutableList<String> notes) {

  /**
   * An IPv4 address.
   *
   * @param prefix the address
   * @param broadcast its broadcast address, where that is not the prefix's own
   */
  public record InetAddressAt(Prefix prefix, Optional<String> broadcast) {}

  /** The same without the address that DHCP gave, and without the default route through it. */
  public Configuration withoutLease() {
    return new Configuration(
        inet.stream()
            .filter(address -> leased.filter(address.prefix()::equals).isEmpty())
            .collect(ImmutableList.toImmutableList()),
        Optional.empty(),
        over,
        inet6,
        Optional.empty(),
        routes,
        routes6,
        dhcp,
        ipv6,
        acceptRtadv,
        duplicateDetection,
        description,
        fib,
        notes);
  }

  /** The IPv6 default route, one of {@link #routes6}. */
  public Optional<Route> defaultRoute6() {
    return routes6.stream().filter(Route::isDefault).findFirst();
  }

  /**
   * The same without a default route that is not its own.
   *
   * @param ofInet whether to leave out that of IPv4
   * @param ofInet6 whether to leave out that of IPv6
   */
  public Configuration withoutDefaultRoute(boolean ofInet, boolean ofInet6) {
    return new Configuration(
        inet,
        leased,
        over,
        inet6,
        ofInet ? Optional.empty() : defaultRoute,
        routes,
        routes6.stream()
            .filter(route -> !(ofInet6 && route.isDefault()))
            .collect(ImmutableList.toImmutableList()),
        dhcp,
        ipv6,
        acceptRtadv,
        duplicateDetection,
        description,
        fib,
        notes);
  }
}
