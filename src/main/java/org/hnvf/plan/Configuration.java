package org.hnvf.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.GuestState;
import org.hnvf.model.InterfaceAddress;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Pair;
import org.hnvf.model.Prefix;
import org.hnvf.model.Route;

/**
 * All that belongs to a pair and must stand on exactly one of hn and lagg: what is live on either,
 * and what rc.conf adds to that.
 *
 * @param inet the IPv4 addresses, the one that the default route needs first
 * @param inet6 the IPv6 addresses that somebody set: no link-local ones, none that the kernel makes
 * @param defaultRoute the IPv4 default route
 * @param routes the other static IPv4 routes
 * @param routes6 the static IPv6 routes, a default route among them
 * @param dhcp whether a DHCP client serves it
 * @param ipv6 whether IPv6 is on
 * @param acceptRtadv whether IPv6 is taken from router advertisements
 * @param duplicateDetection whether IPv6 addresses are checked for duplicates
 * @param description what {@code ifconfig description} set
 * @param fib its routing table, where it is not 0
 * @param notes what is live though rc.conf does not have it, and what cannot be carried
 */
public record Configuration(
    ImmutableList<InetAddressAt> inet,
    ImmutableList<Prefix> inet6,
    Optional<Route> defaultRoute,
    ImmutableList<Route> routes,
    ImmutableList<Route> routes6,
    boolean dhcp,
    boolean ipv6,
    boolean acceptRtadv,
    boolean duplicateDetection,
    Optional<String> description,
    Optional<Integer> fib,
    ImmutableList<String> notes) {

  /**
   * An IPv4 address.
   *
   * @param prefix the address
   * @param broadcast its broadcast address, where that is not the prefix's own
   */
  public record InetAddressAt(Prefix prefix, Optional<String> broadcast) {}

  /** What belongs to {@code pair}. */
  public static Configuration of(GuestState guest, Pair pair, GuestConfig rc) {
    ImmutableList.Builder<NetInterface> builder = ImmutableList.builder();
    guest.find(pair.hn()).ifPresent(builder::add);
    pair.lagg().flatMap(guest::find).ifPresent(builder::add);
    ImmutableList<NetInterface> holders = builder.build();
    ImmutableList<Prefix> inRc = RcAddresses.of(rc.hn());
    ImmutableList.Builder<String> notes = ImmutableList.builder();
    boolean dhcpLive =
        !guest.dhcpClientsOn(pair.hn()).isEmpty()
            || pair.lagg().map(l -> !guest.dhcpClientsOn(l).isEmpty()).orElse(false);

    Map<Prefix, Optional<String>> inet = new LinkedHashMap<>();
    Set<Prefix> inet6 = new LinkedHashSet<>();
    for (NetInterface holder : holders) {
      holder
          .inet()
          .filter(v4 -> keeps(v4, holder, notes))
          .forEach(v4 -> inet.putIfAbsent(v4.prefix(), oddBroadcast(v4)));
      holder
          .inet6()
          .filter(v6 -> !v6.isAutoconf() && !v6.prefix().isIpv6LinkLocal())
          .forEach(v6 -> inet6.add(v6.prefix()));
    }
    Stream.concat(inet.keySet().stream(), inet6.stream())
        .filter(live -> inRc.stream().noneMatch(p -> p.address().equals(live.address())))
        .filter(live -> !(dhcpLive && !live.isIpv6() && !live.isHost()))
        .forEach(live -> notes.add(live + " is not in rc.conf; it is carried along"));
    for (Prefix prefix : inRc) {
      if (!prefix.isIpv6()) {
        if (inet.keySet().stream().noneMatch(p -> p.address().equals(prefix.address()))) {
          inet.put(prefix, Optional.empty());
        }
      } else if (inet6.stream().noneMatch(p -> p.address().equals(prefix.address()))) {
        inet6.add(prefix);
      }
    }

    ImmutableList<Route> live =
        guest.routes().stream()
            .filter(Route::isStatic)
            .filter(r -> holders.stream().anyMatch(h -> h.name().equals(r.netif())))
            .collect(ImmutableList.toImmutableList());
    Optional<Route> defaultRoute = defaultRoute(guest, live, rc, pair.hn());
    boolean acceptRtadv =
        rc.hn().acceptRtadv() || holders.stream().anyMatch(h -> h.hasNd6("ACCEPT_RTADV"));
    boolean ipv6 =
        acceptRtadv || !inet6.isEmpty() || holders.stream().anyMatch(h -> !h.isIpv6Disabled());
    if (dhcpLive && !rc.hn().dhcp()) {
      notes.add("dhclient runs though rc.conf does not ask for DHCP; it is carried along");
    }
    Optional<Integer> fib = holders.stream().flatMap(h -> h.fib().stream()).findFirst();
    fib.ifPresent(n -> notes.add("only routes of FIB 0 are carried along, not those of FIB " + n));
    return new Configuration(
        ordered(inet, defaultRoute),
        ImmutableList.copyOf(inet6),
        defaultRoute,
        live.stream()
            .filter(r -> !r.ipv6() && !r.isDefault())
            .collect(ImmutableList.toImmutableList()),
        live.stream().filter(Route::ipv6).collect(ImmutableList.toImmutableList()),
        dhcpLive || rc.hn().dhcp(),
        ipv6,
        acceptRtadv,
        guest.find(pair.hn()).map(hn -> !hn.hasNd6("NO_DAD")).orElse(true),
        holders.stream().flatMap(h -> h.description().stream()).findFirst(),
        fib,
        notes.build());
  }

  private static boolean keeps(
      InterfaceAddress.V4 address, NetInterface holder, ImmutableList.Builder<String> notes) {
    if (address.others().contains("vhid")) {
      notes.add(
          address.prefix() + " on " + holder.name() + " belongs to carp(4); it is left there");
      return false;
    }
    return true;
  }

  private static Optional<String> oddBroadcast(InterfaceAddress.V4 v4) {
    int mask = v4.prefix().length() == 0 ? 0 : -1 << (32 - v4.prefix().length());
    int own = InetAddresses.coerceToInteger(v4.prefix().address()) | ~mask;
    return v4.broadcast()
        .filter(b -> InetAddresses.coerceToInteger(b) != own)
        .map(InetAddresses::toAddrString);
  }

  /** The live one; else, where the guest has none at all, the one of rc.conf. */
  private static Optional<Route> defaultRoute(
      GuestState guest, ImmutableList<Route> live, GuestConfig rc, InterfaceName hn) {
    Optional<Route> standing = live.stream().filter(r -> r.isDefault() && !r.ipv6()).findFirst();
    boolean elsewhere = guest.routes().stream().anyMatch(r -> r.isDefault() && !r.ipv6());
    if (standing.isPresent() || elsewhere) {
      return standing;
    }
    return rc.defaultRouter()
        .map(router -> new Route(false, "default", router, "UGS", hn.value(), Optional.empty()));
  }

  private static ImmutableList<InetAddressAt> ordered(
      Map<Prefix, Optional<String>> inet, Optional<Route> defaultRoute) {
    Optional<Prefix> primary =
        defaultRoute
            .filter(route -> InetAddresses.isInetAddress(route.gateway()))
            .flatMap(
                route ->
                    inet.keySet().stream()
                        .filter(p -> p.contains(InetAddresses.forString(route.gateway())))
                        .findFirst());
    return Stream.concat(primary.stream(), inet.keySet().stream())
        .distinct()
        .map(p -> new InetAddressAt(p, inet.getOrDefault(p, Optional.empty())))
        .collect(ImmutableList.toImmutableList());
  }
}
