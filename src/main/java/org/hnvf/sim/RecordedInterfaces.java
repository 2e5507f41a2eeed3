package org.hnvf.sim;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.model.Prefix;

/** Takes over interfaces as ifconfig(8) shows them. */
final class RecordedInterfaces {
  private static final Pattern FLAGS =
      Pattern.compile("[^:]+: flags=([0-9a-f]{1,8})<.* metric (\\d{1,9}) mtu (\\d{1,9})");
  private static final Pattern INET =
      Pattern.compile("inet (\\S+) netmask 0x([0-9a-f]{8})(?: broadcast ([0-9.]+))?( vhid \\d+)?");
  private static final Pattern INET6 =
      Pattern.compile(
          "inet6 ([0-9a-f:.]+)(?:%\\S+)? prefixlen (\\d{1,2}|1[01]\\d|12[0-8])(?!\\d)(.*)");
  private static final Pattern ND6 = Pattern.compile("nd6 options=([0-9a-f]{1,7})<.*");
  private static final Pattern VLAN =
      Pattern.compile(
          "vlan: (\\d{1,4}) vlanproto: (\\S+) vlanpcp: ([0-7]) parent interface: (\\S+)");
  private static final Pattern PORT = Pattern.compile("laggport: (\\S+) flags=([0-9a-f]{1,7})<.*");

  private final Kernel kernel;

  RecordedInterfaces(Kernel kernel) {
    this.kernel = kernel;
  }

  void remove(String name) {
    kernel
        .interfaces()
        .find(name)
        .ifPresent(
            iface -> {
              if (iface.kind == Iface.Kind.LAGG) {
                ImmutableList.copyOf(iface.ports)
                    .forEach(p -> kernel.laggs().release(iface, kernel.interfaces().at(p)));
              }
              release(iface);
              kernel.interfaces().detach(iface);
            });
  }

  private void release(Iface port) {
    if (port.lagg != 0) {
      kernel.laggs().release(kernel.interfaces().at(port.lagg), port);
    }
  }

  void take(String name, List<String> lines, List<String> families) {
    List<String> texts = lines.stream().map(String::strip).toList();
    Optional<Iface> known = kernel.interfaces().find(name);
    Optional<Iface> found = known.isPresent() ? known : make(name, texts);
    if (found.isEmpty()) {
      return;
    }
    Iface iface = found.get();
    if (families.contains("inet")) {
      inet(iface, texts);
    }
    if (families.contains("inet6")) {
      inet6(iface, texts);
    }
    renumber(iface, texts);
    texts.stream().map(VLAN::matcher).filter(Matcher::matches).forEach(v -> vlan(iface, v));
    texts.forEach(line -> attribute(iface, line));
    if (texts.stream().anyMatch(l -> l.startsWith("laggproto "))) {
      ports(iface, texts);
    }
  }

  /** A lagg; a VLAN; or a VF, which has the MAC address of the NIC that it belongs to. */
  private Optional<Iface> make(String name, List<String> texts) {
    if (name.startsWith("lagg")) {
      kernel.state().laggLoaded = true;
      return Optional.of(kernel.laggs().create(name));
    }
    if (texts.stream().anyMatch(VLAN.asMatchPredicate())) {
      return Optional.of(kernel.vlans().create(name));
    }
    String mac = mac(texts);
    Optional<Iface> hn =
        kernel.interfaces().first(i -> i.kind == Iface.Kind.HN && i.hwMac.equals(mac));
    if (hn.isEmpty() || kernel.nics().vf(hn.get().unit).isPresent()) {
      return Optional.empty();
    }
    Iface vf = kernel.interfaces().attach(name, Iface.Kind.VF, hn.get().hwMac);
    vf.unit = hn.get().unit;
    vf.link = Iface.Link.UP;
    return Optional.of(vf);
  }

  private static String mac(List<String> texts) {
    return texts.stream()
        .filter(l -> l.startsWith("ether "))
        .map(l -> l.substring("ether ".length()))
        .findFirst()
        .orElse("");
  }

  private void vlan(Iface vlan, Matcher shown) {
    kernel.vlans().unconfigure(vlan);
    Optional<Iface> parent = kernel.interfaces().find(shown.group(4));
    if (vlan.kind == Iface.Kind.VLAN && parent.isPresent()) {
      try {
        kernel
            .vlans()
            .configure(vlan, parent.get(), Integer.parseInt(shown.group(1)), shown.group(2));
      } catch (KernelError e) {
        // Of what the recording does not show, something is in the way: it stays without a parent.
        kernel.vlans().unconfigure(vlan);
      }
    }
    vlan.pcp = Integer.parseInt(shown.group(3));
  }

  private void attribute(Iface iface, String line) {
    Matcher flags = FLAGS.matcher(line);
    Matcher nd6 = ND6.matcher(line);
    if (flags.matches()) {
      long bits = Long.parseLong(flags.group(1), 16);
      iface.up = (bits & 0x1) != 0;
      iface.running = (bits & 0x40) != 0;
      iface.metric = Integer.parseInt(flags.group(2));
      iface.mtu = Integer.parseInt(flags.group(3));
    } else if (nd6.matches()) {
      iface.nd6 = Integer.parseInt(nd6.group(1), 16);
    } else if (line.matches("ether [0-9a-f]{2}(:[0-9a-f]{2}){5}")) {
      iface.mac = line.substring("ether ".length());
    } else if (line.startsWith("description: ")) {
      iface.description = line.substring("description: ".length());
    } else if (line.matches("fib: [0-9]{1,5}")) {
      iface.fib = Integer.parseInt(line.substring("fib: ".length()));
    } else if (line.startsWith("status: ") && isNic(iface)) {
      boolean active = line.equals("status: active");
      iface.link = active ? Iface.Link.UP : Iface.Link.DOWN;
      boolean carried = iface.kind == Iface.Kind.HN && kernel.nics().carries(iface.unit);
      iface.carrier = active || carried;
    }
  }

  /** Returns whether it has a link of its own. */
  private static boolean isNic(Iface iface) {
    return iface.kind != Iface.Kind.LAGG && iface.kind != Iface.Kind.VLAN;
  }

  private void ports(Iface lagg, List<String> texts) {
    List<Integer> ports = new ArrayList<>();
    lagg.primary = 0;
    for (String text : texts) {
      Matcher line = PORT.matcher(text);
      Optional<Iface> found =
          line.matches() ? kernel.interfaces().find(line.group(1)) : Optional.empty();
      if (found.isPresent()) {
        Iface port = found.get();
        if (port.lagg != lagg.index) {
          port.ownMac = port.mac;
          port.lagg = lagg.index;
        }
        ports.add(port.index);
        boolean master = (Integer.parseInt(line.group(2), 16) & 1) != 0;
        lagg.primary = master ? port.index : lagg.primary;
      }
    }
    for (int index : lagg.ports) {
      if (!ports.contains(index)) {
        kernel.interfaces().byIndex(index).ifPresent(p -> p.lagg = 0);
      }
    }
    lagg.ports = ports;
    if (lagg.primary == 0 && !ports.isEmpty()) {
      lagg.primary = ports.get(0);
    }
    kernel.laggs().linkChanged(lagg);
  }

  private void inet(Iface iface, List<String> texts) {
    List<Ip4> wanted = new ArrayList<>();
    for (String text : texts) {
      Matcher line = INET.matcher(text);
      if (line.matches() && InetAddresses.isInetAddress(line.group(1))) {
        int mask = Integer.bitCount(Integer.parseUnsignedInt(line.group(2), 16));
        Prefix prefix = new Prefix(InetAddresses.forString(line.group(1)), mask);
        String shown = line.group(3);
        InetAddress broadcast =
            shown == null || !InetAddresses.isInetAddress(shown)
                ? null
                : InetAddresses.forString(shown);
        // Nothing shown tells the password of a virtual host: one that is missing stays missing.
        boolean known = iface.inet.stream().anyMatch(a -> a.prefix.equals(prefix));
        if (line.group(4) == null || known) {
          wanted.add(new Ip4(prefix, broadcast, 0));
        }
      }
    }
    for (Ip4 address : ImmutableList.copyOf(iface.inet)) {
      if (wanted.stream().noneMatch(w -> w.prefix.equals(address.prefix))) {
        kernel.inet().remove(iface, address);
      }
    }
    for (Ip4 address : wanted) {
      Optional<Ip4> there = Inet.find(iface, address.address());
      if (there.isEmpty()) {
        kernel.inet().add(iface, address.prefix, address.broadcast);
      }
      Inet.find(iface, address.address())
          .ifPresent(
              a -> {
                iface.inet.remove(a);
                iface.inet.add(a);
              });
    }
  }

  /**
   * The order of the addresses is that of the recording, of both families where one list is shown;
   * routes stay bound to theirs.
   */
  private void renumber(Iface iface, List<String> texts) {
    for (String text : texts) {
      Matcher inet = INET.matcher(text);
      Matcher inet6 = INET6.matcher(text);
      if (inet.matches() && InetAddresses.isInetAddress(inet.group(1))) {
        Inet.find(iface, InetAddresses.forString(inet.group(1)))
            .ifPresent(a -> a.serial = moved(a.serial));
      } else if (inet6.matches() && InetAddresses.isInetAddress(inet6.group(1))) {
        Inet6.find(iface, InetAddresses.forString(inet6.group(1)))
            .ifPresent(a -> a.serial = moved(a.serial));
      }
    }
  }

  private long moved(long serial) {
    long number = kernel.state().nextSerial++;
    for (RouteEntry route : kernel.state().routes) {
      if (route.boundTo == serial) {
        route.boundTo = number;
      }
    }
    return number;
  }

  private void inet6(Iface iface, List<String> texts) {
    List<Ip6> wanted = new ArrayList<>();
    for (String text : texts) {
      Matcher line = INET6.matcher(text);
      if (line.matches() && InetAddresses.isInetAddress(line.group(1))) {
        InetAddress address = InetAddresses.forString(line.group(1));
        Ip6 it = new Ip6(new Prefix(address, Integer.parseInt(line.group(2))), 0);
        it.autoconf = line.group(3).contains(" autoconf");
        it.tentativeUntil = line.group(3).contains(" tentative") ? Ip6.PAUSED : 0;
        wanted.add(it);
      }
    }
    for (Ip6 address : ImmutableList.copyOf(iface.inet6)) {
      if (wanted.stream().noneMatch(w -> w.prefix.equals(address.prefix))) {
        kernel.inet6().remove(iface, address);
      }
    }
    for (Ip6 address : wanted) {
      Ip6 there =
          Inet6.find(iface, address.address())
              .orElseGet(() -> kernel.inet6().placeAsRecorded(iface, address.prefix));
      iface.inet6.remove(there);
      iface.inet6.add(there);
      there.autoconf = address.autoconf;
      there.renewedAt = kernel.state().now;
      there.tentativeUntil = stillTentative(there, address);
    }
  }

  private long stillTentative(Ip6 there, Ip6 recorded) {
    if (!recorded.isTentative()) {
      return 0;
    }
    return there.isTentative()
        ? there.tentativeUntil
        : kernel.state().now + kernel.costs().duplicateAddressDetection();
  }
}
