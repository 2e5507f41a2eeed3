package org.hnvf.state;

import com.google.common.collect.ImmutableList;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.freebsd.VlanLine;
import org.hnvf.model.GuestState;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Pair;
import org.hnvf.model.Prefix;
import org.hnvf.model.ProbeTarget;
import org.hnvf.model.Route;

/**
 * Finds the gateways of a pair that hnvf can ask whether traffic passes. ping(8) runs in FIB 0, so
 * a gateway of another FIB cannot be asked. A gateway that is one of the pair's own addresses, or
 * is behind another gateway, has no neighbour entry.
 */
public final class Gateways {

  /** The number of static routes' gateways: each one without an answer takes two seconds. */
  private static final int OF_STATIC_ROUTES = 2;

  private final ImmutableList<Route> routes;
  private final ImmutableList<Prefix> own;
  private final InterfaceName holder;

  private Gateways(Collection<Route> routes, Collection<Prefix> own, InterfaceName holder) {
    this.routes = ImmutableList.copyOf(routes);
    this.own = ImmutableList.copyOf(own);
    this.holder = holder;
  }

  /**
   * Returns the gateway of the default route, of IPv4 before IPv6, also of one that the kernel took
   * from a router advertisement; without a default route the gateways of up to two static routes.
   *
   * @param routes the pair's routes
   * @param own the pair's addresses
   * @param holder the interface that has them; a link-local gateway has its zone
   */
  public static ImmutableList<ProbeTarget> of(
      Collection<Route> routes, Collection<Prefix> own, InterfaceName holder) {
    return new Gateways(routes, own, holder).gateways();
  }

  private ImmutableList<ProbeTarget> gateways() {
    List<ProbeTarget> first =
        targets(
            Stream.concat(
                routes.stream().filter(route -> route.isDefaultOf(false, 0)),
                routes.stream().filter(route -> route.isDefaultOf(true, 0))),
            1);
    return ImmutableList.copyOf(
        first.isEmpty()
            ? targets(
                routes.stream().filter(route -> route.isStatic() && !route.isDefault()),
                OF_STATIC_ROUTES)
            : first);
  }

  private List<ProbeTarget> targets(Stream<Route> some, int most) {
    return some.filter(route -> route.fib() == 0 && route.isViaGateway() && isNear(route))
        .map(route -> new ProbeTarget(route.ipv6(), route.gateway()).on(holder))
        .distinct()
        .limit(most)
        .toList();
  }

  private boolean isNear(Route route) {
    Optional<InetAddress> gateway = route.gatewayAddress();
    if (gateway.isEmpty()) {
      return false;
    }
    InetAddress router = gateway.get();
    return router.isLinkLocalAddress()
        || (own.stream().noneMatch(p -> p.address().equals(router))
            && ((route.ipv6() && route.isDefault()) || isOnLink(router)));
  }

  private boolean isOnLink(InetAddress router) {
    return own.stream().anyMatch(prefix -> prefix.contains(router))
        || routes.stream()
            .anyMatch(way -> !way.isViaGateway() && way.fib() == 0 && way.leadsTo(router));
  }

  /**
   * Returns a note for a pair whose VF is up in its lagg without a gateway to ask. Whether a
   * neighbour answered before cannot be seen any more.
   */
  public static ImmutableList<String> notes(GuestState guest, Pair pair) {
    Optional<InterfaceName> vf =
        pair.vf().filter(name -> guest.find(name).filter(NetInterface::isUp).isPresent());
    if (vf.isEmpty() || pair.lagg().flatMap(guest::find).flatMap(l -> l.port(vf.get())).isEmpty()) {
      return ImmutableList.of();
    }
    InterfaceName lagg = pair.lagg().get();
    boolean some =
        guest.find(lagg).filter(shown -> shown.fib().isEmpty()).stream()
            .map(shown -> shown.prefixes().toList())
            .anyMatch(own -> !of(guest.routesOn(lagg).toList(), own, lagg).isEmpty());
    boolean ofVlans =
        VlanLine.on(guest, lagg.value())
            .flatMap(vlan -> guest.routesOn(new InterfaceName(vlan.name())))
            .anyMatch(route -> route.isStatic() && route.isViaGateway());
    return some || ofVlans
        ? ImmutableList.of()
        : ImmutableList.of(
            "no gateway to ask: hnvf sees whether traffic passes through "
                + vf.get()
                + " only if a neighbour answered before it came up");
  }
}
