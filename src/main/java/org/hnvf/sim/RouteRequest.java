package org.hnvf.sim;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.hnvf.model.Prefix;
import org.jspecify.annotations.Nullable;

/**
 * One command line of route(8), taken apart in its order: what a word means depends on those before
 * it (newroute and getaddr of sbin/route/route.c).
 */
final class RouteRequest {
  static final String USAGE = "usage: route [-j jail] [-46dnqtv] command [[modifiers] args]";

  private final Interfaces interfaces;

  boolean quiet;
  boolean numeric;
  boolean ipv6;
  String verb = "";
  private boolean byInterface;
  private boolean forceNet;
  private boolean forceHost;
  private boolean namesHost;

  /** Whether a mask is known; without one a destination is a single address. */
  private boolean masked;

  private int length;
  private @Nullable InetAddress destination;
  private String destinationText = "";
  private String gatewayText = "";
  private @Nullable InetAddress gateway;

  /** The interface of {@code -interface}, or the zone of a link-local gateway. */
  private Optional<Iface> iface = Optional.empty();

  boolean isStatic = true;
  boolean reject;
  boolean blackhole;

  /** Of PROTO1 to PROTO3, as netstat(1) shows them. */
  String protocols = "";

  int mtu;

  private final int tables;
  private ImmutableList<Integer> fibs = ImmutableList.of(0);

  /**
   * Of a kernel with these interfaces.
   *
   * @param tables {@code net.fibs}
   */
  RouteRequest(Interfaces interfaces, int tables) {
    this.interfaces = interfaces;
    this.tables = tables;
  }

  /** The program ends here: what it says, and its exit status. */
  static final class Stop extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final String said;

    Stop(int status, String said) {
      super(said, null, false, false);
      this.status = status;
      this.said = said;
    }

    String said() {
      return said;
    }

    int status() {
      return status;
    }

    static Stop usage(String before) {
      return new Stop(64, before + "route: " + USAGE);
    }
  }

  void read(List<String> args) throws Stop {
    List<String> words = new ArrayList<>(args);
    while (!words.isEmpty() && words.get(0).startsWith("-") && words.get(0).length() > 1) {
      options(words.remove(0));
    }
    if (words.isEmpty()) {
      throw Stop.usage("");
    }
    verb = words.remove(0);
    switch (verb) {
      case "add", "change", "delete", "del", "get", "show" -> {}
      case "flush", "monitor" ->
          throw new Stop(64, "route: the simulated guest does not know " + verb);
      default -> throw Stop.usage("route: bad keyword: " + verb + "\n");
    }
    Iterator<String> rest = words.iterator();
    while (rest.hasNext()) {
      String word = rest.next();
      if (word.startsWith("-")) {
        modifier(word.substring(1), rest);
      } else if (destination == null) {
        destination(word);
      } else if (gatewayText.isEmpty()) {
        gateway(word);
      } else {
        netmask(word);
      }
    }
  }

  private void options(String word) throws Stop {
    for (char letter : word.substring(1).toCharArray()) {
      switch (letter) {
        case '4', '6' -> ipv6 = letter == '6';
        case 'n' -> numeric = true;
        case 'q' -> quiet = true;
        case 'd', 't', 'v' ->
            throw new Stop(64, "route: the simulated guest does not know -" + letter);
        default -> throw Stop.usage("route: illegal option -- " + letter + "\n");
      }
    }
  }

  private static String value(Iterator<String> rest) throws Stop {
    if (!rest.hasNext()) {
      throw Stop.usage("");
    }
    return rest.next();
  }

  private void modifier(String word, Iterator<String> rest) throws Stop {
    switch (word) {
      case "inet", "4" -> ipv6 = false;
      case "inet6", "6" -> ipv6 = true;
      case "iface", "interface" -> byInterface = true;
      case "host" -> forceHost = true;
      case "net" -> forceNet = true;
      case "nostatic" -> isStatic = false;
      case "static" -> isStatic = true;
      case "reject" -> reject = true;
      case "blackhole" -> blackhole = true;
      case "proto1", "proto2", "proto3" -> protocols += word.substring(5);
      case "lock", "lockrest", "sticky", "nostick" -> {}
      case "dst" -> destination(value(rest));
      case "gateway" -> gateway(value(rest));
      case "netmask" -> netmask(value(rest));
      case "prefixlen" -> prefixLength(value(rest));
      case "fib" -> fibs = RouteFibs.of(value(rest), tables);
      case "mtu" -> mtu = number(value(rest));
      case "ifa",
          "ifp",
          "genmask",
          "hopcount",
          "expire",
          "recvpipe",
          "sendpipe",
          "ssthresh",
          "rtt",
          "rttvar",
          "weight" ->
          value(rest);
      default -> throw Stop.usage("route: bad keyword: " + word + "\n");
    }
  }

  /** The tables that are meant. */
  ImmutableList<Integer> fibs() {
    return fibs;
  }

  private static int number(String word) {
    Integer number = Ints.tryParse(word);
    return number == null ? 0 : number;
  }

  private void destination(String word) throws Stop {
    int slash = word.indexOf('/');
    String plain = slash < 0 ? word : word.substring(0, slash);
    destinationText = word;
    if (word.equals("default")) {
      destination = Prefix.of(ipv6 ? "::/0" : "0.0.0.0/0").address();
      masked = true;
      length = 0;
    } else if (ipv6) {
      destination6(plain, slash < 0 ? "" : word.substring(slash + 1));
    } else if (slash >= 0) {
      destination = InetText.network(plain).orElseThrow(() -> badAddress(word));
      int bits = number(word.substring(slash + 1));
      masked = true;
      length = bits == 0 ? significantBits(destination) : Math.min(bits, 32);
      destinationText = plain;
    } else {
      destination = InetText.aton(word).orElseThrow(() -> badAddress(word));
      namesHost = hasHostPart(destination);
      if (!namesHost) {
        masked = true;
        length = significantBits(destination);
      }
    }
  }

  private void destination6(String plain, String bits) throws Stop {
    InetAddress address = inet6(plain);
    destination = address;
    byte[] bytes = address.getAddress();
    boolean subnet = Bits.samePrefix(Bits.masked(bytes, 64), bytes, 128);
    if (bits.isEmpty() && address.isAnyLocalAddress()) {
      masked = true;
    } else if (bits.isEmpty() && (bytes[0] & 0xe0) == 0x20 && subnet) {
      masked = true;
      length = 64;
    } else if (bits.isEmpty() || bits.equals("128")) {
      namesHost = true;
    } else {
      prefixLength(bits);
    }
  }

  private InetAddress inet6(String word) throws Stop {
    Optional<InetAddress> address = InetText.inet6(word);
    int zone = word.indexOf('%');
    if (address.isEmpty() || (zone >= 0 && interfaces.find(word.substring(zone + 1)).isEmpty())) {
      throw new Stop(71, "route: " + word + ": Name does not resolve");
    }
    return address.get();
  }

  private static Stop badAddress(String word) {
    return new Stop(68, "route: bad address: " + word);
  }

  private void gateway(String word) throws Stop {
    gatewayText = word;
    if (byInterface) {
      iface = interfaces.find(word);
      if (iface.isPresent()) {
        return;
      }
    }
    if (ipv6) {
      gateway = inet6(word);
      int zone = word.indexOf('%');
      iface = zone < 0 ? Optional.empty() : interfaces.find(word.substring(zone + 1));
    } else {
      gateway = InetText.aton(word).orElseThrow(() -> badAddress(word));
    }
  }

  private void netmask(String word) throws Stop {
    forceNet = true;
    masked = true;
    length =
        Bits.maskLength(
            ipv6 ? inet6(word) : InetText.aton(word).orElseThrow(() -> badAddress(word)));
  }

  private void prefixLength(String word) throws Stop {
    int bits = number(word);
    int most = ipv6 ? 128 : 32;
    if (bits < 0 || bits > most) {
      throw new Stop(1, word + ": bad value");
    }
    masked = true;
    length = bits;
    namesHost = bits == most;
    forceNet = bits < most;
  }

  /** Whether an address names a host in its classful network (inet_lnaof). */
  private static boolean hasHostPart(InetAddress address) {
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xff;
    int network = first < 128 ? 8 : first < 192 ? 16 : 24;
    return !Bits.samePrefix(Bits.masked(bytes, network), bytes, 32);
  }

  /** The bytes of a network up to its last one that is not zero, in bits. */
  private static int significantBits(InetAddress address) {
    byte[] bytes = address.getAddress();
    int bits = 32;
    while (bits > 0 && bytes[bits / 8 - 1] == 0) {
      bits -= 8;
    }
    return bits;
  }

  /** Whether a destination was given. */
  boolean isComplete() {
    return destination != null;
  }

  InetAddress address() {
    InetAddress it = destination;
    if (it == null) {
      throw new IllegalStateException("no destination");
    }
    return it;
  }

  /** Whether the answer calls it a host. */
  boolean isHost() {
    return (namesHost || forceHost) && !forceNet;
  }

  /** Whether just the route to this prefix is meant by {@code get}. */
  boolean isExact() {
    return masked && !(forceHost && ipv6);
  }

  int length() {
    return isHost() || !masked ? address().getAddress().length * 8 : length;
  }

  /** The key in the routing table; a link-local one belongs to its zone. */
  byte[] key() {
    byte[] key = Bits.masked(address().getAddress(), length());
    int zone = destinationText.indexOf('%');
    Optional<Iface> of =
        zone < 0
            ? Optional.empty()
            : interfaces.find(zoneName(destinationText.substring(zone + 1)));
    return of.isPresent() ? Bits.scoped(key, of.get().index) : key;
  }

  private static String zoneName(String text) {
    int slash = text.indexOf('/');
    return slash < 0 ? text : text.substring(0, slash);
  }

  Optional<InetAddress> gateway() {
    return Optional.ofNullable(gateway);
  }

  Optional<Iface> iface() {
    return iface;
  }

  /** Whether it goes to an interface, not to a gateway. */
  boolean isDirect() {
    return byInterface;
  }

  /** As route(8) repeats it: the verb and the addresses as they were typed. */
  String said() {
    String via = gatewayText.isEmpty() ? "" : ": gateway " + gatewayText;
    return verb + " " + (isHost() ? "host" : "net") + " " + destinationText + via;
  }
}
