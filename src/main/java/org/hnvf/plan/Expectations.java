package org.hnvf.plan;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.freebsd.Bridge;
import org.hnvf.model.Configuration;
import org.hnvf.model.Expectation;
import org.hnvf.model.GuestState;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.LaggPort;
import org.hnvf.model.NetInterface;

/** The conditions that a guest must meet after a plan, and their check. */
public final class Expectations {

  private Expectations() {}

  /**
   * Returns the conditions on the interface that holds the configuration, which is hn or the lagg.
   */
  static ImmutableList<Expectation> of(PlanInput s, InterfaceName holder) {
    Configuration conf = s.configuration();
    ImmutableList.Builder<Expectation> all = ImmutableList.builder();
    // Destroying a lagg leaves its ports down.
    all.add(new Expectation.IsUp(holder));
    if (conf.dhcp() && !conf.inet().isEmpty()) {
      all.add(new Expectation.HasSomeInet(holder));
    }
    // The DHCP server may change the leased address; every other address must be unchanged.
    conf.inet().stream()
        .filter(a -> !conf.dhcp() || conf.leased().filter(a.prefix()::equals).isEmpty())
        .forEach(a -> all.add(new Expectation.HasAddress(holder, a.prefix())));
    if (conf.ipv6()) {
      all.add(new Expectation.HasIpv6(holder, conf.acceptRtadv()));
    }
    conf.inet6().forEach(p -> all.add(new Expectation.HasAddress(holder, p)));
    conf.groups().forEach(group -> all.add(new Expectation.IsInGroup(holder, group)));
    Stream.of(conf.defaultRoute().stream(), conf.routes().stream(), conf.routes6().stream())
        .flatMap(routes -> routes)
        .forEach(route -> all.add(Expectation.HasRoute.of(route, holder)));
    conf.carps().stream()
        .flatMap(group -> group.prefixes().stream())
        .forEach(p -> all.add(new Expectation.HasAddress(holder, p)));
    conf.bridges().forEach(how -> all.add(new Expectation.InBridge(how.bridge(), holder)));
    if (conf.dhcp()) {
      all.add(new Expectation.HasDhcpClient(holder));
    }
    all.addAll(VlanSteps.expectations(s, holder));
    return all.build();
  }

  /** Returns whether a static IPv4 route of the pair does not go through this interface. */
  static boolean lacksRoutes(PlanInput s, InterfaceName holder) {
    return s.configuration().routes().stream()
        .anyMatch(
            route -> s.guest().routesOn(holder).noneMatch(route.on(holder)::hasSameDestination));
  }

  /** Returns the unmet expectations in their order. */
  public static ImmutableList<Expectation> unmet(
      GuestState guest, Collection<Expectation> expectations) {
    return expectations.stream()
        .filter(expectation -> !holds(guest, expectation))
        .collect(ImmutableList.toImmutableList());
  }

  private static boolean holds(GuestState guest, Expectation expectation) {
    if (expectation instanceof Expectation.HasAddress e) {
      return guest.find(e.interfaceName()).stream()
          .flatMap(NetInterface::prefixes)
          .anyMatch(e.prefix()::equals);
    }
    if (expectation instanceof Expectation.HasSomeInet e) {
      return guest.find(e.interfaceName()).stream().flatMap(NetInterface::inet).count() > 0;
    }
    if (expectation instanceof Expectation.HasIpv6 e) {
      return guest
          .find(e.interfaceName())
          .map(i -> !i.isIpv6Disabled() && (!e.fromRouters() || i.hasNd6("ACCEPT_RTADV")))
          .orElse(false);
    }
    if (expectation instanceof Expectation.LacksAddress e) {
      return guest.find(e.interfaceName()).stream()
          .flatMap(i -> i.addresses().stream())
          .noneMatch(address -> address.prefix().equals(e.prefix()));
    }
    if (expectation instanceof Expectation.HasNoAddress e) {
      return guest.find(e.interfaceName()).stream()
          .flatMap(i -> i.addresses().stream())
          .allMatch(address -> address.prefix().isIpv6LinkLocal());
    }
    if (expectation instanceof Expectation.IsInGroup e) {
      return guest.find(e.interfaceName()).filter(i -> i.groups().contains(e.group())).isPresent();
    }
    if (expectation instanceof Expectation.HasRoute e) {
      return guest
          .routesOn(e.interfaceName())
          .anyMatch(
              route ->
                  route.destination().equals(e.destination())
                      && route.ipv6() == e.ipv6()
                      && route.fib() == e.fib());
    }
    if (expectation instanceof Expectation.HasDhcpClient e) {
      return guest.dhcpClientsOn(e.interfaceName()).size() == 1;
    }
    if (expectation instanceof Expectation.HasNoDhcpClient e) {
      return guest.dhcpClientsOn(e.interfaceName()).isEmpty();
    }
    if (expectation instanceof Expectation.ActivePort e) {
      return isActive(guest, e);
    }
    if (expectation instanceof Expectation.InBridge e) {
      return guest.find(e.bridge()).filter(b -> Bridge.has(b, e.member().value())).isPresent();
    }
    if (expectation instanceof Expectation.HasCarrier e) {
      return guest.find(e.interfaceName()).map(i -> i.isUp() && i.hasCarrier()).orElse(false);
    }
    if (expectation instanceof Expectation.HasVlan e) {
      return VlanSteps.isOn(guest, e.vlan(), e.parent());
    }
    if (expectation instanceof Expectation.IsUp e) {
      return isUp(guest, e.interfaceName());
    }
    if (expectation instanceof Expectation.IsDown e) {
      return !isUp(guest, e.interfaceName());
    }
    Expectation.IsGone gone = (Expectation.IsGone) expectation;
    return guest.find(gone.interfaceName()).isEmpty();
  }

  /**
   * Returns whether the port is active. A VF that is up but does not carry the data path yet counts
   * too: it becomes the active port when hn(4) takes hn's link down after the switch.
   */
  private static boolean isActive(GuestState guest, Expectation.ActivePort expected) {
    Optional<NetInterface> lagg = guest.find(expected.lagg());
    Optional<LaggPort> port = lagg.flatMap(l -> l.port(expected.port()));
    boolean other = lagg.stream().flatMap(l -> l.ports().stream()).anyMatch(LaggPort::isActive);
    boolean awaited =
        other && isUp(guest, expected.port()) && guest.hyperV().isBeforeSwitch(expected.port());
    return port.filter(p -> p.isActive() || awaited).isPresent();
  }

  private static boolean isUp(GuestState guest, InterfaceName name) {
    Optional<NetInterface> found = guest.find(name);
    return found.isPresent() && found.get().isUp();
  }
}
