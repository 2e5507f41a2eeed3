package org.hnvf.pairconfig;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hnvf.model.BridgeMembership;
import org.hnvf.model.CarpGroup;
import org.hnvf.model.Configuration;
import org.hnvf.model.Configuration.InetAddressAt;
import org.hnvf.model.GuestState;
import org.hnvf.model.LeasedAddress;
import org.hnvf.model.Prefix;
import org.hnvf.model.Route;

/**
 * Merges the configuration of a pair before an interrupted workflow with the live one. The first
 * contains the parts that the workflow had already removed, the second those that others have added
 * since.
 */
public final class PairConfigMerger {

  private PairConfigMerger() {}

  /**
   * Returns {@code before} and the additions of {@code live}. A new lease replaces the former one.
   */
  public static Configuration merged(GuestState guest, Configuration before, Configuration live) {
    boolean otherLease =
        live.leased().isPresent()
            && before.leased().isPresent()
            && !live.leased().equals(before.leased());
    Configuration old = otherLease ? before.withoutLease() : before;
    Optional<Prefix> stale = otherLease ? before.leased() : ofStray(guest, before, live);
    Optional<Prefix> leased = live.leased().or(old::leased);
    boolean dhcp = before.dhcp() || live.dhcp();
    return Configuration.builder()
        .inet(
            leasedFirst(
                leased, union(old.inet(), without(stale, live.inet()), a -> a.prefix().address())))
        .leased(leased)
        .expiredLease(
            stale
                .or(before::expiredLease)
                .or(live::expiredLease)
                .filter(over -> leased.filter(over::equals).isEmpty()))
        .inet6(
            ImmutableList.copyOf(
                new LinkedHashSet<>(
                    ImmutableList.<Prefix>builder()
                        .addAll(before.inet6())
                        .addAll(live.inet6())
                        .build())))
        .defaultRoute(defaultRoute(guest, old, live))
        .routes(routes(guest, before.routes(), live.routes(), own(before, live)))
        .routes6(routes(guest, before.routes6(), live.routes6(), own(before, live)))
        .dhcp(dhcp)
        .ipv6(before.ipv6() || live.ipv6())
        .acceptRtadv(before.acceptRtadv() || live.acceptRtadv())
        .duplicateDetection(before.duplicateDetection())
        .groups(union(before.groups(), live.groups(), group -> group))
        .description(live.description().or(before::description))
        .fib(before.fib().or(live::fib))
        .carps(union(before.carps(), live.carps(), CarpGroup::vhid))
        .bridges(union(there(guest, before.bridges()), live.bridges(), BridgeMembership::bridge))
        .vlans(PairVlans.merged(guest, before.vlans(), live.vlans()))
        .notes(live.notes())
        .build();
  }

  /**
   * Returns the address that a client set before hnvf stopped it, on a guest without DHCP: the plan
   * was made before the address existed.
   */
  private static Optional<Prefix> ofStray(
      GuestState guest, Configuration before, Configuration live) {
    if (before.dhcp() || live.dhcp()) {
      return Optional.empty();
    }
    return guest.leases().values().stream()
        .map(LeasedAddress::prefix)
        .filter(leased -> has(live, leased) && !has(before, leased))
        .findFirst();
  }

  private static boolean has(Configuration configuration, Prefix prefix) {
    return configuration.inet().stream().anyMatch(address -> address.prefix().equals(prefix));
  }

  /** Returns the addresses without that of an old lease, which may still be on a prepared lagg. */
  private static ImmutableList<InetAddressAt> without(
      Optional<Prefix> stale, ImmutableList<InetAddressAt> inet) {
    return inet.stream()
        .filter(address -> stale.filter(address.prefix()::equals).isEmpty())
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * Returns the addresses with the leased one first: dhclient-script deletes the first address,
   * whichever it is.
   */
  private static ImmutableList<InetAddressAt> leasedFirst(
      Optional<Prefix> leased, ImmutableList<InetAddressAt> inet) {
    return ImmutableList.sortedCopyOf(
        Comparator.comparing(a -> leased.filter(a.prefix()::equals).isEmpty()), inet);
  }

  private static ImmutableList<Route> routes(
      GuestState guest, Collection<Route> before, Collection<Route> live, Collection<Prefix> own) {
    return RouteOrder.sorted(
        union(notElsewhere(guest, before, live), live, r -> r.fib() + " " + r.destination()), own);
  }

  private static ImmutableList<Prefix> own(Configuration before, Configuration live) {
    return Stream.of(before, live)
        .flatMap(c -> Stream.concat(c.inet().stream().map(a -> a.prefix()), c.inet6().stream()))
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * Returns the routes without those that now go through another interface; a destination has one
   * route.
   */
  private static ImmutableList<Route> notElsewhere(
      GuestState guest, Collection<Route> before, Collection<Route> live) {
    return before.stream()
        .filter(
            route ->
                live.stream().anyMatch(route::hasSameDestination)
                    || guest.routes().stream().noneMatch(route::hasSameDestination))
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns the bridges that still exist. */
  private static ImmutableList<BridgeMembership> there(
      GuestState guest, Collection<BridgeMembership> before) {
    return before.stream()
        .filter(how -> guest.find(how.bridge()).isPresent())
        .collect(ImmutableList.toImmutableList());
  }

  private static Optional<Route> defaultRoute(
      GuestState guest, Configuration before, Configuration live) {
    return guest.hasDefaultRoute(false, before.fib().or(live::fib).orElse(0))
        ? live.defaultRoute()
        : before.defaultRoute().or(live::defaultRoute);
  }

  private static <T, K> ImmutableList<T> union(
      Collection<T> before, Collection<T> live, Function<T, K> key) {
    Map<K, T> all = new LinkedHashMap<>();
    before.forEach(item -> all.putIfAbsent(key.apply(item), item));
    live.forEach(item -> all.putIfAbsent(key.apply(item), item));
    return ImmutableList.copyOf(all.values());
  }
}
