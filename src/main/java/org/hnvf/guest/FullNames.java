package org.hnvf.guest;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import java.util.Optional;
import org.hnvf.freebsd.Netstat;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Route;

/** Completes the names of interfaces that FreeBSD's programs print in part or not at all. */
final class FullNames {

  private FullNames() {}

  /**
   * Returns the routes with complete names. A shortened name that fits several interfaces is
   * unchanged.
   *
   * @param names the names of all interfaces
   */
  static ImmutableList<Route> inRoutes(ImmutableList<Route> routes, ImmutableSet<String> names) {
    return routes.stream()
        .map(route -> withNetif(route, wholeName(route.netif(), names)))
        .collect(ImmutableList.toImmutableList());
  }

  private static Route withNetif(Route route, String netif) {
    return netif.equals(route.netif()) ? route : route.by(netif);
  }

  private static String wholeName(String netif, ImmutableSet<String> names) {
    if (netif.length() < Netstat.NAME_WIDTH || names.contains(netif)) {
      return netif;
    }
    ImmutableList<String> candidates =
        names.stream()
            .filter(name -> name.startsWith(netif))
            .collect(ImmutableList.toImmutableList());
    return candidates.size() == 1 ? candidates.get(0) : netif;
  }

  /** Returns the interfaces, with their own names as driver names if those are missing. */
  static ImmutableMap<String, NetInterface> ofDrivers(
      ImmutableMap<String, NetInterface> interfaces) {
    return ImmutableMap.copyOf(Maps.transformValues(interfaces, FullNames::withDriverName));
  }

  private static NetInterface withDriverName(NetInterface shown) {
    return new NetInterface(
        shown.name(),
        shown.flags(),
        shown.metric(),
        shown.mtu(),
        shown.description(),
        shown.options(),
        shown.ether(),
        shown.hwaddr(),
        shown.addresses(),
        shown.lagg(),
        shown.groups(),
        shown.media(),
        shown.status(),
        shown.nd6(),
        shown.fib(),
        Optional.of(shown.driverName().orElse(shown.name())),
        shown.others());
  }
}
