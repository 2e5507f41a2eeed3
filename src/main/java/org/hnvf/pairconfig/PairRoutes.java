package org.hnvf.pairconfig;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.model.GuestState;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Prefix;
import org.hnvf.model.Route;

/**
 * The routes of a pair: the live ones through hn or its lagg, the static routes of rc.conf(5) that
 * are absent, and its default routers if the guest has no default route. Those of rc.conf belong to
 * the pair if their gateway is reached through it.
 */
final class PairRoutes {

  private final GuestState guest;
  private final InterfaceName hn;
  private final int fib;
  private final ImmutableList<NetInterface> holders;
  private final ImmutableList<Prefix> own;
  private final ImmutableList<Route> configured;
  private final ImmutableList<Route> live;
  private final ImmutableList<Route> lost;

  /**
   * Creates the routes of a pair.
   *
   * @param fib the FIB of hn
   * @param holders hn, and its lagg
   * @param addresses the pair's addresses, live or not
   * @param staticRoutes the operands of the static routes of rc.conf
   */
  PairRoutes(
      GuestState guest,
      InterfaceName hn,
      int fib,
      ImmutableList<NetInterface> holders,
      Collection<Prefix> addresses,
      Collection<ImmutableList<String>> staticRoutes) {
    this.guest = guest;
    this.hn = hn;
    this.fib = fib;
    this.holders = holders;
    this.own =
        Stream.concat(addresses.stream(), holders.stream().flatMap(NetInterface::prefixes))
            .distinct()
            .collect(ImmutableList.toImmutableList());
    this.live =
        guest.routes().stream()
            .filter(r -> r.isStatic() && !r.isOfDaemon())
            .filter(r -> isHolder(r.netif()))
            .collect(ImmutableList.toImmutableList());
    this.configured =
        staticRoutes.stream()
            .flatMap(operands -> RcRoutes.of(operands, hn).stream())
            .distinct()
            .collect(ImmutableList.toImmutableList());
    this.lost = absent();
  }

  private boolean isHolder(String name) {
    return name.equals(hn.value()) || holders.stream().anyMatch(h -> h.name().equals(name));
  }

  /**
   * Returns the routes of rc.conf that go through this pair and are absent: each one after the
   * route by which its gateway is reached, which may be absent, too.
   */
  private ImmutableList<Route> absent() {
    List<Route> absent = new ArrayList<>();
    for (Route route : RouteOrder.sorted(configured, own)) {
      if (!route.isDefault()
          && guest.routes().stream().noneMatch(route::hasSameDestination)
          && isReached(route, absent)) {
        absent.add(route);
      }
    }
    return ImmutableList.copyOf(absent);
  }

  /** Returns the routes of rc.conf that go through this pair and are absent. */
  ImmutableList<Route> lost() {
    return lost;
  }

  /** Returns the live IPv4 default route, or the configured one if the guest has none. */
  Optional<Route> defaultRoute(Optional<String> ofRcConf, Optional<String> ofLease) {
    return defaultRoute(false, router(false, ofRcConf).or(() -> ofLease));
  }

  /** Returns the other static IPv4 routes, the absent ones of rc.conf included. */
  ImmutableList<Route> routes() {
    return RouteOrder.sorted(
        Stream.concat(live.stream(), lost.stream())
            .filter(r -> !r.ipv6() && !r.isDefaultOf(false, fib))
            .toList(),
        own);
  }

  /**
   * Returns the static IPv6 routes, the absent ones of rc.conf and the default route included.
   *
   * @param ofRcConf the default router of rc.conf
   */
  ImmutableList<Route> routes6(Optional<String> ofRcConf) {
    return RouteOrder.sorted(
        Stream.concat(
                Stream.concat(live.stream(), lost.stream())
                    .filter(r -> r.ipv6() && !r.isDefaultOf(true, fib)),
                defaultRoute(true, router(true, ofRcConf)).stream())
            .toList(),
        own);
  }

  /**
   * Returns the default router of rc.conf if it is reached through the pair. Without {@code
   * defaultrouter} it may be among the {@code static_routes}, if the route to the gateway must be
   * added before it.
   */
  private Optional<String> router(boolean ipv6, Optional<String> ofRcConf) {
    return ofRcConf
        .or(
            () ->
                configured.stream()
                    .filter(route -> route.isDefaultOf(ipv6, fib))
                    .map(Route::gateway)
                    .findFirst())
        .filter(gateway -> isReached(gateway, fib, lost));
  }

  private Optional<Route> defaultRoute(boolean ipv6, Optional<String> router) {
    Optional<Route> standing = live.stream().filter(r -> r.isDefaultOf(ipv6, fib)).findFirst();
    return standing.isPresent() || guest.hasDefaultRoute(ipv6, fib)
        ? standing
        : router.map(
            address ->
                new Route(ipv6, "default", address, "UGS", hn.value(), Optional.empty()).in(fib));
  }

  private boolean isReached(Route route, Collection<Route> ways) {
    return route.isViaGateway()
        ? isReached(route.gateway(), route.fib(), ways)
        : route.fib() == fib;
  }

  /**
   * Returns whether a router of rc.conf is reached through this pair and not through another NIC,
   * which may be absent now. The zone must be the pair's, or the router must be in a network of the
   * pair and in no narrower one of another interface, or a route through the pair must lead to it.
   * Only the pair's own FIB contains the pair's networks.
   *
   * @param ways the pair's routes beside the live ones
   */
  private boolean isReached(String router, int table, Collection<Route> ways) {
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
            .flatMap(NetInterface::prefixes)
            .filter(prefix -> prefix.contains(address))
            .mapToInt(Prefix::length)
            .max()
            .orElse(-1);
    boolean isNeighbour =
        table == fib && own.stream().anyMatch(p -> p.contains(address) && p.length() >= narrowest);
    return isNeighbour
        || (narrowest < 0
            && Stream.concat(live.stream(), ways.stream())
                .anyMatch(r -> r.fib() == table && r.leadsTo(address)));
  }

  /**
   * Returns the pair's address by which a gateway outside its networks is reached: the gateway of
   * the route to it.
   */
  Optional<Prefix> wayTo(InetAddress gateway, Collection<Prefix> addresses) {
    return Stream.concat(live.stream(), lost.stream())
        .filter(route -> route.fib() == fib && route.isViaGateway() && route.leadsTo(gateway))
        .flatMap(route -> addresses.stream().filter(p -> p.host().equals(route.gateway())))
        .findFirst();
  }
}
