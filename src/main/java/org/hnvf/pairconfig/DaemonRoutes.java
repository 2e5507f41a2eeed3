package org.hnvf.pairconfig;

import java.util.stream.Stream;
import org.hnvf.model.Dependent;
import org.hnvf.model.Route;

/**
 * Routes of a routing daemon, which bird and frr mark with RTF_PROTO1 to RTF_PROTO3. The daemon
 * sees interfaces come and go, and sets its routes itself. Only the default route cannot wait for
 * that.
 */
final class DaemonRoutes {

  private DaemonRoutes() {}

  static Stream<Dependent> of(Subject s) {
    return Stream.concat(Stream.of(s.hn()), s.pair().lagg().stream())
        .flatMap(s.guest()::routesOn)
        .filter(Route::isOfDaemon)
        .map(route -> s.moves() && route.isDefault() ? refused(s, route) : told(s, route));
  }

  private static Dependent told(Subject s, Route route) {
    return Dependent.told(
        "route to " + route.destination(),
        "the route to "
            + route.destination()
            + " was set by a routing daemon (flags "
            + route.flags()
            + "); hnvf does not move it between "
            + s.hn()
            + " and the lagg",
        "configure the daemon to use the lagg, too");
  }

  private static Dependent refused(Subject s, Route route) {
    String router = route.ipv6() ? "ipv6_defaultrouter" : "defaultrouter";
    return Dependent.refused(
        (route.ipv6() ? "IPv6 default route" : "default route") + " of a routing daemon",
        "the "
            + (route.ipv6() ? "IPv6 " : "")
            + "default route through "
            + s.hn()
            + " was set by a routing daemon (flags "
            + route.flags()
            + "); after a move the guest would be cut off until the daemon sets it "
            + "again",
        "set " + router + " in rc.conf, and configure the daemon not to set the default route");
  }
}
