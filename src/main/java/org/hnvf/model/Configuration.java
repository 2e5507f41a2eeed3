package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import java.net.InetAddress;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that belongs to a pair and must stand on exactly one of hn and lagg: what is live on either,
 * and what rc.conf adds to that.
 *
 * @param inet the IPv4 addresses, the first one being what DHCP gave, or what the default route
 *     needs
 * @param leased the one that DHCP gave
 * @param over the address of a lease that is over; where it still stands it has to go
 * @param inet6 the IPv6 addresses that somebody set: no link-local ones, none that the kernel makes
 * @param defaultRoute the IPv4 default route
 * @param routes the other static IPv4 routes, of all FIBs, in an order in which they can be added
 * @param routes6 the static IPv6 routes, default routes among them, in such an order
 * @param dhcp whether a DHCP client serves it
 * @param ipv6 whether IPv6 is on
 * @param acceptRtadv whether IPv6 is taken from router advertisements
 * @param duplicateDetection whether IPv6 addresses are checked for duplicates
 * @param description what {@code ifconfig description} set
 * @param groups the groups that somebody put it in, none of those that its driver has
 * @param fib its routing table, where it is not 0
 * @param carps the virtual hosts of carp(4) that hn, or the lagg in its place, has
 * @param bridges the bridges that hn, or the lagg in its place, is a member of
 * @param vlans its VLANs, whose parent is what holds the configuration
 * @param notes what is live though rc.conf does not have it, and what cannot be carried
 */
public record Configuration(
    ImmutableList<InetAddressAt> inet,
    Optional<Prefix> leased,
    Optional<Prefix> over,
    ImmutableList<Prefix> inet6,
    Optional<Route> defaultRoute,
    ImmutableList<Route> routes,
    ImmutableList<Route> routes6,
    boolean dhcp,
    boolean ipv6,
    boolean acceptRtadv,
    boolean duplicateDetection,
    Optional<String> description,
    ImmutableList<String> groups,
    Optional<Integer> fib,
    ImmutableList<CarpGroup> carps,
    ImmutableList<BridgeMembership> bridges,
    ImmutableList<Vlan> vlans,
    ImmutableList<String> notes) {

  /**
   * An IPv4 address.
   *
   * @param prefix the address
   * @param broadcast its broadcast address, where that is not the prefix's own
   */
  public record InetAddressAt(Prefix prefix, Optional<String> broadcast) {}

  /** One of nothing: no address, no route, no DHCP, no IPv6. */
  public static Builder builder() {
    return new Builder();
  }

  /** The same, to be changed in parts. */
  public Builder toBuilder() {
    return new Builder()
        .inet(inet)
        .leased(leased)
        .over(over)
        .inet6(inet6)
        .defaultRoute(defaultRoute)
        .routes(routes)
        .routes6(routes6)
        .dhcp(dhcp)
        .ipv6(ipv6)
        .acceptRtadv(acceptRtadv)
        .duplicateDetection(duplicateDetection)
        .description(description)
        .groups(groups)
        .fib(fib)
        .carps(carps)
        .bridges(bridges)
        .vlans(vlans)
        .notes(notes);
  }

  /** The same without the address that DHCP gave, and without the default route through it. */
  public Configuration withoutLease() {
    return toBuilder()
        .inet(
            inet.stream()
                .filter(address -> leased.filter(address.prefix()::equals).isEmpty())
                .collect(ImmutableList.toImmutableList()))
        .leased(Optional.empty())
        .defaultRoute(Optional.empty())
        .build();
  }

  /**
   * Those of {@link #routes} by which the router of the default route is reached, where it lies in
   * no network of the pair: without them the kernel does not take the default route (transcript
   * 65).
   */
  public ImmutableList<Route> ways() {
    Optional<InetAddress> router =
        defaultRoute
            .flatMap(Route::gatewayAddress)
            .filter(r -> inet.stream().noneMatch(own -> own.prefix().contains(r)));
    return router
        .map(r -> routes.stream().filter(route -> route.fib() == table() && route.leadsTo(r)))
        .stream()
        .flatMap(found -> found)
        .collect(ImmutableList.toImmutableList());
  }

  /** The IPv4 routes in an order in which the default route waits for no more than it has to. */
  public ImmutableList<Route> inetRoutes() {
    return Stream.of(ways().stream(), defaultRoute.stream(), routes.stream())
        .flatMap(some -> some)
        .distinct()
        .collect(ImmutableList.toImmutableList());
  }

  /** The FIB in which its addresses and its default routes stand. */
  public int table() {
    return fib.orElse(0);
  }

  /** The IPv6 default route, one of {@link #routes6}. */
  public Optional<Route> defaultRoute6() {
    return routes6.stream().filter(route -> route.isDefaultOf(true, table())).findFirst();
  }

  /**
   * The same without a default route that is not its own.
   *
   * @param ofInet whether to leave out that of IPv4
   * @param ofInet6 whether to leave out that of IPv6
   */
  public Configuration withoutDefaultRoute(boolean ofInet, boolean ofInet6) {
    return toBuilder()
        .defaultRoute(ofInet ? Optional.empty() : defaultRoute)
        .routes6(
            routes6.stream()
                .filter(route -> !(ofInet6 && route.isDefaultOf(true, table())))
                .collect(ImmutableList.toImmutableList()))
        .build();
  }

  /** Makes a configuration of its parts; each has the name of the component that it sets. */
  public static final class Builder {

    private ImmutableList<InetAddressAt> inet = ImmutableList.of();
    private Optional<Prefix> leased = Optional.empty();
    private Optional<Prefix> over = Optional.empty();
    private ImmutableList<Prefix> inet6 = ImmutableList.of();
    private Optional<Route> defaultRoute = Optional.empty();
    private ImmutableList<Route> routes = ImmutableList.of();
    private ImmutableList<Route> routes6 = ImmutableList.of();
    private boolean dhcp;
    private boolean ipv6;
    private boolean acceptRtadv;
    private boolean duplicateDetection = true;
    private Optional<String> description = Optional.empty();
    private ImmutableList<String> groups = ImmutableList.of();
    private Optional<Integer> fib = Optional.empty();
    private ImmutableList<CarpGroup> carps = ImmutableList.of();
    private ImmutableList<BridgeMembership> bridges = ImmutableList.of();
    private ImmutableList<Vlan> vlans = ImmutableList.of();
    private ImmutableList<String> notes = ImmutableList.of();

    private Builder() {}

    /** {@link Configuration#inet}; none where it is not said. */
    public Builder inet(ImmutableList<InetAddressAt> value) {
      this.inet = value;
      return this;
    }

    /** {@link Configuration#leased}; none where it is not said. */
    public Builder leased(Optional<Prefix> value) {
      this.leased = value;
      return this;
    }

    /** {@link Configuration#over}; none where it is not said. */
    public Builder over(Optional<Prefix> value) {
      this.over = value;
      return this;
    }

    /** {@link Configuration#inet6}; none where it is not said. */
    public Builder inet6(ImmutableList<Prefix> value) {
      this.inet6 = value;
      return this;
    }

    /** {@link Configuration#defaultRoute}; none where it is not said. */
    public Builder defaultRoute(Optional<Route> value) {
      this.defaultRoute = value;
      return this;
    }

    /** {@link Configuration#routes}; none where it is not said. */
    public Builder routes(ImmutableList<Route> value) {
      this.routes = value;
      return this;
    }

    /** {@link Configuration#routes6}; none where it is not said. */
    public Builder routes6(ImmutableList<Route> value) {
      this.routes6 = value;
      return this;
    }

    /** {@link Configuration#dhcp}; no where it is not said. */
    public Builder dhcp(boolean value) {
      this.dhcp = value;
      return this;
    }

    /** {@link Configuration#ipv6}; no where it is not said. */
    public Builder ipv6(boolean value) {
      this.ipv6 = value;
      return this;
    }

    /** {@link Configuration#acceptRtadv}; no where it is not said. */
    public Builder acceptRtadv(boolean value) {
      this.acceptRtadv = value;
      return this;
    }

    /** {@link Configuration#duplicateDetection}; yes where it is not said. */
    public Builder duplicateDetection(boolean value) {
      this.duplicateDetection = value;
      return this;
    }

    /** {@link Configuration#description}; none where it is not said. */
    public Builder description(Optional<String> value) {
      this.description = value;
      return this;
    }

    /** {@link Configuration#groups}; none where it is not said. */
    public Builder groups(ImmutableList<String> value) {
      this.groups = value;
      return this;
    }

    /** {@link Configuration#fib}; none where it is not said. */
    public Builder fib(Optional<Integer> value) {
      this.fib = value;
      return this;
    }

    /** {@link Configuration#carps}; none where it is not said. */
    public Builder carps(ImmutableList<CarpGroup> value) {
      this.carps = value;
      return this;
    }

    /** {@link Configuration#bridges}; none where it is not said. */
    public Builder bridges(ImmutableList<BridgeMembership> value) {
      this.bridges = value;
      return this;
    }

    /** {@link Configuration#vlans}; none where it is not said. */
    public Builder vlans(ImmutableList<Vlan> value) {
      this.vlans = value;
      return this;
    }

    /** {@link Configuration#notes}; none where it is not said. */
    public Builder notes(ImmutableList<String> value) {
      this.notes = value;
      return this;
    }

    /** The configuration. */
    public Configuration build() {
      return new Configuration(
          inet,
          leased,
          over,
          inet6,
          defaultRoute,
          routes,
          routes6,
          dhcp,
          ipv6,
          acceptRtadv,
          duplicateDetection,
          description,
          groups,
          fib,
          carps,
          bridges,
          vlans,
          notes);
    }
  }
}
