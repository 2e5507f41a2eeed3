package org.hnvf.sim;

import com.google.common.collect.ImmutableList;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.model.Prefix;
import org.jspecify.annotations.Nullable;

/** IPv4 addresses, and the routes that come and go with them (sys/netinet/in.c). */
final class Inet {
  private final Kernel kernel;

  Inet(Kernel kernel) {
    this.kernel = kernel;
  }

  /** An address and the interface that it stands on. */
  private record Placed(Iface iface, Ip4 address) {}

  /**
   * Adds an address (SIOCAIFADDR). One that stands on the interface already is taken away first,
   * with every route that is bound to it. The interface goes up.
   */
  void add(Iface iface, Prefix prefix, @Nullable InetAddress broadcast) {
    add(iface, prefix, broadcast, 0);
  }

  /** The same for an address of a virtual host of carp(4). */
  void add(Iface iface, Prefix prefix, @Nullable InetAddress broadcast, int vhid) {
    find(iface, prefix.address()).ifPresent(old -> remove(iface, old));
    kernel.interfaces().up(iface);
    Ip4 address = new Ip4(prefix, broadcast, kernel.state().nextSerial++);
    address.vhid = vhid;
    iface.inet.add(address);
    addPrefixRoute(iface, address);
    byte[] key = prefix.address().getAddress();
    if (iface.kind != Iface.Kind.LOOPBACK && kernel.routes().find(iface.fib, key, 32).isEmpty()) {
      kernel.routes().addIfAbsent(kernel.routes().own(prefix, iface, "UHS", 0));
    }
    kernel.vlans().attachNetwork(iface);
    kernel.devd().address(iface, true, prefix);
  }

  static Optional<Ip4> find(Iface iface, InetAddress address) {
    for (Ip4 own : iface.inet) {
      if (own.address().equals(address)) {
        return Optional.of(own);
      }
    }
    return Optional.empty();
  }

  /** Removes an address (SIOCDIFADDR), and all routes that are bound to it, static ones too. */
  void remove(Iface iface, Ip4 address) {
    boolean moved = scrubPrefix(iface, address);
    if (!standsElsewhere(iface, address)) {
      byte[] key = address.address().getAddress();
      kernel.routes().find(iface.fib, key, 32).ifPresent(kernel.routes()::remove);
    }
    kernel.routes().removeIf(r -> r.boundTo == address.serial);
    iface.inet.remove(address);
    if (!moved) {
      announceRemoval(iface, address);
    }
  }

  /** The message is not sent where the prefix route only changes hands. */
  private void announceRemoval(Iface iface, Ip4 address) {
    kernel.devd().address(iface, false, address.prefix);
    kernel
        .state()
        .messages
        .add(new KernelMessage(KernelMessage.Kind.ADDRESS_DELETED, iface.index, address.address()));
  }

  void wentUp(Iface iface) {
    for (Ip4 address : iface.inet) {
      if (!address.ownsRoute) {
        addPrefixRoute(iface, address);
      }
    }
  }

  /** Prefix routes go, or move to an interface that is up; static routes stay (PRC_IFDOWN). */
  void wentDown(Iface iface) {
    for (Ip4 address : ImmutableList.copyOf(iface.inet)) {
      if (address.ownsRoute && !address.prefix.isHost()) {
        boolean moved = scrubPrefix(iface, address);
        kernel.routes().removeIf(r -> r.boundTo == address.serial && !r.isStatic());
        if (!moved) {
          announceRemoval(iface, address);
        }
      }
    }
  }

  private void addPrefixRoute(Iface iface, Ip4 address) {
    if (samePrefix(iface, address).anyMatch(other -> other.address().ownsRoute)) {
      return;
    }
    Prefix prefix = address.prefix;
    RouteEntry route =
        prefix.isHost() || iface.kind == Iface.Kind.LOOPBACK
            ? kernel.routes().own(prefix, iface, "UH", address.serial)
            : Routes.direct(prefix, iface, address.serial);
    address.ownsRoute = kernel.routes().addIfAbsent(route);
  }

  /**
   * Takes the prefix route from an address.
   *
   * @return whether it moved to an address of another interface
   */
  private boolean scrubPrefix(Iface iface, Ip4 address) {
    if (!address.ownsRoute) {
      return false;
    }
    address.ownsRoute = false;
    Optional<RouteEntry> route =
        kernel.routes().find(iface.fib, Routes.key(address.prefix, iface), address.prefix.length());
    Optional<Placed> heir =
        samePrefix(iface, address)
            .filter(p -> p.iface().up)
            .min(Comparator.comparing(p -> p.address().serial));
    if (heir.isEmpty()) {
      if (!address.prefix.isHost() || !standsElsewhere(iface, address)) {
        route.ifPresent(kernel.routes()::remove);
      }
      forgetNeighbours(iface, address.prefix);
      return false;
    }
    heir.get().address().ownsRoute = true;
    if (heir.get().iface() != iface) {
      forgetNeighbours(iface, address.prefix);
    }
    route.ifPresent(
        r -> {
          r.boundTo = heir.get().address().serial;
          if (!address.prefix.isHost()) {
            r.iface = heir.get().iface().index;
            r.link = heir.get().iface().index;
          }
        });
    return true;
  }

  private void forgetNeighbours(Iface iface, Prefix prefix) {
    kernel
        .state()
        .neighbours
        .removeIf(n -> n.iface() == iface.index && prefix.contains(n.address()));
  }

  private Stream<Placed> samePrefix(Iface iface, Ip4 address) {
    byte[] network = Bits.masked(address.address().getAddress(), address.prefix.length());
    return kernel.interfaces().all().stream()
        .filter(i -> i.fib == iface.fib)
        .flatMap(i -> i.inet.stream().map(a -> new Placed(i, a)))
        .filter(p -> p.address() != address)
        .filter(p -> p.address().prefix.length() == address.prefix.length())
        .filter(
            p ->
                Arrays.equals(
                    network,
                    Bits.masked(p.address().address().getAddress(), address.prefix.length())));
  }

  private boolean standsElsewhere(Iface iface, Ip4 address) {
    return kernel.interfaces().all().stream()
        .filter(i -> i.fib == iface.fib)
        .flatMap(i -> i.inet.stream())
        .anyMatch(a -> a != address && a.address().equals(address.address()));
  }
}
