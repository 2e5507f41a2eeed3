package org.hnvf.pairconfig;

import com.google.common.collect.ImmutableList;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hnvf.freebsd.Addresses;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Prefix;
import org.hnvf.model.Route;

/**
 * Converts the {@code static_routes} of rc.conf(5) to routes as netstat(1) prints them: those
 * through a gateway or hn itself, and with a destination that route(8) parses in one way only. hnvf
 * does not know whether the others are live.
 */
final class RcRoutes {

  private static final int MOST_DIGITS = 5;

  private final InterfaceName hn;
  private final List<String> plain = new ArrayList<>();
  private boolean ipv6;
  private boolean net;
  private boolean host;
  private boolean direct;
  private boolean odd;
  private int fib;
  private OptionalInt length = OptionalInt.empty();

  private RcRoutes(InterfaceName hn) {
    this.hn = hn;
  }

  /**
   * Returns the route that these operands of route(8) create.
   *
   * @param hn the interface of the route
   */
  static Optional<Route> of(ImmutableList<String> operands, InterfaceName hn) {
    RcRoutes read = new RcRoutes(hn);
    try {
      read.read(operands);
      return read.odd ? Optional.empty() : read.route();
    } catch (IllegalArgumentException e) {
      // It is not an address, or has no prefix length.
      return Optional.empty();
    }
  }

  private void read(ImmutableList<String> operands) {
    for (int i = 0; i < operands.size(); i++) {
      String word = operands.get(i);
      boolean takesOne =
          word.equals("-fib") || word.equals("-netmask") || word.equals("-prefixlen");
      if (takesOne && i + 1 == operands.size()) {
        odd = true;
        return;
      }
      switch (word) {
        case "-4", "-inet", "-static", "-dst" -> {}
        case "-gateway" -> odd |= plain.size() != 1;
        case "-6", "-inet6" -> ipv6 = true;
        case "-net" -> net = true;
        case "-host" -> host = true;
        case "-interface", "-iface" -> direct = true;
        case "-fib" -> fib = number(operands.get(++i));
        case "-netmask" -> length = OptionalInt.of(ofMask(operands.get(++i)));
        case "-prefixlen" -> length = OptionalInt.of(number(operands.get(++i)));
        default -> {
          odd |= word.startsWith("-");
          plain.add(word);
        }
      }
    }
  }

  private Optional<Route> route() {
    if (plain.size() < 2 || plain.size() > (ipv6 ? 2 : 3)) {
      return Optional.empty();
    }
    if (plain.size() > 2) {
      length = OptionalInt.of(ofMask(plain.get(2)));
    }
    if (plain.get(0).equals("default")) {
      return length.isPresent() || host ? Optional.empty() : to("default", "UGS");
    }
    Optional<Prefix> to = destination();
    if (to.filter(p -> p.isIpv6() == ipv6).isEmpty()) {
      return Optional.empty();
    }
    if (to.get().length() == 0) {
      return to("default", "UGS");
    }
    return to.get().isHost() ? to(to.get().host(), "UGHS") : to(to.get().toString(), "UGS");
  }

  private Optional<Route> to(String destination, String flags) {
    String gateway = plain.get(1);
    if (direct) {
      return Optional.of(gateway)
          .filter(hn.value()::equals)
          .map(own -> route(destination, own, flags.replace("G", "")));
    }
    Route route = route(destination, gateway, flags);
    return route
        .gatewayAddress()
        .filter(router -> router instanceof Inet6Address == ipv6)
        .map(router -> route);
  }

  private Route route(String destination, String gateway, String flags) {
    return new Route(ipv6, destination, gateway, flags, hn.value(), Optional.empty()).in(fib);
  }

  /**
   * Returns the destination; empty for a network without a length, which route(8) derives from its
   * class. A mask replaces the length after a slash, and {@code -host} ignores both. Without a
   * length 0.0.0.0 is the default route (inet_makenetandmask of sbin/route/route.c).
   */
  private Optional<Prefix> destination() {
    String text = plain.get(0);
    int slash = text.indexOf('/');
    Prefix given =
        Prefix.of(slash < 0 ? text : whole(text.substring(0, slash)) + text.substring(slash));
    InetAddress address = given.address();
    if (!host && (slash >= 0 || length.isPresent())) {
      return Optional.of(network(new Prefix(address, length.orElse(given.length()))));
    }
    if (!host && !ipv6 && address.isAnyLocalAddress()) {
      return Optional.of(new Prefix(address, 0));
    }
    byte[] bytes = address.getAddress();
    boolean ofHost = host || (!net && bytes[bytes.length - 1] != 0);
    return Optional.of(new Prefix(address, bytes.length * 8)).filter(p -> ofHost);
  }

  /** Returns the address of {@code 10/8} with the numbers that are missing, zeros. */
  private static String whole(String network) {
    long dots = network.chars().filter(c -> c == '.').count();
    return network.matches("[0-9.]+") && dots < 3 ? network + ".0".repeat(3 - (int) dots) : network;
  }

  private static Prefix network(Prefix given) {
    byte[] bytes = given.address().getAddress();
    for (int bit = given.length(); bit < bytes.length * 8; bit++) {
      bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
    }
    try {
      return new Prefix(InetAddress.getByAddress(bytes), given.length());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static int ofMask(String mask) {
    return Addresses.maskLength(mask).orElseThrow(() -> new IllegalArgumentException(mask));
  }

  private static int number(String text) {
    if (text.length() > MOST_DIGITS) {
      throw new IllegalArgumentException(text);
    }
    return Integer.parseUnsignedInt(text);
  }
}
