package org.hnvf.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Route;

/**
 * Default routes that dhclient(8) of another interface adds while the pair's own is absent in the
 * critical section: its script adds one if it finds none. A kernel with {@code options
 * ROUTE_MPATH}, as GENERIC, then accepts the pair's own beside it and uses both.
 */
final class OtherDefaultRoutes {

  private OtherDefaultRoutes() {}

  /**
   * Adds the step that leaves only the pair's own default route. It runs after the critical section
   * and before the pair's own client, whose script does not add a default route beside another one.
   * There is no such step without other clients, or if several default routes existed before.
   */
  static void replace(PlanInput s, InterfaceName holder, StepList steps) {
    Optional<Route> own =
        s.configuration()
            .defaultRoute()
            .filter(route -> hasOtherClients(s) && defaultRoutes(s, route) <= 1);
    own.ifPresent(
        route ->
            steps.add(
                "only default route through " + holder,
                ImmutableList.of(Actions.replaceDefaultRoutes(route, holder)),
                ImmutableList.of()));
  }

  private static boolean hasOtherClients(PlanInput s) {
    ImmutableSet<String> own =
        Stream.of(Stream.of(s.pair().hn()), s.pair().vf().stream(), s.pair().lagg().stream())
            .flatMap(names -> names)
            .map(InterfaceName::value)
            .collect(ImmutableSet.toImmutableSet());
    return s.guest().dhcpClients().stream()
        .anyMatch(client -> !own.contains(client.interfaceName()));
  }

  private static long defaultRoutes(PlanInput s, Route like) {
    return s.guest().routes().stream().filter(like::hasSameDestination).count();
  }
}
