package org.hnvf.pairconfig;

import com.google.common.collect.ImmutableList;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.hnvf.model.Prefix;
import org.hnvf.model.Route;

/**
 * The order in which a pair's routes can be added: the kernel accepts a gateway only if it has a
 * route to it (transcript 65: {@code route add default} fails with {@code Invalid argument} before
 * the route to the gateway is added).
 */
final class RouteOrder {

  private RouteOrder() {}

  /** Returns these routes with each one after the route by which its gateway is reached. */
  static ImmutableList<Route> sorted(Collection<Route> routes, Collection<Prefix> own) {
    return ImmutableList.sortedCopyOf(Comparator.comparing(route -> distance(route, own)), routes);
  }

  /**
   * Returns the distance: to the interface itself, through an address of the interface, through a
   * neighbour, through a gateway outside the interface's networks.
   */
  private static int distance(Route route, Collection<Prefix> own) {
    if (!route.isViaGateway()) {
      return 0;
    }
    Optional<InetAddress> gateway = route.gatewayAddress();
    if (gateway.isEmpty() || gateway.get().isLinkLocalAddress()) {
      return 2;
    }
    if (own.stream().anyMatch(prefix -> prefix.address().equals(gateway.get()))) {
      return 1;
    }
    return own.stream().anyMatch(prefix -> prefix.contains(gateway.get())) ? 2 : 3;
  }
}
