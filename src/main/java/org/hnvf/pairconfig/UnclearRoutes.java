package org.hnvf.pairconfig;

import java.util.stream.Stream;
import org.hnvf.model.Dependent;
import org.hnvf.model.Route;

/**
 * Static routes that hnvf cannot tell from others: several to one destination, which a kernel with
 * {@code options ROUTE_MPATH} accepts, and of which route(8) cannot name one; and routes through an
 * interface whose name netstat(1) truncates to the beginning of several names.
 */
final class UnclearRoutes {

  private UnclearRoutes() {}

  static Stream<Dependent> of(Subject s) {
    return s.moves() ? Stream.concat(severalWays(s), truncated(s)) : Stream.empty();
  }

  private static Stream<Dependent> severalWays(Subject s) {
    return s.guest()
        .routesOn(s.hn())
        .filter(route -> route.isStatic() && !route.isOfDaemon())
        .filter(route -> s.guest().routes().stream().filter(route::hasSameDestination).count() > 1)
        .map(Route::destination)
        .distinct()
        .map(
            destination ->
                Dependent.refused(
                    "routes to " + destination,
                    "there are several routes to "
                        + destination
                        + ", at least one of them through "
                        + s.hn()
                        + "; hnvf cannot move one of several",
                    "delete all but one of them, and have only that one in rc.conf"));
  }

  private static Stream<Dependent> truncated(Subject s) {
    return s.guest().routes().stream()
        .map(Route::netif)
        .filter(
            shown -> !s.guest().interfaces().containsKey(shown) && s.hn().value().startsWith(shown))
        .distinct()
        .map(
            shown ->
                Dependent.refused(
                    "routes through " + shown,
                    "netstat shows routes through "
                        + shown
                        + ", and the names of several interfaces begin so; hnvf cannot tell which "
                        + "routes go through "
                        + s.hn(),
                    "give " + s.hn() + " a name of at most 8 characters"));
  }
}
