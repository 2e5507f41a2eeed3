package org.hnvf.pairconfig;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hnvf.freebsd.Carp;
import org.hnvf.model.CarpGroup;
import org.hnvf.model.Configuration;
import org.hnvf.model.Configuration.InetAddressAt;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.GuestState;
import org.hnvf.model.InterfaceAddress;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.LeasedAddress;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Pair;
import org.hnvf.model.Prefix;
import org.hnvf.model.Route;

/**
 * Collects the configuration of a pair: the live one of hn or lagg, and the additions of rc.conf.
 */
public final class PairConfigCollector {

  private final GuestState guest;
  private final Pair pair;
  private final GuestConfig rc;
  private final InterfaceName hn;
  private final ImmutableList<NetInterface> holders;
  private final boolean onLagg;
  private final ImmutableList<Prefix> inRc;
  private final ImmutableList.Builder<String> notes = ImmutableList.builder();
  private final Map<Prefix, Optional<String>> inet = new LinkedHashMap<>();
  private final Set<Prefix> inet6 = new LinkedHashSet<>();

  private PairConfigCollector(GuestState guest, Pair pair, GuestConfig rc) {
    this.guest = guest;
    this.pair = pair;
    this.rc = rc;
    this.hn = pair.hn();
    Optional<NetInterface> lagg = pair.lagg().flatMap(guest::find);
    this.holders =
        Stream.concat(guest.find(hn).stream(), lagg.stream())
            .collect(ImmutableList.toImmutableList());
    this.onLagg =
        lagg.filter(l -> l.port(hn).isPresent() && l.inet().findAny().isPresent()).isPresent();
    this.inRc = RcAddresses.of(rc.hn());
  }

  /**
   * Returns the configuration of {@code pair}.
   *
   * @param before the leased address at the pair's last workflow
   */
  public static Configuration configuration(
      GuestState guest, Pair pair, GuestConfig rc, Optional<Prefix> before) {
    return new PairConfigCollector(guest, pair, rc).gather(before);
  }

  private Configuration gather(Optional<Prefix> before) {
    boolean dhcpLive = dhcpLive();
    liveAddresses();
    Optional<LeasedAddress> lease = lease(dhcpLive || rc.hn().dhcp());
    Optional<Prefix> leased = lease.map(LeasedAddress::prefix);
    Optional<Prefix> over =
        before.filter(p -> leased.filter(now -> !now.equals(p)).isPresent() && !inRc.contains(p));
    over.ifPresent(inet::remove);
    Stream.concat(inet.keySet().stream(), inet6.stream())
        .filter(live -> inRc.stream().noneMatch(p -> p.address().equals(live.address())))
        .filter(live -> leased.filter(live::equals).isEmpty())
        .forEach(live -> notes.add(live + " is not in rc.conf; hnvf moves it, too"));
    addressesOfRc();
    RcAddresses.refused(rc.hn()).stream()
        .filter(refused -> refused.address().filter(this::isLive).isEmpty())
        .forEach(
            refused ->
                notes.add(
                    "`"
                        + refused.command()
                        + "` of rc.conf sets no address: "
                        + refused.why()
                        + "; hnvf sets none, either"));
    if (dhcpLive && !rc.hn().dhcp()) {
      notes.add(
          "dhclient is running, but rc.conf does not configure DHCP; hnvf moves " + "it, too");
    }
    Optional<Integer> fib = holders.stream().flatMap(h -> h.fib().stream()).findFirst();
    if (pair.lagg().isPresent()) {
      notes.addAll(PairVlans.notes(guest, pair));
    }
    PairRoutes routes =
        new PairRoutes(
            guest,
            hn,
            fib.orElse(0),
            holders,
            Stream.concat(inet.keySet().stream(), inet6.stream())
                .collect(ImmutableList.toImmutableList()),
            rc.staticRoutes());
    Optional<Route> defaultRoute =
        routes.defaultRoute(rc.defaultRouter(fib.orElse(0)), lease.flatMap(LeasedAddress::router));
    routes
        .lost()
        .forEach(
            route ->
                notes.add(
                    "the route to "
                        + route.destination()
                        + " is in rc.conf and not there; it is put back"));
    boolean acceptRtadv =
        rc.hn().acceptRtadv() || holders.stream().anyMatch(h -> h.hasNd6("ACCEPT_RTADV"));
    return Configuration.builder()
        .inet(ordered(leased, defaultRoute, routes))
        .leased(leased)
        .expiredLease(over)
        .inet6(ImmutableList.copyOf(inet6))
        .defaultRoute(defaultRoute)
        .routes(routes.routes())
        .routes6(routes.routes6(rc.ipv6DefaultRouter(fib.orElse(0))))
        .dhcp(dhcpLive || rc.hn().dhcp())
        .ipv6(
            acceptRtadv || !inet6.isEmpty() || holders.stream().anyMatch(h -> !h.isIpv6Disabled()))
        .acceptRtadv(acceptRtadv)
        .duplicateDetection(guest.find(hn).map(i -> !i.hasNd6("NO_DAD")).orElse(true))
        .description(description())
        .groups(groups())
        .fib(fib)
        .carps(carps())
        .bridges(PairBridges.of(guest, holders))
        .vlans(PairVlans.of(guest, pair))
        .notes(notes.build())
        .build();
  }

  /**
   * Returns the lagg's description if the lagg holds the configuration, because it may have been
   * changed there.
   */
  private Optional<String> description() {
    return (onLagg ? holders.reverse() : holders)
        .stream().flatMap(h -> h.description().stream()).findFirst();
  }

  private ImmutableList<String> groups() {
    return holders.stream()
        .flatMap(h -> h.assignedGroups().stream())
        .distinct()
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * Returns whether a client runs on the interface that holds the configuration. A client on hn
   * while hn is a port of that lagg is a stray one.
   */
  private boolean dhcpLive() {
    return holders.stream().filter(h -> !(onLagg && isHn(h))).anyMatch(h -> hasClient(h));
  }

  /** Returns whether the pair has its address by DHCP; a client on the port does not count. */
  private boolean isDhcp() {
    return rc.hn().dhcp() || holders.stream().anyMatch(h -> !isHn(h) && hasClient(h));
  }

  private boolean isHn(NetInterface holder) {
    return holder.name().equals(hn.value());
  }

  private boolean hasClient(NetInterface holder) {
    return guest.dhcpClients().stream().anyMatch(c -> c.interfaceName().equals(holder.name()));
  }

  private void liveAddresses() {
    for (NetInterface holder : holders) {
      holder
          .inet()
          .filter(v4 -> !isCarp(v4, holder) && !isStray(v4, holder))
          .forEach(v4 -> inet.putIfAbsent(v4.prefix(), oddBroadcast(v4)));
      holder
          .inet6()
          .filter(v6 -> !v6.isAutoconf() && !v6.prefix().isIpv6LinkLocal())
          .forEach(v6 -> inet6.add(v6.prefix()));
    }
  }

  private boolean isCarp(InterfaceAddress.V4 address, NetInterface holder) {
    boolean carp = address.others().contains("vhid");
    if (carp && Carp.groups(holder).isEmpty()) {
      notes.add(
          address.prefix() + " on " + holder.name() + " belongs to carp(4); hnvf leaves it there");
    }
    return carp;
  }

  /** Returns the virtual hosts; one that is on both interfaces is being moved. */
  private ImmutableList<CarpGroup> carps() {
    Map<Integer, CarpGroup> all = new LinkedHashMap<>();
    holders.stream()
        .flatMap(holder -> Carp.groups(holder).stream())
        .forEach(group -> all.putIfAbsent(group.vhid(), group));
    return ImmutableList.copyOf(all.values());
  }

  /**
   * Returns whether a stray client set this address on a port; the client may have ended already.
   */
  private boolean isStray(InterfaceAddress.V4 address, NetInterface holder) {
    return onLagg
        && isHn(holder)
        && (hasClient(holder) || !isDhcp() || laggHasAnotherLease(address))
        && Optional.ofNullable(guest.leases().get(holder.name()))
            .filter(lease -> lease.prefix().equals(address.prefix()))
            .isPresent();
  }

  private boolean laggHasAnotherLease(InterfaceAddress.V4 address) {
    return holders.stream()
        .filter(holder -> !isHn(holder))
        .anyMatch(
            lagg ->
                Optional.ofNullable(guest.leases().get(lagg.name()))
                    .map(LeasedAddress::prefix)
                    .filter(lease -> !lease.equals(address.prefix()))
                    .filter(lease -> lagg.inet().anyMatch(v4 -> v4.prefix().equals(lease)))
                    .isPresent());
  }

  /** Returns the lease whose address is live; a lease file may be older than the address. */
  private Optional<LeasedAddress> lease(boolean dhcp) {
    return dhcp
        ? holders.reverse().stream()
            .flatMap(h -> Optional.ofNullable(guest.leases().get(h.name())).stream())
            .filter(lease -> inet.containsKey(lease.prefix()))
            .findFirst()
        : Optional.empty();
  }

  private void addressesOfRc() {
    for (Prefix prefix : inRc) {
      boolean live = isLive(prefix.address());
      if (!live && prefix.isIpv6()) {
        inet6.add(prefix);
      } else if (!live) {
        inet.put(prefix, Optional.empty());
      }
    }
  }

  private boolean isLive(InetAddress address) {
    return Stream.concat(inet.keySet().stream(), inet6.stream())
        .anyMatch(p -> p.address().equals(address));
  }

  private static Optional<String> oddBroadcast(InterfaceAddress.V4 v4) {
    int mask = v4.prefix().length() == 0 ? 0 : -1 << (32 - v4.prefix().length());
    int own = InetAddresses.coerceToInteger(v4.prefix().address()) | ~mask;
    return v4.broadcast()
        .filter(b -> InetAddresses.coerceToInteger(b) != own)
        .map(InetAddresses::toAddrString);
  }

  /**
   * Returns the addresses with the leased one first, or the one by which the gateway is reached:
   * the default route moves with it.
   */
  private ImmutableList<InetAddressAt> ordered(
      Optional<Prefix> leased, Optional<Route> defaultRoute, PairRoutes routes) {
    Optional<Prefix> primary =
        leased.or(
            () ->
                defaultRoute
                    .flatMap(Route::gatewayAddress)
                    .flatMap(
                        gateway ->
                            inet.keySet().stream()
                                .filter(p -> p.contains(gateway))
                                .findFirst()
                                .or(() -> routes.wayTo(gateway, inet.keySet()))));
    return Stream.concat(primary.stream(), inet.keySet().stream())
        .distinct()
        .map(p -> new InetAddressAt(p, inet.getOrDefault(p, Optional.empty())))
        .collect(ImmutableList.toImmutableList());
  }
}
