package org.hnvf.sim;

import com.google.common.io.BaseEncoding;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Stream;

/** Shows an interface as ifconfig(8) does. */
final class IfconfigPrinter {
  private static final BaseEncoding HEX = BaseEncoding.base16().lowerCase();

  private final Kernel kernel;
  private final IfconfigOptions options;

  IfconfigPrinter(Kernel kernel, IfconfigOptions options) {
    this.kernel = kernel;
    this.options = options;
  }

  /**
   * Whether an interface has an address of a family (match_iface of ifconfig_netlink.c, match_afp
   * of ifconfig.c). Only of {@code ether} does netlink(4) know link-level addresses.
   */
  boolean isOf(Iface iface, String family) {
    return switch (family) {
      case "inet" -> !iface.inet.isEmpty();
      case "inet6" -> !iface.inet6.isEmpty();
      case "ether" -> iface.isEthernet();
      case "link", "lladdr" -> !kernel.state().netlink;
      default -> true;
    };
  }

  private boolean shows(String family) {
    return options.family.isEmpty() || options.family.equals(family);
  }

  /** The text; empty where a family is asked for that the interface has no address of. */
  String show(Iface iface) {
    boolean everything = options.family.isEmpty();
    if (!isOf(iface, options.family)) {
      return "";
    }
    StringBuilder text = new StringBuilder(iface.name + ": flags=" + flags(iface));
    text.append(" metric ").append(iface.metric).append(" mtu ").append(iface.mtu).append('\n');
    if (iface.description != null) {
      text.append("\tdescription: ").append(iface.description).append('\n');
    }
    text.append("\toptions=").append(capabilities(iface)).append('\n');
    if (options.capabilities) {
      text.append("\tcapabilities=").append(capabilities(iface)).append('\n');
    }
    boolean link = everything || Stream.of("ether", "link", "lladdr").anyMatch(this::shows);
    if (link && iface.kind != Iface.Kind.LOOPBACK) {
      text.append(link(iface));
    }
    addresses(iface).forEach(text::append);
    if (everything) {
      text.append(others(iface));
    }
    if (everything || shows("inet6")) {
      text.append("\tnd6 options=").append(nd6(iface)).append('\n');
    }
    if (everything && (options.driverName || options.verbose)) {
      text.append("\tdrivername: ").append(iface.driverName).append('\n');
    }
    return text.toString();
  }

  private String flags(Iface iface) {
    FlagNames names = new FlagNames();
    names.add(iface.up, 0x1, "UP");
    names.add(iface.kind != Iface.Kind.LOOPBACK, 0x2, "BROADCAST");
    flag(names, iface, Iface.DEBUG, "DEBUG");
    names.add(iface.kind == Iface.Kind.LOOPBACK, 0x8, "LOOPBACK");
    names.add(iface.running, 0x40, "RUNNING");
    flag(names, iface, Iface.NOARP, "NOARP");
    names.add(isPromiscuous(iface), 0x100, "PROMISC");
    names.add(iface.kind != Iface.Kind.LOOPBACK, 0x800, "SIMPLEX");
    names.add(true, 0x8000, "MULTICAST");
    flag(names, iface, Iface.PPROMISC, "PPROMISC");
    flag(names, iface, Iface.MONITOR, "MONITOR");
    flag(names, iface, Iface.STATICARP, "STATICARP");
    names.add(kernel.state().netlink && lowerUp(iface), 0x1000000, "LOWER_UP");
    return names.text();
  }

  private static void flag(FlagNames names, Iface iface, int flag, String name) {
    names.add((iface.flags & flag) != 0, flag, name);
  }

  /** A lagg that listens to all lets its ports do so (lagg_setflags). */
  private boolean isPromiscuous(Iface iface) {
    boolean itself =
        (iface.flags & Iface.PPROMISC) != 0 || iface.bridge != 0 || !iface.carps.isEmpty();
    return itself || (iface.lagg != 0 && isPromiscuous(kernel.interfaces().at(iface.lagg)));
  }

  /**
   * The kernel asks the driver of an Ethernet interface; of any other, a lagg port included, it
   * takes IFF_UP for it (get_operstate of sys/netlink/route/iface.c).
   */
  private boolean lowerUp(Iface iface) {
    return iface.isEthernet() ? kernel.interfaces().hasCarrier(iface) : iface.up;
  }

  private static String capabilities(Iface iface) {
    return switch (iface.kind) {
      case LOOPBACK -> "680003<RXCSUM,TXCSUM,LINKSTATE,RXCSUM_IPV6,TXCSUM_IPV6>";
      case HN, VF, EPAIR -> "80028<VLAN_MTU,JUMBO_MTU,LINKSTATE>";
      case LAGG ->
          iface.ports.isEmpty() ? "800000<HWSTATS>" : "80028<VLAN_MTU,JUMBO_MTU,LINKSTATE>";
      case VLAN -> iface.knowsLink ? "80000<LINKSTATE>" : "0";
      case BRIDGE -> "10<VLAN_HWTAGGING>";
    };
  }

  private String link(Iface iface) {
    String text = "\tether " + mac(iface.mac) + "\n";
    boolean other = kernel.state().netlink && !iface.hwMac.equals(iface.mac);
    return other ? text + "\thwaddr " + mac(iface.hwMac) + "\n" : text;
  }

  private String mac(String mac) {
    return options.formats.contains("ether:dash") ? mac.replace(':', '-') : mac;
  }

  /** The netlink ifconfig shows IPv4 first, the older one the order of the kernel's list. */
  private Stream<String> addresses(Iface iface) {
    Stream<Ip4> inet = shows("inet") ? iface.inet.stream() : Stream.empty();
    Stream<Ip6> inet6 = shows("inet6") ? iface.inet6.stream() : Stream.empty();
    if (kernel.state().netlink) {
      return Stream.concat(inet.map(this::inet), inet6.map(a -> inet6(iface, a)));
    }
    return Stream.concat(
            inet.map(a -> new Line(a.serial, inet(a))),
            inet6.map(a -> new Line(a.serial, inet6(iface, a))))
        .sorted((one, other) -> Long.compare(one.serial(), other.serial()))
        .map(Line::text);
  }

  private record Line(long serial, String text) {}

  private String inet(Ip4 address) {
    StringBuilder line = new StringBuilder("\tinet ").append(address.prefix.host());
    byte[] mask = Bits.netmask(address.prefix.length());
    if (options.formats.contains("inet:cidr")) {
      line.append('/').append(address.prefix.length());
    } else if (options.formats.contains("inet:dotted")) {
      line.append(" netmask ").append(InetAddresses.toAddrString(Bits.address(mask)));
    } else {
      line.append(" netmask 0x").append(HEX.encode(mask));
    }
    InetAddress broadcast = address.broadcast;
    if (broadcast != null) {
      line.append(" broadcast ").append(InetAddresses.toAddrString(broadcast));
    }
    line.append(address.vhid == 0 ? "" : " vhid " + address.vhid);
    return line.append('\n').toString();
  }

  private String inet6(Iface iface, Ip6 address) {
    StringBuilder line = new StringBuilder("\tinet6 ").append(address.prefix.host());
    if (address.isLinkLocal()) {
      line.append('%').append(iface.name);
    }
    boolean cidr = options.formats.contains("inet6:cidr");
    line.append(cidr ? "/" : " prefixlen ").append(address.prefix.length());
    line.append(address.anycast ? " anycast" : "");
    line.append(address.isTentative() ? " tentative" : "");
    long age = (kernel.state().now - address.renewedAt) / Micros.SECOND;
    boolean old = address.preferred != Ip6Options.FOREVER && age >= address.preferred;
    line.append(address.deprecated || old ? " deprecated" : "");
    line.append(address.autoconf ? " autoconf" : "");
    line.append(address.preferSource ? " prefer_source" : "");
    if (address.isLinkLocal()) {
      line.append(" scopeid 0x").append(Integer.toHexString(iface.index));
    }
    if (address.preferred != Ip6Options.FOREVER || address.valid != Ip6Options.FOREVER) {
      line.append(" pltime ").append(left(address.preferred, age));
      line.append(" vltime ").append(left(address.valid, age));
    }
    return line.append('\n').toString();
  }

  /** Of a lifetime without end ifconfig shows nothing left, if the other one ends. */
  private static long left(long lifetime, long age) {
    return lifetime == Ip6Options.FOREVER ? 0 : Math.max(0, lifetime - age);
  }

  private String others(Iface iface) {
    StringBuilder text = new StringBuilder();
    if (iface.kind == Iface.Kind.LAGG) {
      lagg(iface, text);
    }
    if (iface.kind == Iface.Kind.BRIDGE) {
      text.append(IfconfigBridge.show(kernel, iface));
    }
    if (!iface.groups.isEmpty()) {
      text.append("\tgroups: ").append(String.join(" ", iface.groups)).append('\n');
    }
    if (iface.fib != 0) {
      text.append("\tfib: ").append(iface.fib).append('\n');
    }
    if (iface.kind == Iface.Kind.VLAN) {
      vlan(iface, text);
    }
    text.append(Carps.show(kernel.carps(), iface, options.keys));
    // An interface without a parent has no media either (SIOCGIFMEDIA of if_vlan.c).
    Optional<Iface> driven = kernel.vlans().root(iface);
    boolean hasMedia = iface.kind != Iface.Kind.BRIDGE;
    if (hasMedia && driven.filter(i -> i.kind != Iface.Kind.LOOPBACK).isPresent()) {
      boolean carrier = kernel.interfaces().hasCarrier(iface);
      text.append("\tmedia: Ethernet autoselect");
      if (driven.get().kind != Iface.Kind.LAGG) {
        text.append(carrier ? " (10Gbase-T <full-duplex>)" : " (none)");
      }
      text.append("\n\tstatus: ").append(carrier ? "active" : "no carrier").append('\n');
      if (options.capabilities) {
        text.append("\tsupported media:\n\t\tmedia autoselect\n");
      }
    }
    return text.toString();
  }

  private void vlan(Iface vlan, StringBuilder text) {
    Optional<Iface> parent = kernel.vlans().parent(vlan);
    text.append("\tvlan: ").append(parent.isPresent() ? vlan.tag : 0);
    text.append(" vlanproto: ").append(parent.isPresent() ? vlan.tagProtocol : "0x0000");
    text.append(" vlanpcp: ").append(vlan.pcp);
    text.append(" parent interface: ").append(parent.map(p -> p.name).orElse("<none>"));
    text.append('\n');
  }

  private void lagg(Iface lagg, StringBuilder text) {
    text.append("\tlaggproto ").append(lagg.protocol).append(" lagghash ");
    text.append(hash(lagg)).append('\n');
    if (options.verbose) {
      long active =
          lagg.ports.stream().map(kernel.interfaces()::at).filter(Laggs::isActive).count();
      FlagNames set = new FlagNames();
      set.add((lagg.laggOptions & 1) != 0, 1, "USE_FLOWID");
      set.add((lagg.laggOptions & 4) != 0, 4, "USE_NUMA");
      text.append("\tlagg options:\n\t\tflags=").append(set.text());
      text.append("\n\t\tflowid_shift: ").append(lagg.flowidShift).append('\n');
      text.append(lagg.protocol.equals("roundrobin") ? "\t\trr_limit: 1\n" : "");
      text.append("\tlagg statistics:\n\t\tactive ports: ").append(active);
      text.append("\n\t\tflapping: 0\n");
    }
    boolean failover = lagg.protocol.equals("failover");
    boolean none = lagg.protocol.equals("none");
    Optional<Iface> active = kernel.laggs().active(lagg);
    for (int index : lagg.ports) {
      Iface port = kernel.interfaces().at(index);
      FlagNames names = new FlagNames();
      names.add(failover && index == lagg.primary, 0x1, "MASTER");
      boolean sends = failover ? active.map(port::equals).orElse(false) : Laggs.isActive(port);
      names.add(sends && !none, 0x4, "ACTIVE");
      text.append("\tlaggport: ").append(port.name).append(" flags=");
      text.append(names.text()).append('\n');
    }
  }

  private static String hash(Iface lagg) {
    StringJoiner layers = new StringJoiner(",");
    for (int layer = 2; layer <= 4; layer++) {
      if ((lagg.laggHash & 1 << (layer - 2)) != 0) {
        layers.add("l" + layer);
      }
    }
    return layers.toString();
  }

  private static String nd6(Iface iface) {
    FlagNames names = new FlagNames();
    names.add(iface.is(Iface.PERFORMNUD), Iface.PERFORMNUD, "PERFORMNUD");
    names.add(iface.is(Iface.ACCEPT_RTADV), Iface.ACCEPT_RTADV, "ACCEPT_RTADV");
    names.add(iface.is(Iface.IFDISABLED), Iface.IFDISABLED, "IFDISABLED");
    names.add(iface.is(Iface.AUTO_LINKLOCAL), Iface.AUTO_LINKLOCAL, "AUTO_LINKLOCAL");
    names.add(iface.is(Iface.NO_RADR), Iface.NO_RADR, "NO_RADR");
    names.add(iface.is(Iface.NO_PREFER_IFACE), Iface.NO_PREFER_IFACE, "NO_PREFER_IFACE");
    names.add(iface.is(Iface.NO_DAD), Iface.NO_DAD, "NO_DAD");
    return names.text();
  }
}
