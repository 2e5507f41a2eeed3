package org.hnvf.sim;

import com.google.common.net.InetAddresses;
import com.google.common.primitives.Ints;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.model.Prefix;

/** Takes over a routing table as {@code netstat -rn} shows it. */
final class RecordedRoutes {
  private static final Pattern ROW = Pattern.compile("(\\S+) +(\\S+) +(U\\S*) +(\\S+).*");

  private static final int NAME_WIDTH = 8;

  /** The route to mapped IPv4 addresses, which rc.d/routing adds to each table. */
  private static final String MAPPED = "::ffff:0.0.0.0/96";

  private final Kernel kernel;

  RecordedRoutes(Kernel kernel) {
    this.kernel = kernel;
  }

  void take(int fib, boolean ipv6, List<String> rows) {
    List<RouteEntry> old =
        kernel.state().routes.stream().filter(r -> r.fib == fib && r.isIpv6() == ipv6).toList();
    kernel.state().routes.removeIf(r -> r.fib == fib && r.isIpv6() == ipv6);
    for (Iface iface : kernel.interfaces().all()) {
      if (iface.fib == fib) {
        iface.inet.forEach(a -> a.ownsRoute &= ipv6);
        iface.inet6.forEach(a -> a.ownsRoute &= !ipv6);
      }
    }
    for (String row : rows) {
      Matcher matcher = ROW.matcher(row);
      if (matcher.matches()) {
        entry(fib, ipv6, matcher, old).ifPresent(kernel.routes()::addIfAbsent);
      }
    }
  }

  private Optional<RouteEntry> entry(int fib, boolean ipv6, Matcher row, List<RouteEntry> old) {
    String shown = row.group(1);
    Optional<Iface> iface = shownAs(row.group(4));
    if (iface.isEmpty()) {
      return Optional.empty();
    }
    for (RouteEntry route : old) {
      boolean same =
          route.iface == iface.get().index
              && route.flags.equals(row.group(3))
              && gateway(route, iface.get()).equals(row.group(2).replaceAll("link#.*", "link"))
              && NetstatProgram.destination(route, iface.get().name).equals(shown);
      if (same) {
        claim(route);
        return Optional.of(route);
      }
    }
    Optional<RouteEntry> made = made(ipv6, shown, row.group(2), row.group(3), iface.get());
    made.ifPresent(route -> route.fib = fib);
    return made;
  }

  /** netstat(1) shows no more than the beginning of a long name. */
  private Optional<Iface> shownAs(String name) {
    return kernel
        .interfaces()
        .find(name)
        .or(
            () ->
                kernel
                    .interfaces()
                    .first(i -> name.length() >= NAME_WIDTH && i.name.startsWith(name)));
  }

  private static String gateway(RouteEntry route, Iface iface) {
    InetAddress gateway = route.gateway;
    if (gateway == null) {
      return "link";
    }
    String zone = gateway.isLinkLocalAddress() && route.isIpv6() ? "%" + iface.name : "";
    return InetAddresses.toAddrString(gateway) + zone;
  }

  private Optional<RouteEntry> made(
      boolean ipv6, String shown, String via, String flags, Iface iface) {
    // InetAddress has no mapped addresses: it takes them for IPv4.
    boolean mapped = ipv6 && shown.equals(MAPPED);
    String[] parts = (mapped ? "::/96" : shown).split("/", 2);
    String plain = parts[0].replaceFirst("%.*", "");
    boolean isDefault = shown.equals("default");
    if (!isDefault && !InetAddresses.isInetAddress(plain)) {
      return Optional.empty();
    }
    int full = ipv6 ? 128 : 32;
    String prefix = parts.length == 2 ? parts[1] : Integer.toString(full);
    Integer length = isDefault ? Integer.valueOf(0) : Ints.tryParse(prefix);
    InetAddress address = InetAddresses.forString(isDefault ? (ipv6 ? "::" : "0.0.0.0") : plain);
    boolean fits = address.getAddress().length * 8 == full;
    if (!fits || length == null || length < 0 || length > full) {
      return Optional.empty();
    }
    RouteEntry route = new RouteEntry();
    Iface scope = owner(address).orElse(iface);
    route.key = Routes.key(new Prefix(address, length), scope);
    if (mapped) {
      route.key[10] = (byte) 0xff;
      route.key[11] = (byte) 0xff;
      route.shown = MAPPED;
    }
    route.length = length;
    route.iface = iface.index;
    route.flags = flags;
    String gateway = via.replaceFirst("%.*", "");
    if (InetAddresses.isInetAddress(gateway)) {
      route.gateway = InetAddresses.forString(gateway);
      route.boundTo = addressTowards(iface, InetAddresses.forString(gateway));
    } else {
      route.link = iface.index;
      route.boundTo = claim(route);
    }
    return Optional.of(route);
  }

  /** The interface that has an address, for the host route of an own one is over loopback. */
  private Optional<Iface> owner(InetAddress address) {
    return kernel
        .interfaces()
        .first(i -> Inet6.find(i, address).isPresent() || Inet.find(i, address).isPresent());
  }

  private static long addressTowards(Iface iface, InetAddress gateway) {
    return iface.inet.stream()
        .filter(a -> a.prefix.contains(gateway))
        .mapToLong(a -> a.serial)
        .findFirst()
        .orElse(0);
  }

  /** An address whose prefix this is holds the prefix route; its serial, 0 for none. */
  private long claim(RouteEntry route) {
    for (Iface iface : kernel.interfaces().all()) {
      boolean own = route.iface == iface.index;
      for (Ip4 address : iface.inet) {
        boolean host = address.prefix.isHost() && route.flags.equals("UH");
        if (isPrefix(route, address.prefix, iface) && (own || host)) {
          address.ownsRoute = true;
          return address.serial;
        }
      }
      for (Ip6 address : iface.inet6) {
        if (own && isPrefix(route, address.prefix, iface)) {
          address.ownsRoute = true;
          return address.serial;
        }
      }
    }
    return route.boundTo;
  }

  private static boolean isPrefix(RouteEntry route, Prefix prefix, Iface iface) {
    return route.length == prefix.length() && Arrays.equals(route.key, Routes.key(prefix, iface));
  }
}
