package org.hnvf.sim;

import com.google.common.collect.ImmutableList;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.hnvf.model.Prefix;

/** IPv6 addresses, neighbour discovery flags and SLAAC (sys/netinet6). */
final class Inet6 {

  /** Half of MAX_RTR_SOLICITATION_DELAY: the random delay before detection, on average. */
  private static final long DELAY = Micros.SECOND / 2;

  /** The lifetimes that routers advertise (rtadvd.conf(5)), in seconds. */
  private static final long PREFERRED = 604_800;

  private static final long VALID = 2_592_000;

  private final Kernel kernel;

  Inet6(Kernel kernel) {
    this.kernel = kernel;
  }

  static Optional<Ip6> find(Iface iface, InetAddress address) {
    for (Ip6 own : iface.inet6) {
      if (own.address().equals(address)) {
        return Optional.of(own);
      }
    }
    return Optional.empty();
  }

  static Optional<Ip6> linkLocal(Iface iface) {
    return iface.inet6.stream().filter(Ip6::isLinkLocal).findFirst();
  }

  void add(Iface iface, Prefix prefix) throws KernelError {
    add(iface, prefix, new Ip6Options());
  }

  /**
   * Adds an address, or gives an existing one its flags and lifetimes again. It clears IFDISABLED,
   * and the interface goes up.
   *
   * @throws KernelError EEXIST if another interface has it; EINVAL if it exists with another
   *     length, or is to be preferred for longer than valid (in6_update_ifa)
   */
  void add(Iface iface, Prefix prefix, Ip6Options options) throws KernelError {
    if (options.preferred > options.valid) {
      throw new KernelError(Errno.EINVAL);
    }
    Optional<Ip6> known = find(iface, prefix.address());
    if (known.isPresent()) {
      if (known.get().prefix.length() != prefix.length()) {
        throw new KernelError(Errno.EINVAL);
      }
      describe(known.get(), options);
      return;
    }
    if (!prefix.isIpv6LinkLocal() && standsElsewhere(iface, prefix.address())) {
      throw new KernelError(Errno.EEXIST);
    }
    if (options.valid == 0) {
      return;
    }
    describe(place(iface, prefix, 0), options);
    kernel.interfaces().up(iface);
    clearDisabled(iface);
  }

  private void describe(Ip6 address, Ip6Options options) {
    address.anycast = options.anycast;
    address.deprecated = options.deprecated;
    address.autoconf = options.autoconf;
    address.preferSource = options.preferSource;
    address.preferred = options.preferred;
    address.valid = options.valid;
    address.renewedAt = kernel.state().now;
    if (options.anycast) {
      address.tentativeUntil = 0;
    }
  }

  private Ip6 place(Iface iface, Prefix prefix, long delay) {
    Ip6 address = new Ip6(prefix, kernel.state().nextSerial++);
    iface.inet6.add(address);
    startDetection(iface, address, delay);
    addPrefixRoute(iface, address);
    kernel.routes().addIfAbsent(kernel.routes().own(prefix, iface, "UHS", address.serial));
    kernel.vlans().attachNetwork(iface);
    kernel.devd().address(iface, true, prefix);
    return address;
  }

  /** An address that is known to stand there. */
  Ip6 placeAsRecorded(Iface iface, Prefix prefix) {
    return place(iface, prefix, 0);
  }

  private boolean standsElsewhere(Iface iface, InetAddress address) {
    return kernel.interfaces().all().stream()
        .anyMatch(i -> i != iface && find(i, address).isPresent());
  }

  void remove(Iface iface, Ip6 address) {
    iface.inet6.remove(address);
    byte[] own = Routes.key(Routes.host(address.prefix), iface);
    kernel.routes().find(iface.fib, own, 128).ifPresent(kernel.routes()::remove);
    scrubPrefix(iface, address);
    kernel.devd().address(iface, false, address.prefix);
  }

  /** All IPv6 goes, with what routers told; static routes stay (in6_ifdetach). */
  void detach(Iface iface) {
    for (Ip6 address : ImmutableList.copyOf(iface.inet6)) {
      remove(iface, address);
    }
    kernel.routes().removeIf(r -> r.isIpv6() && r.iface == iface.index && r.flags.equals("UG"));
    kernel
        .state()
        .neighbours
        .removeIf(n -> n.iface() == iface.index && n.address().getAddress().length == 16);
  }

  void wentUp(Iface iface) {
    for (Ip6 address : iface.inet6) {
      if (address.isTentative()) {
        startDetection(iface, address, DELAY);
      }
    }
    ensureLinkLocal(iface);
  }

  /** Sets and clears nd6 flags, as {@code ifconfig IF inet6 -ifdisabled} does (nd6_ioctl). */
  void setFlag(Iface iface, int flag, boolean on) {
    if (flag == Iface.IFDISABLED && !on) {
      clearDisabled(iface);
      return;
    }
    boolean was = iface.is(flag);
    iface.nd6 = on ? iface.nd6 | flag : iface.nd6 & ~flag;
    if (flag == Iface.IFDISABLED && !was && !iface.is(Iface.NO_DAD)) {
      iface.inet6.forEach(a -> a.tentativeUntil = Ip6.PAUSED);
    }
    if (flag == Iface.AUTO_LINKLOCAL && on && !was && iface.up) {
      ensureLinkLocal(iface);
    }
  }

  private void clearDisabled(Iface iface) {
    if (iface.is(Iface.IFDISABLED)) {
      iface.nd6 &= ~Iface.IFDISABLED;
      if (iface.up) {
        wentUpAddresses(iface);
        ensureLinkLocal(iface);
      }
    }
  }

  private void wentUpAddresses(Iface iface) {
    for (Ip6 address : iface.inet6) {
      if (address.tentativeUntil == Ip6.PAUSED) {
        startDetection(iface, address, 0);
      }
    }
  }

  private void startDetection(Iface iface, Ip6 address, long delay) {
    if (iface.kind == Iface.Kind.LOOPBACK || iface.is(Iface.NO_DAD)) {
      address.tentativeUntil = 0;
    } else if (iface.is(Iface.IFDISABLED)) {
      address.tentativeUntil = Ip6.PAUSED;
    } else {
      address.tentativeUntil =
          kernel.state().now + delay + kernel.costs().duplicateAddressDetection();
    }
  }

  /** The next end of a duplicate address detection. */
  long nextDue() {
    long due = Long.MAX_VALUE;
    for (Iface iface : kernel.state().ifaces) {
      for (Ip6 address : iface.inet6) {
        if (address.isTentative()) {
          due = Math.min(due, address.tentativeUntil);
        }
      }
    }
    return due;
  }

  void endDetections() {
    for (Iface iface : kernel.state().ifaces) {
      for (Ip6 address : iface.inet6) {
        if (address.tentativeUntil <= kernel.state().now) {
          address.tentativeUntil = 0;
        }
      }
    }
  }

  /** Makes a link-local address where there is none and the flags allow it (in6_ifattach). */
  void ensureLinkLocal(Iface iface) {
    if (iface.kind == Iface.Kind.LOOPBACK
        || iface.is(Iface.IFDISABLED)
        || !iface.is(Iface.AUTO_LINKLOCAL)
        || linkLocal(iface).isPresent()) {
      return;
    }
    byte[] address = Bits.withInterfaceId(new byte[16], Bits.eui64(macForId(iface)));
    address[0] = (byte) 0xfe;
    address[1] = (byte) 0x80;
    place(iface, new Prefix(Bits.address(address), 64), DELAY);
  }

  /**
   * The MAC address that an interface identifier is made of: its own, if it is Ethernet with an
   * address; else that of the first interface that is (get_ifid of in6_ifattach.c). A lagg port is
   * no Ethernet interface any more, a lagg without a port has no address.
   */
  private String macForId(Iface iface) {
    if (isUsable(iface)) {
      return iface.mac;
    }
    return kernel
        .interfaces()
        .first(i -> i != iface && isUsable(i))
        .map(i -> i.mac)
        .orElse(iface.mac);
  }

  private static boolean isUsable(Iface iface) {
    return iface.isEthernet() && !iface.mac.equals(Interfaces.NO_MAC);
  }

  /** A router advertisement came in by this interface. */
  void advertised(Iface iface, Segment segment) {
    if (!iface.is(Iface.ACCEPT_RTADV) || iface.is(Iface.IFDISABLED) || !iface.up) {
      return;
    }
    rememberRouter(iface, segment);
    byte[] any = new byte[16];
    if (kernel.routes().find(iface.fib, any, 0).isEmpty()) {
      RouteEntry route = new RouteEntry();
      route.fib = iface.fib;
      route.key = any;
      route.gateway = segment.routerLinkLocal;
      route.iface = iface.index;
      route.flags = "UG";
      kernel.routes().addIfAbsent(route);
    }
    linkLocal(iface).ifPresent(ll -> autoconfigure(iface, ll, segment.advertised));
  }

  private void rememberRouter(Iface iface, Segment segment) {
    InetAddress router = segment.routerLinkLocal;
    String mac = Bits.macOf(router.getAddress());
    kernel.state().neighbours.removeIf(n -> n.iface() == iface.index && n.address().equals(router));
    kernel.state().neighbours.add(new Neighbour(iface.index, router, mac, true));
  }

  private void autoconfigure(Iface iface, Ip6 linkLocal, Prefix advertised) {
    byte[] id = Arrays.copyOfRange(linkLocal.address().getAddress(), 8, 16);
    InetAddress address = Bits.address(Bits.withInterfaceId(advertised.address().getAddress(), id));
    Optional<Ip6> known = find(iface, address);
    if (known.isEmpty() && !standsElsewhere(iface, address)) {
      Ip6 made = place(iface, new Prefix(address, advertised.length()), DELAY);
      made.autoconf = true;
      made.preferred = PREFERRED;
      made.valid = VALID;
      known = Optional.of(made);
    }
    known.filter(a -> a.autoconf).ifPresent(a -> a.renewedAt = kernel.state().now);
  }

  private void addPrefixRoute(Iface iface, Ip6 address) {
    if (!address.prefix.isHost()) {
      address.ownsRoute =
          kernel.routes().addIfAbsent(Routes.direct(address.prefix, iface, address.serial));
    }
  }

  private void scrubPrefix(Iface iface, Ip6 address) {
    if (!address.ownsRoute) {
      return;
    }
    byte[] key = Routes.key(address.prefix, iface);
    kernel
        .routes()
        .find(iface.fib, key, address.prefix.length())
        .ifPresent(kernel.routes()::remove);
    kernel.interfaces().all().stream()
        .filter(i -> i.fib == iface.fib)
        .flatMap(i -> i.inet6.stream().map(a -> new Heir(i, a)))
        .filter(h -> h.address.prefix.length() == address.prefix.length())
        .filter(h -> Arrays.equals(key, Routes.key(h.address.prefix, h.iface)))
        .min(Comparator.comparing(h -> h.address.serial))
        .ifPresent(h -> addPrefixRoute(h.iface, h.address));
  }

  private record Heir(Iface iface, Ip6 address) {}
}
