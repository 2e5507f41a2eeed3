package org.hnvf.plan;

import com.google.common.collect.ImmutableList;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.hnvf.model.Configuration;
import org.hnvf.model.Configuration.InetAddressAt;
import org.hnvf.model.Route;

/**
 * The static routes that must be added after an address has moved. The kernel selects the interface
 * whose network contains the gateway, and hn if both hn and the lagg have the address
 * (ifa_ifwithnet of sys/net/if.c): the route would be on hn and be deleted with the address.
 */
final class WaitingRoutes {

  private WaitingRoutes() {}

  /**
   * Returns the routes whose gateway is reached through an address that is still on hn.
   *
   * @param moved the addresses that have left hn
   */
  static ImmutableList<Route> of(Configuration conf, Collection<InetAddressAt> moved) {
    return conf.routes().stream()
        .filter(Route::isViaGateway)
        .filter(
            route ->
                route
                    .gatewayAddress()
                    .flatMap(gateway -> by(conf, gateway))
                    .filter(address -> !moved.contains(address))
                    .isPresent())
        .collect(ImmutableList.toImmutableList());
  }

  private static Optional<InetAddressAt> by(Configuration conf, InetAddress gateway) {
    return conf.inet().stream()
        .filter(address -> address.prefix().contains(gateway))
        .max(Comparator.comparing(address -> address.prefix().length()));
  }
}
