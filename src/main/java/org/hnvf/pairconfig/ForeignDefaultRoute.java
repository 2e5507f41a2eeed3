package org.hnvf.pairconfig;

import com.google.common.collect.ImmutableMap;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.model.Configuration;
import org.hnvf.model.GuestState;
import org.hnvf.model.HnUnit;
import org.hnvf.model.LastHad;
import org.hnvf.model.LeasedAddress;
import org.hnvf.model.Pair;
import org.hnvf.model.Route;
import org.hnvf.state.Pairs;

/**
 * Decides whether a default route belongs to a pair, on a guest with several pairs.
 *
 * <p>A FIB has one default route, and it is absent while one pair is moved. A reconciliation of
 * another pair at that time, or after hnvf was killed at that time, must not add its own router
 * instead. The route belongs to the pair that had it last.
 */
public final class ForeignDefaultRoute {

  private ForeignDefaultRoute() {}

  /**
   * Returns the configuration without a default route that is absent and belongs to another pair.
   *
   * @param lastHad the last known configuration of each pair, read after {@code guest}
   */
  public static Configuration without(
      Configuration configuration,
      GuestState guest,
      Pair pair,
      ImmutableMap<HnUnit, LastHad> lastHad) {
    boolean claims =
        configuration.defaultRoute().isPresent()
            && !guest.hasDefaultRoute(false, configuration.routingFib());
    boolean claims6 =
        configuration.defaultRoute6().isPresent()
            && !guest.hasDefaultRoute(true, configuration.routingFib());
    return configuration.withoutDefaultRoute(
        claims && isOfAnother(guest, pair, lastHad, false, configuration.routingFib()),
        claims6 && isOfAnother(guest, pair, lastHad, true, configuration.routingFib()));
  }

  /**
   * Returns the default route that dhclient(8) of another pair added while this pair's was absent,
   * which its script does on any interface. It prevents adding this pair's own.
   *
   * @param before the configuration of {@code pair} when its workflow was interrupted
   * @param lastHad the last known configuration of each pair, read after {@code guest}
   */
  public static Optional<Route> inTheWay(
      GuestState guest, Pair pair, Configuration before, ImmutableMap<HnUnit, LastHad> lastHad) {
    if (before.defaultRoute().isEmpty()
        || isOfAnother(guest, pair, lastHad, false, before.routingFib())) {
      return Optional.empty();
    }
    return guest.routes().stream()
        .filter(route -> route.isDefaultOf(false, before.routingFib()))
        .filter(route -> isOfLease(guest, route))
        .filter(
            route ->
                Pairs.of(guest).stream()
                    .filter(other -> !other.unit().equals(pair.unit()))
                    .anyMatch(other -> holds(other, route.netif())))
        .findFirst();
  }

  private static boolean isOfLease(GuestState guest, Route route) {
    return Optional.ofNullable(guest.leases().get(route.netif()))
        .flatMap(LeasedAddress::router)
        .filter(route.gateway()::equals)
        .isPresent();
  }

  private static boolean holds(Pair pair, String netif) {
    return Stream.concat(Stream.of(pair.hn()), pair.lagg().stream())
        .anyMatch(name -> name.value().equals(netif));
  }

  private static boolean isOfAnother(
      GuestState guest, Pair pair, ImmutableMap<HnUnit, LastHad> lastHad, boolean ipv6, int fib) {
    Optional<Instant> own = had(lastHad, pair.unit(), ipv6, fib);
    return Pairs.of(guest).stream()
        .map(Pair::unit)
        .filter(unit -> !unit.equals(pair.unit()))
        .flatMap(unit -> had(lastHad, unit, ipv6, fib).stream())
        .anyMatch(had -> own.isEmpty() || had.isAfter(own.get()));
  }

  /** Returns the begin of the pair's last workflow, if the pair had a default route then. */
  private static Optional<Instant> had(
      ImmutableMap<HnUnit, LastHad> lastHad, HnUnit unit, boolean ipv6, int fib) {
    return Optional.ofNullable(lastHad.get(unit))
        .filter(last -> last.hadDefaultRoute(ipv6, fib))
        .map(LastHad::begun);
  }
}
