package org.hnvf.lab.rehearse;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hnvf.freebsd.Dhclient;
import org.hnvf.freebsd.Ifconfig;
import org.hnvf.freebsd.IfconfigParser;
import org.hnvf.freebsd.Lease;
import org.hnvf.freebsd.LeaseFile;
import org.hnvf.freebsd.Ps;
import org.hnvf.freebsd.PsParser;
import org.hnvf.freebsd.RoutesParser;
import org.hnvf.freebsd.Sysctl;
import org.hnvf.freebsd.SysctlParser;
import org.hnvf.lab.replay.Shown;
import org.hnvf.lab.replay.Transcript.Recorded;
import org.hnvf.model.DhcpClient;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HyperV;
import org.hnvf.model.InterfaceAddress;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.LaggPort;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Prefix;
import org.hnvf.model.Route;
import org.hnvf.model.UserException;

/** The guest that a capture shows. */
final class CapturedGuest {

  private static final int MOST_NICS = 8;
  private static final String PARENT = " parent interface: ";
  private static final String MEMBER = "member: ";

  private final Capture capture;
  private final String interfacesText;
  private final ImmutableMap<String, NetInterface> interfaces;
  private final ImmutableMap<HnUnit, NetInterface> nics;
  private final ImmutableList<Route> routes;
  private final ImmutableSet<String> copied;

  /**
   * The guest of a capture.
   *
   * @throws UserException (bad data) if something is missing in it, or it is no guest of Hyper-V
   */
  CapturedGuest(Capture capture) throws UserException {
    this.capture = capture;
    Optional<Recorded> all =
        Stream.of(Ifconfig.all(), Ifconfig.allPlain())
            .flatMap(command -> capture.find(command.line()).stream())
            .filter(entry -> entry.status() == 0)
            .findFirst();
    this.interfacesText =
        all.map(Recorded::stdout).orElseThrow(() -> missing(Ifconfig.all().line()));
    required(Sysctl.hyperV().line());
    required(Ps.all().line());
    required(CaptureCommands.RC_CONF);
    this.interfaces = IfconfigParser.parse(interfacesText);
    required(CaptureCommands.ROUTES);
    this.routes =
        capture.entries().stream()
            .filter(entry -> CaptureCommands.isRoutes(entry.command()) && entry.status() == 0)
            .flatMap(entry -> RoutesParser.parse(entry.stdout()).stream())
            .collect(toImmutableList());
    this.nics = findNics();
    this.copied = findCopied();
  }

  private String required(String command) throws UserException {
    return capture.output(command).orElseThrow(() -> missing(command));
  }

  private UserException missing(String command) {
    return UserException.badData(
        capture.name() + ": has no answer to `" + command + "`: the guest cannot be built");
  }

  private ImmutableMap<HnUnit, NetInterface> findNics() throws UserException {
    Map<Integer, NetInterface> units = new TreeMap<>();
    for (NetInterface each : interfaces.values()) {
      InterfaceName.of(each.driverName().orElse(each.name()))
          .flatMap(InterfaceName::hnUnit)
          .ifPresent(unit -> units.put(unit.number(), each));
    }
    ImmutableMap.Builder<HnUnit, NetInterface> nics = ImmutableMap.builder();
    int next = 0;
    for (Map.Entry<Integer, NetInterface> nic : units.entrySet()) {
      if (nic.getKey() != next++ || nic.getValue().ether().isEmpty() || next > MOST_NICS) {
        throw UserException.badData(
            capture.name()
                + ": cannot be built: of hn"
                + nic.getKey()
                + " (a copy has hn0 and up to seven more, without a gap, each with a MAC address)");
      }
      nics.put(new HnUnit(nic.getKey()), nic.getValue());
    }
    if (next == 0) {
      throw UserException.badData(capture.name() + ": shows no hn: not a guest of Hyper-V");
    }
    return nics.buildOrThrow();
  }

  /** The interfaces that hnvf looks at or that are on those: lo0, NICs, VFs, laggs, VLANs. */
  private ImmutableSet<String> findCopied() {
    Set<String> names = new HashSet<>();
    Set<String> macs = new HashSet<>();
    nics.values().forEach(nic -> names.add(nic.name()));
    nics.values().forEach(nic -> macs.add(mac(nic)));
    boolean grew = true;
    while (grew) {
      grew = false;
      for (NetInterface each : interfaces.values()) {
        grew |= isCopied(each, names, macs) && names.add(each.name());
      }
    }
    // In the order of the capture.
    return interfaces.keySet().stream().filter(names::contains).collect(toImmutableSet());
  }

  private static boolean isCopied(NetInterface each, Set<String> names, Set<String> macs) {
    if (each.lagg().isPresent()) {
      return each.ports().stream().map(LaggPort::name).allMatch(names::contains);
    }
    if (isVlan(each)) {
      return each.others().stream()
          .filter(line -> line.contains(PARENT))
          .map(line -> line.substring(line.indexOf(PARENT) + PARENT.length()))
          .anyMatch(parent -> parent.equals("<none>") || names.contains(parent));
    }
    return each.name().equals("lo0")
        || members(each).anyMatch(names::contains)
        || (members(each).findAny().isEmpty()
            && each.groups().isEmpty()
            && macs.contains(mac(each)));
  }

  /** Whether it is a vlan(4). */
  static boolean isVlan(NetInterface each) {
    return each.others().stream().anyMatch(line -> line.startsWith("vlan: "));
  }

  /** Returns the members of a bridge. */
  static Stream<String> members(NetInterface bridge) {
    return bridge.others().stream()
        .filter(line -> line.startsWith(MEMBER))
        .map(line -> line.substring(MEMBER.length()).replaceFirst(" .*", ""));
  }

  /** Returns the MAC address that its hardware has. */
  static String mac(NetInterface each) {
    return each.hwaddr().or(each::ether).orElse("");
  }

  Capture capture() {
    return capture;
  }

  ImmutableMap<String, NetInterface> interfaces() {
    return interfaces;
  }

  ImmutableMap<HnUnit, NetInterface> nics() {
    return nics;
  }

  /** Returns the lines of each interface. */
  Map<String, List<String>> lines() {
    return Shown.in(interfacesText).interfaces();
  }

  /** Returns the names of the interfaces that a copy has. */
  ImmutableSet<String> copiedInterfaces() {
    return copied;
  }

  /** Returns the names of those that it has not. */
  ImmutableList<String> leftOut() {
    return interfaces.keySet().stream().filter(n -> !copied.contains(n)).collect(toImmutableList());
  }

  /** Returns the routes of all FIBs. */
  ImmutableList<Route> routes() {
    return routes;
  }

  HyperV hyperV() {
    return SysctlParser.hyperV(sysctls());
  }

  String sysctls() {
    return capture.output(Sysctl.hyperV().line()).orElse("");
  }

  /** Whether its ifconfig(8) is that of FreeBSD 14 and later. */
  boolean isNetlink() {
    return interfacesText.contains("LOWER_UP");
  }

  /** Returns the interfaces that a dhclient(8) serves. */
  ImmutableSet<String> clients() {
    return PsParser.dhcpClients(PsParser.processes(capture.output(Ps.all().line()).orElse("")))
        .stream()
        .map(DhcpClient::interfaceName)
        .collect(toImmutableSet());
  }

  /** Returns the interface that has the configuration of a NIC: itself, or its lagg. */
  NetInterface holder(NetInterface nic) {
    return interfaces.values().stream()
        .filter(each -> each.ports().stream().anyMatch(port -> port.name().equals(nic.name())))
        .findFirst()
        .orElse(nic);
  }

  /** Returns the NIC that an interface is, or has as a port. */
  Optional<HnUnit> unit(String name) {
    return nics.entrySet().stream()
        .filter(
            nic -> nic.getValue().name().equals(name) || holder(nic.getValue()).name().equals(name))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Returns the leased address of an interface, where it is still on it. */
  Optional<Prefix> lease(NetInterface holder) {
    Optional<String> file =
        InterfaceName.of(holder.name())
            .flatMap(name -> capture.output("cat " + Dhclient.leaseFile(name)));
    Optional<Prefix> leased =
        file.map(LeaseFile::parse).stream()
            .flatMap(List::stream)
            .reduce((earlier, later) -> later)
            .flatMap(Lease::prefix);
    return leased
        .filter(prefix -> holder.addresses().stream().anyMatch(a -> a.prefix().equals(prefix)))
        .or(() -> holder.inet().findFirst().map(InterfaceAddress.V4::prefix));
  }
}
