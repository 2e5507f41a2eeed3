package org.hnvf.plan;

import com.google.common.collect.ImmutableList;
import org.hnvf.model.Configuration;
import org.hnvf.model.Expectation;
import org.hnvf.model.InterfaceName;

/** What must be true of the interface that holds the configuration, be it hn or the lagg. */
final class Holding {

  private Holding() {}

  static ImmutableList<Expectation> expectations(Situation s, InterfaceName holder) {
    Configuration conf = s.configuration();
    ImmutableList.Builder<Expectation> all = ImmutableList.builder();
    // A lagg that is destroyed leaves its ports down.
    all.add(new Expectation.IsUp(holder));
    if (conf.dhcp() && !conf.inet().isEmpty()) {
      all.add(new Expectation.HasSomeInet(holder));
    }
    // What a DHCP server gives is its own affair; what somebody set must be there as it was.
    conf.inet().stream()
        .filter(a -> !conf.dhcp() || conf.leased().filter(a.prefix()::equals).isEmpty())
        .forEach(a -> all.add(new Expectation.HasAddress(holder, a.prefix())));
    if (conf.ipv6()) {
      all.add(new Expectation.HasIpv6(holder, conf.acceptRtadv()));
    }
    conf.inet6().forEach(p -> all.add(new Expectation.HasAddress(holder, p)));
    conf.defaultRoute()
        .ifPresent(r -> all.add(new Expectation.HasRoute(holder, false, r.destination())));
    conf.routes().forEach(r -> all.add(new Expectation.HasRoute(holder, false, r.destination())));
    conf.routes6().forEach(r -> all.add(new Expectation.HasRoute(holder, true, r.destination())));
    if (conf.dhcp()) {
      all.add(new Expectation.HasDhcpClient(holder));
    }
    return all.build();
  }

  /** Whether a static IPv4 route of the pair does not go through this interface. */
  static boolean lacksRoutes(Situation s, InterfaceName holder) {
    return s.configuration().routes().stream()
        .anyMatch(
            route ->
                s.guest()
                    .routesOn(holder)
                    .noneMatch(r -> !r.ipv6() && r.destination().equals(route.destination())));
  }
}
