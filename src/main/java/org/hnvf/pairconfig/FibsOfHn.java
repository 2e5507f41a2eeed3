package org.hnvf.pairconfig;

import java.util.stream.Stream;
import org.hnvf.model.Dependent;
import org.hnvf.model.Fibs;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Route;

/** The routing tables (FIBs) of hn and its routes (transcripts 67 and 75). */
final class FibsOfHn {

  private FibsOfHn() {}

  static Stream<Dependent> of(Subject s) {
    if (!s.moves()) {
      return Stream.empty();
    }
    Stream.Builder<Dependent> rows = Stream.builder();
    int fib = s.hnNow().flatMap(NetInterface::fib).orElse(0);
    int count = s.guest().fibs().count();
    if (fib != 0) {
      rows.add(dhcp(s) ? refusedDhcp(s, fib) : moved(s, fib));
    }
    s.guest()
        .routesOn(s.hn())
        .filter(route -> isBeyond(s, route, fib))
        .map(route -> refusedRoute(s, route, fib))
        .forEach(rows::add);
    if (count > Fibs.READ) {
      rows.add(
          Dependent.refused(
              "net.fibs",
              "net.fibs is "
                  + count
                  + ", but hnvf reads the routes of at most "
                  + Fibs.READ
                  + " FIBs",
              "set net.fibs to " + Fibs.READ + " or less in /boot/loader.conf"));
    }
    if (count > 1 && s.guest().fibs().addressesInAll()) {
      rows.add(
          Dependent.refused(
              "net.add_addr_allfibs",
              "net.add_addr_allfibs is 1 with "
                  + count
                  + " FIBs; hnvf cannot tell what the kernel does to the routes of an address in "
                  + "the other FIBs when the address moves",
              "set net.add_addr_allfibs to 0 in /etc/sysctl.conf"));
    }
    return rows.build();
  }

  /**
   * Returns whether a route of another FIB depends on a network route of the kernel there. Such a
   * network route remains if the FIB of hn was changed after the address was set.
   */
  private static boolean isBeyond(Subject s, Route route, int fib) {
    return route.fib() != fib
        && route.isStatic()
        && !route.isOfDaemon()
        && route.isViaGateway()
        && route
            .gatewayAddress()
            .filter(gateway -> waysInto(s, route.fib()).noneMatch(way -> way.leadsTo(gateway)))
            .isPresent();
  }

  private static Stream<Route> waysInto(Subject s, int fib) {
    return s.guest()
        .routesOn(s.hn())
        .filter(way -> way.fib() == fib && way.isStatic() && !way.isViaGateway());
  }

  private static Dependent refusedRoute(Subject s, Route route, int fib) {
    return Dependent.refused(
        "route to " + route.destination() + " in FIB " + route.fib(),
        "the route to "
            + route.destination()
            + " in FIB "
            + route.fib()
            + " goes through "
            + s.hn()
            + ", which is in FIB "
            + fib
            + ", by a gateway that only a route made by the kernel reaches in that FIB; "
            + "on a lagg the kernel would not make that route",
        "add a route to the gateway: route add -host "
            + route.gateway()
            + " -interface "
            + s.hn()
            + " -fib "
            + route.fib());
  }

  private static boolean dhcp(Subject s) {
    return s.rc().hn().dhcp() || !s.guest().dhcpClientsOn(s.hn()).isEmpty();
  }

  private static Dependent moved(Subject s, int fib) {
    return Dependent.moved(
        "FIB " + fib,
        s.hn()
            + " is in FIB "
            + fib
            + "; hnvf creates the lagg in it, but does not check whether its gateway "
            + "answers, because the programs of hnvf run in FIB 0");
  }

  private static Dependent refusedDhcp(Subject s, int fib) {
    return Dependent.refused(
        "DHCP in FIB " + fib,
        s.hn()
            + " is in FIB "
            + fib
            + " and has its address by DHCP; hnvf cannot tell what dhclient(8) does to the routes of a FIB other "
            + "than 0",
        "give " + s.hn() + " a static address, or leave it in FIB 0");
  }
}
