package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import java.net.InetAddress;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The network configuration of a pair, which must be on exactly one of hn and lagg: the live
 * configuration of both, and the additions of rc.conf.
 *
 * @param inet the IPv4 addresses; the first one is the leased address, or the one that the default
 *     route needs
 * @param leased the IPv4 address of the DHCP lease
 * @param expiredLease the address of an expired lease, which hnvf deletes if it is still configured
 * @param inet6 the IPv6 addresses that an administrator set, without link-local and autoconf
 *     addresses
 * @param defaultRoute the IPv4 default route
 * @param routes the other static IPv4 routes, of all FIBs, in an order in which they can be added
 * @param routes6 the static IPv6 routes, default routes among them, in such an order
 * @param dhcp whether a DHCP client serves it
 * @param ipv6 whether IPv6 is on
 * @param acceptRtadv whether IPv6 is taken from router advertisements
 * @param duplicateDetection whether IPv6 addresses are checked for duplicates
 * @param description the description set by {@code ifconfig description}
 * @param groups the groups that an administrator added, without those of the driver
 * @param fib its routing table, where it is not 0
 * @param carps the virtual hosts of carp(4) that hn, or the lagg in its place, has
 * @param bridges the bridges that hn, or the lagg in its place, is a member of
 * @param vlans its VLANs, whose parent is the interface that has the configuration
 * @param notes the live configuration that rc.conf does not have, and the parts that hnvf cannot
 *     move
 */
public record Configuration(
    ImmutableList<InetAddressAt> inet,
    Optional<Prefix> leased,
    Optional<Prefix> expiredLease,
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

  /** Returns a builder of an empty configuration: no address, no route, no DHCP, no IPv6. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder that starts with this configuration. */
  public Builder toBuilder() {
    return new Builder()
        .inet(inet)
        .leased(leased)
        .expiredLease(expiredLease)
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

  /** Returns a copy without the leased address and without the default route through it. */
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
   * Returns those of {@link #routes} through which the gateway of the default route is reached if
   * it is in no network of the pair. The kernel refuses the default route without them (transcript
   * 65).
   */
  public ImmutableList<Route> routesToGateway() {
    Optional<InetAddress> router =
        defaultRoute
            .flatMap(Route::gatewayAddress)
            .filter(r -> inet.stream().noneMatch(own -> own.prefix().contains(r)));
    return router
        .map(r -> routes.stream().filter(route -> route.fib() == routingFib() && route.leadsTo(r)))
        .stream()
        .flatMap(found -> found)
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns the IPv4 routes; only the routes that the default route needs are before it. */
  public ImmutableList<Route> inetRoutes() {
    return Stream.of(routesToGateway().stream(), defaultRoute.stream(), routes.stream())
        .flatMap(some -> some)
        .distinct()
        .collect(ImmutableList.toImmutableList());
  }

  /** The FIB in which its addresses and its default routes stand. */
  public int routingFib() {
    return fib.orElse(0);
  }

  /** The IPv6 default route, one of {@link #routes6}. */
  public Optional<Route> defaultRoute6() {
    return routes6.stream().filter(route -> route.isDefaultOf(true, routingFib())).findFirst();
  }

  /**
   * Returns a copy without the default routes that do not belong to the pair.
   *
   * @param ofInet whether to leave out that of IPv4
   * @param ofInet6 whether to leave out that of IPv6
   */
  public Configuration withoutDefaultRoute(boolean ofInet, boolean ofInet6) {
    return toBuilder()
        .defaultRoute(ofInet ? Optional.empty() : defaultRoute)
        .routes6(
            routes6.stream()
                .filter(route -> !(ofInet6 && route.isDefaultOf(true, routingFib())))
                .collect(ImmutableList.toImmutableList()))
        .build();
  }

  /** Builds a configuration. Each method has the name of the component that it sets. */
  public static final class Builder {

    private ImmutableList<InetAddressAt> inet = ImmutableList.of();
    private Optional<Prefix> leased = Optional.empty();
    private Optional<Prefix> expiredLease = Optional.empty();
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

    /** {@link Configuration#inet}; empty by default. */
    public Builder inet(ImmutableList<InetAddressAt> value) {
      this.inet = value;
      return this;
    }

    /** {@link Configuration#leased}; empty by default. */
    public Builder leased(Optional<Prefix> value) {
      this.leased = value;
      return this;
    }

    /** {@link Configuration#expiredLease}; empty by default. */
    public Builder expiredLease(Optional<Prefix> value) {
      this.expiredLease = value;
      return this;
    }

    /** {@link Configuration#inet6}; empty by default. */
    public Builder inet6(ImmutableList<Prefix> value) {
      this.inet6 = value;
      return this;
    }

    /** {@link Configuration#defaultRoute}; empty by default. */
    public Builder defaultRoute(Optional<Route> value) {
      this.defaultRoute = value;
      return this;
    }

    /** {@link Configuration#routes}; empty by default. */
    public Builder routes(ImmutableList<Route> value) {
      this.routes = value;
      return this;
    }

    /** {@link Configuration#routes6}; empty by default. */
    public Builder routes6(ImmutableList<Route> value) {
      this.routes6 = value;
      return this;
    }

    /** {@link Configuration#dhcp}; false by default. */
    public Builder dhcp(boolean value) {
      this.dhcp = value;
      return this;
    }

    /** {@link Configuration#ipv6}; false by default. */
    public Builder ipv6(boolean value) {
      this.ipv6 = value;
      return this;
    }

    /** {@link Configuration#acceptRtadv}; false by default. */
    public Builder acceptRtadv(boolean value) {
      this.acceptRtadv = value;
      return this;
    }

    /** {@link Configuration#duplicateDetection}; true by default. */
    public Builder duplicateDetection(boolean value) {
      this.duplicateDetection = value;
      return this;
    }

    /** {@link Configuration#description}; empty by default. */
    public Builder description(Optional<String> value) {
      this.description = value;
      return this;
    }

    /** {@link Configuration#groups}; empty by default. */
    public Builder groups(ImmutableList<String> value) {
      this.groups = value;
      return this;
    }

    /** {@link Configuration#fib}; empty by default. */
    public Builder fib(Optional<Integer> value) {
      this.fib = value;
      return this;
    }

    /** {@link Configuration#carps}; empty by default. */
    public Builder carps(ImmutableList<CarpGroup> value) {
      this.carps = value;
      return this;
    }

    /** {@link Configuration#bridges}; empty by default. */
    public Builder bridges(ImmutableList<BridgeMembership> value) {
      this.bridges = value;
      return this;
    }

    /** {@link Configuration#vlans}; empty by default. */
    public Builder vlans(ImmutableList<Vlan> value) {
      this.vlans = value;
      return this;
    }

    /** {@link Configuration#notes}; empty by default. */
    public Builder notes(ImmutableList<String> value) {
      this.notes = value;
      return this;
    }

    /** The configuration. */
    public Configuration build() {
      return new Configuration(
          inet,
          leased,
          expiredLease,
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
