package org.hnvf.sim;

import com.google.common.collect.ImmutableList;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.hnvf.model.Prefix;

/** The routing table (sys/net/route.c). */
final class Routes {
  private final Kernel kernel;

  Routes(Kernel kernel) {
    this.kernel = kernel;
  }

  private List<RouteEntry> table() {
    return kernel.state().routes;
  }

  /** Those of FIB 0. */
  ImmutableList<RouteEntry> all(boolean ipv6) {
    return all(0, ipv6);
  }

  ImmutableList<RouteEntry> all(int fib, boolean ipv6) {
    return table().stream()
        .filter(r -> r.fib == fib && r.isIpv6() == ipv6)
        .collect(ImmutableList.toImmutableList());
  }

  /** That of FIB 0. */
  Optional<RouteEntry> find(byte[] key, int length) {
    return find(0, key, length);
  }

  Optional<RouteEntry> find(int fib, byte[] key, int length) {
    for (RouteEntry route : table()) {
      if (route.fib == fib && route.length == length && Arrays.equals(route.key, key)) {
        return Optional.of(route);
      }
    }
    return Optional.empty();
  }

  /** Adds a route where there is none to its destination; whether there was none. */
  boolean addIfAbsent(RouteEntry route) {
    if (find(route.fib, route.key, route.length).isPresent()) {
      return false;
    }
    try {
      add(route);
      return true;
    } catch (KernelError e) {
      throw new IllegalStateException("a route that was not there is there", e);
    }
  }

  void add(RouteEntry route) throws KernelError {
    int place = Collections.binarySearch(table(), route, RouteEntry.TREE_ORDER);
    if (place >= 0 && !isFurtherPath(route)) {
      throw new KernelError(Errno.EEXIST);
    }
    table().add(place >= 0 ? lastOf(route) : -place - 1, route);
  }

  /** A further route to a destination through a gateway that no other one has. */
  private boolean isFurtherPath(RouteEntry route) {
    return kernel.state().multipath
        && route.gateway != null
        && paths(route.fib, route.key, route.length).stream()
            .noneMatch(old -> route.gateway.equals(old.gateway));
  }

  private int lastOf(RouteEntry route) {
    ImmutableList<RouteEntry> paths = paths(route.fib, route.key, route.length);
    return table().indexOf(paths.get(paths.size() - 1)) + 1;
  }

  /** Returns all routes to a destination: one, except with several paths. */
  ImmutableList<RouteEntry> paths(int fib, byte[] key, int length) {
    return table().stream()
        .filter(r -> r.fib == fib && r.length == length && Arrays.equals(r.key, key))
        .collect(ImmutableList.toImmutableList());
  }

  void remove(RouteEntry route) {
    table().remove(route);
  }

  void removeIf(Predicate<RouteEntry> which) {
    table().removeIf(which);
  }

  /** The longest match for an address that is not link-local. */
  Optional<RouteEntry> lookup(InetAddress destination) {
    return lookup(destination.getAddress());
  }

  /** The same in FIB 0. */
  Optional<RouteEntry> lookup(byte[] destination) {
    return lookup(0, destination);
  }

  Optional<RouteEntry> lookup(int fib, byte[] destination) {
    RouteEntry best = null;
    for (RouteEntry route : table()) {
      if (route.fib == fib
          && (best == null || route.length > best.length)
          && route.matches(destination)) {
        best = route;
      }
    }
    return Optional.ofNullable(best);
  }

  /** The route of a prefix that is reached directly over an interface. */
  static RouteEntry direct(Prefix prefix, Iface iface, long boundTo) {
    RouteEntry route = new RouteEntry();
    route.key = key(prefix, iface);
    route.length = prefix.length();
    route.fib = iface.fib;
    route.iface = iface.index;
    route.link = iface.index;
    route.boundTo = boundTo;
    route.pinned = true;
    return route;
  }

  /** The host route of an own address, over the loopback interface. */
  RouteEntry own(Prefix prefix, Iface iface, String flags, long boundTo) {
    RouteEntry route = direct(host(prefix), iface, boundTo);
    Iface loopback = kernel.interfaces().loopback();
    route.iface = loopback.index;
    route.link = loopback.index;
    route.flags = flags;
    return route;
  }

  static Prefix host(Prefix prefix) {
    return new Prefix(prefix.address(), prefix.isIpv6() ? 128 : 32);
  }

  static byte[] key(Prefix prefix, Iface iface) {
    byte[] masked = Bits.masked(prefix.address().getAddress(), prefix.length());
    return prefix.isIpv6LinkLocal() ? Bits.scoped(masked, iface.index) : masked;
  }

  /** A host or default route through a gateway that stands directly on a network of ours. */
  RouteEntry through(byte[] key, int length, Gateway gateway, boolean host) {
    RouteEntry route = new RouteEntry();
    route.key = key;
    route.length = length;
    route.gateway = gateway.address();
    route.iface = gateway.iface().index;
    route.boundTo = gateway.boundTo();
    route.flags = host ? "UGHS" : "UGS";
    return route;
  }

  /** A gateway, and the interface address by which it is reached. */
  record Gateway(InetAddress address, Iface iface, long boundTo) {}

  /** The same in FIB 0. */
  Gateway gateway(InetAddress address, Optional<Iface> zone) throws KernelError {
    return gateway(0, address, zone);
  }

  /**
   * By which interface a gateway is reached: the first of this FIB that has an address in the same
   * network, up or not, and the narrowest such network (ifa_ifwithnet of sys/net/if.c); else as a
   * route of this FIB to it that is not the default one says (ifa_ifwithroute of sys/net/route.c).
   */
  Gateway gateway(int fib, InetAddress address, Optional<Iface> zone) throws KernelError {
    if (zone.isPresent()) {
      return new Gateway(address, zone.get(), 0);
    }
    Iface best = null;
    int length = -1;
    for (Iface iface : kernel.interfaces().all()) {
      int own = iface.fib == fib ? narrowest(iface, address) : -1;
      if (own > length) {
        best = iface;
        length = own;
      }
    }
    if (best != null) {
      return new Gateway(address, best, addressFor(best, address));
    }
    RouteEntry route =
        lookup(fib, address.getAddress())
            .filter(r -> !r.isDefault())
            .orElseThrow(() -> new KernelError(Errno.EINVAL));
    return new Gateway(address, kernel.interfaces().at(route.iface), route.boundTo);
  }

  /** The length of the narrowest network of an interface that holds an address; -1 for none. */
  private static int narrowest(Iface iface, InetAddress address) {
    int length = -1;
    for (Ip4 own : iface.inet) {
      if (own.prefix.length() > length && own.prefix.contains(address)) {
        length = own.prefix.length();
      }
    }
    for (Ip6 own : iface.inet6) {
      if (!own.isLinkLocal() && own.prefix.length() > length && own.prefix.contains(address)) {
        length = own.prefix.length();
      }
    }
    return length;
  }

  /** The serial of the interface's address whose network holds another; 0 for none. */
  static long addressFor(Iface iface, InetAddress other) {
    for (Ip4 address : iface.inet) {
      if (address.prefix.contains(other)) {
        return address.serial;
      }
    }
    for (Ip6 address : iface.inet6) {
      if (!address.isLinkLocal() && address.prefix.contains(other)) {
        return address.serial;
      }
    }
    return 0;
  }
}
