package org.hnvf.pairconfig;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.model.GuestState;
import org.hnvf.model.InterfaceAddress;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Prefix;
import org.hnvf.model.Route;

/**
 * The routes of a pair: the live ones through hn or its lagg, and the default routers of rc.conf(5)
 * if the guest has no default route and the router is reached through the pair.
 */
final class PairRoutes {

  private final GuestState guest;
  private final InterfaceName hn;
  private final int fib;
  private final ImmutableList<NetInterface> holders;
  private final ImmutableList<Prefix> own;
  private final ImmutableList<Route> live;

  /**
   * Creates the routes of a pair.
   *
   * @param fib the FIB of hn
   * @param holders hn, and its lagg
   * @param addresses the pair's addresses, live or not
   */
  PairRoutes(
      GuestState guest,
      InterfaceName hn,
      int fib,
      ImmutableList<NetInterface> holders,
      Collection<Prefix> addresses) {
    this.guest = guest;
    this.hn = hn;
    this.fib = fib;
    this.holders = holders;
    this.own =
        Stream.concat(addresses.stream(), holders.stream().flatMap(PairRoutes::prefixes))
            .distinct()
            .collect(ImmutableList.toImmutableList());
    this.live =
        guest.routes().stream()
            .filter(r -> r.isStatic() && !r.isOfDaemon())
            .filter(r -> isHolder(r.netif()))
            .collect(ImmutableList.toImmutableList());
  }

  private static Stream<Prefix> prefixes(NetInterface shown) {
    return shown.addresses().stream().map(InterfaceAddress::prefix);
  }

  private boolean isHolder(String name) {
    return name.equals(hn.value()) || holders.stream().anyMatch(h -> h.name().equals(name));
  }

  /** Returns the live IPv4 default route, or the configured one if the guest has none. */
  Optional<Route> defaultRoute(Optional<String> ofRcConf, Optional<String> ofLease) {
    return defaultRoute(false, ofRcConf.filter(this::isReached).or(() -> ofLease));
  }

  /**
   * Returns the other static IPv4 routes.
   *
   * @param ofRcConf configured routes that are absent
   */
  ImmutableList<Route> routes(Collection<Route> ofRcConf) {
    return RouteOrder.sorted(
        Stream.concat(
                live.stream().filter(r -> !r.ipv6() && !r.isDefaultOf(false, fib)),
                ofRcConf.stream().filter(r -> !r.ipv6()))
            .toList(),
        own);
  }

  /** Returns the routes of rc.conf that go through this pair and are absent. */
  ImmutableList<Route> lost(Collection<ImmutableList<String>> ofRcConf) {
    return ofRcConf.stream()
        .flatMap(operands -> RcRoutes.of(operands, hn).stream())
        .filter(route -> !route.isDefault())
        .filter(route -> guest.routes().stream().noneMatch(route::hasSameDestination))
        .filter(route -> isReached(route.gateway(), route.fib()))
        .distinct()
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * Returns the gateway of a default route among the {@code static_routes}. It stands there instead
   * of in {@code defaultrouter} if the route to the gateway must be added before it.
   */
  Optional<String> router(Collection<ImmutableList<String>> ofRcConf, boolean ipv6) {
    return ofRcConf.stream()
        .flatMap(operands -> RcRoutes.of(operands, hn).stream())
        .filter(route -> route.isDefaultOf(ipv6, fib))
        .map(Route::gateway)
        .findFirst();
  }

  /** Returns the static IPv6 routes, including the live or configured default route. */
  ImmutableList<Route> routes6(Optional<String> router, Collection<Route> ofRcConf) {
    return RouteOrder.sorted(
        Stream.of(
                live.stream().filter(r -> r.ipv6() && !r.isDefaultOf(true, fib)),
                ofRcConf.stream().filter(Route::ipv6),
                defaultRoute(true, router.filter(this::isReached)).stream())
            .flatMap(some -> some)
            .toList(),
        own);
  }

  private Optional<Route> defaultRoute(boolean ipv6, Optional<String> router) {
    Optional<Route> standing = live.stream().filter(r -> r.isDefaultOf(ipv6, fib)).findFirst();
    return standing.isPresent() || guest.hasDefaultRoute(ipv6, fib)
        ? standing
        : router.map(
            address ->
                new Route(ipv6, "default", address, "UGS", hn.value(), Optional.empty()).in(fib));
  }

  /**
   * Returns whether a router of rc.conf is reached through this pair and not through another NIC,
   * which may be absent now. The zone must be the pair's, or the router must be in a network of the
   * pair and in no narrower one of another interface, or a route through the pair must lead to it.
   */
  private boolean isReached(String router) {
    return isReached(router, fib);
  }

  /** Only the pair's own FIB contains the pair's networks. */
  private boolean isReached(String router, int table) {
    int zone = router.indexOf('%');
    if (zone >= 0) {
      return table == fib && isHolder(router.substring(zone + 1));
    }
    if (!InetAddresses.isInetAddress(router)) {
      return false;
    }
    InetAddress address = InetAddresses.forString(router);
    int narrowest =
        guest.interfaces().values().stream()
            .filter(other -> !isHolder(other.name()) && other.fib().orElse(0) == table)
            .flatMap(PairRoutes::prefixes)
            .filter(prefix -> prefix.contains(address))
            .mapToInt(Prefix::length)
            .max()
            .orElse(-1);
    boolean isNeighbour =
        table == fib && own.stream().anyMatch(p -> p.contains(address) && p.length() >= narrowest);
    return isNeighbour
        || (narrowest < 0 && live.stream().anyMatch(r -> r.fib() == table && r.leadsTo(address)));
  }

  /**
   * Returns the pair's address by which a gateway outside its networks is reached: the gateway of
   * the route to it.
   */
  Optional<Prefix> wayTo(InetAddress gateway, Collection<Prefix> addresses) {
    return live.stream()
        .filter(route -> route.fib() == fib && route.isViaGateway() && route.leadsTo(gateway))
        .flatMap(route -> addresses.stream().filter(p -> p.host().equals(route.gateway())))
        .findFirst();
  }
}
