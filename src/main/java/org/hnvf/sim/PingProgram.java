package org.hnvf.sim;

import com.google.common.net.InetAddresses;
import com.google.common.primitives.Ints;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** ping(8), and ping6 by its other name. */
final class PingProgram implements GuestCommand {
  private static final long ROUND_TRIP = 2_000;

  /** The options of ping(8) that have a value. */
  private static final String TAKES_VALUE = "cCGghIilMmpPSsTtWz";

  private final Kernel kernel;

  PingProgram(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void act(Job job) throws OutOfTime {
    int count = 0;
    int seconds = 0;
    long wait = 10 * Micros.SECOND;
    String target = "";
    List<String> args = job.args();
    boolean quiet = false;
    for (int i = 0; i < args.size(); i++) {
      String word = args.get(i);
      boolean apart = word.length() == 2 && TAKES_VALUE.indexOf(word.charAt(1)) >= 0;
      if (!word.startsWith("-")) {
        target = word;
        continue;
      }
      if (apart && i + 1 == args.size()) {
        job.fail(1, "ping: option requires an argument -- " + word.charAt(1));
        return;
      }
      String value = apart ? args.get(++i) : word.substring(Math.min(2, word.length()));
      if (word.startsWith("-c")) {
        count = number(value);
      } else if (word.startsWith("-t")) {
        seconds = number(value);
      } else if (TAKES_VALUE.indexOf(word.charAt(word.length() - 1)) < 0) {
        quiet |= word.contains("q");
      }
    }
    if (!InetAddresses.isInetAddress(target)) {
      job.fail(68, "ping: cannot resolve " + target + ": Name does not resolve");
      return;
    }
    if (count == 0) {
      count = seconds == 0 ? 1 : seconds;
    }
    ping(job, target, count, quiet, seconds == 0 ? wait : seconds * Micros.SECOND);
  }

  private static int number(String text) {
    Integer number = Ints.tryParse(text);
    return number == null ? 1 : number;
  }

  private void ping(Job job, String target, int count, boolean quiet, long patience)
      throws OutOfTime {
    InetAddress to = InetAddresses.forString(target.replaceFirst("%.*", ""));
    boolean ipv6 = to.getAddress().length == 16;
    Optional<Iface> zone =
        Optional.of(target.indexOf('%'))
            .filter(at -> at >= 0)
            .flatMap(at -> kernel.interfaces().find(target.substring(at + 1)));
    job.out(header(target, to, ipv6));
    long end = kernel.state().now + patience;
    int received = 0;
    for (int sequence = 0; sequence < count; sequence++) {
      DataPath.Fate fate = send(to, zone, ipv6);
      boolean answered = fate == DataPath.Fate.SENT;
      if (fate != DataPath.Fate.SENT && fate != DataPath.Fate.LOST) {
        job.err("ping: sendto: " + error(fate).text() + "\n");
      }
      if (answered) {
        job.sleep(ROUND_TRIP);
        received++;
        job.out(quiet ? "" : answer(to, ipv6, sequence));
      }
      boolean last = sequence + 1 == count;
      if (!(last && answered)) {
        job.waitUntil(last ? end : Math.min(end, kernel.state().now + Micros.SECOND));
      }
    }
    summary(job, target, count, received);
  }

  private static Errno error(DataPath.Fate fate) {
    return switch (fate) {
      case NETWORK_DOWN -> Errno.ENETDOWN;
      case FILTERED -> Errno.EACCES;
      default -> Errno.EHOSTUNREACH;
    };
  }

  private String header(String target, InetAddress to, boolean ipv6) {
    if (!ipv6) {
      return "PING " + target + " (" + target + "): 56 data bytes\n";
    }
    return "PING(56=40+8+8 bytes) "
        + source(to).map(InetAddresses::toAddrString).orElse("::")
        + " --> "
        + InetAddresses.toAddrString(to)
        + "\n";
  }

  private Optional<InetAddress> source(InetAddress to) {
    return kernel
        .routes()
        .lookup(to)
        .map(r -> kernel.interfaces().at(r.iface))
        .flatMap(i -> i.inet6.stream().filter(a -> !a.isLinkLocal()).findFirst())
        .map(Ip6::address);
  }

  private static String answer(InetAddress to, boolean ipv6, int sequence) {
    String address = InetAddresses.toAddrString(to);
    return ipv6
        ? "16 bytes from " + address + ", icmp_seq=" + sequence + " hlim=64 time=2.000 ms\n"
        : "64 bytes from " + address + ": icmp_seq=" + sequence + " ttl=255 time=2.000 ms\n";
  }

  private static void summary(Job job, String target, int sent, int received) {
    double loss = (sent - received) * 100.0 / sent;
    job.out("\n--- " + target + " ping statistics ---\n");
    job.out(
        String.format(
            Locale.ROOT,
            "%d packets transmitted, %d packets received, %.1f%% packet loss\n",
            sent,
            received,
            loss));
    if (received > 0) {
      job.out("round-trip min/avg/max/stddev = 2.000/2.000/2.000/0.000 ms\n");
    } else {
      job.status(2);
    }
  }

  /** Sends; SENT only after an answer. The neighbours on the way are kept. */
  private DataPath.Fate send(InetAddress to, Optional<Iface> zone, boolean ipv6) {
    Optional<RouteEntry> route = route(to, zone);
    if (route.isEmpty()) {
      return DataPath.Fate.NO_ROUTE;
    }
    if (route.get().flags.contains("R")) {
      return DataPath.Fate.NO_ROUTE;
    }
    if (route.get().flags.contains("B")) {
      return DataPath.Fate.LOST;
    }
    Iface out = kernel.interfaces().at(route.get().iface);
    if (out.kind == Iface.Kind.LOOPBACK) {
      return DataPath.Fate.SENT;
    }
    // ip_output asks the packet filters before it gives the packet to the interface.
    if (kernel.state().filters.deniesPing) {
      return DataPath.Fate.FILTERED;
    }
    DataPath.Fate fate = kernel.path().send(out, ipv6);
    InetAddress next = route.get().gateway == null ? to : route.get().gateway;
    if (fate == DataPath.Fate.NO_ROUTE || fate == DataPath.Fate.NETWORK_DOWN) {
      return fate;
    }
    Optional<Segment> network = kernel.path().network(out).filter(n -> fate == DataPath.Fate.SENT);
    boolean there = network.map(n -> n.hasHost(next) && comesBack(n)).orElse(false);
    learn(out, next, network.filter(n -> there));
    return there && answers(network.get(), to) ? DataPath.Fate.SENT : DataPath.Fate.LOST;
  }

  /** A link-local address is in the network of its zone. */
  private Optional<RouteEntry> route(InetAddress to, Optional<Iface> zone) {
    return zone.isPresent() && to.isLinkLocalAddress()
        ? kernel.routes().all(true).stream()
            .filter(r -> r.iface == zone.get().index && r.gateway == null && r.length == 64)
            .filter(r -> Bits.address(r.key).isLinkLocalAddress())
            .findFirst()
        : kernel.routes().lookup(to);
  }

  private boolean comesBack(Segment network) {
    return kernel.path().delivered(network).isPresent();
  }

  /** Beyond the gateway everybody answers. */
  private static boolean answers(Segment network, InetAddress to) {
    return network.holds(to) ? network.answersPing(to) : network.gatewayThere;
  }

  private void learn(Iface out, InetAddress next, Optional<Segment> answered) {
    String mac = answered.map(n -> mac(n, next)).orElse(null);
    List<Neighbour> table = kernel.state().neighbours;
    boolean known =
        table.stream()
            .anyMatch(n -> n.iface() == out.index && n.address().equals(next) && n.mac() != null);
    if (!known) {
      table.removeIf(n -> n.iface() == out.index && n.address().equals(next));
      table.add(new Neighbour(out.index, next, mac, false));
    }
  }

  private static String mac(Segment network, InetAddress host) {
    byte[] bytes = host.getAddress();
    if (bytes.length == 16) {
      return Bits.macOf(network.routerLinkLocal.getAddress());
    }
    return String.format(
        Locale.ROOT, "52:55:%02x:%02x:%02x:%02x", bytes[0], bytes[1], bytes[2], bytes[3]);
  }
}
