package org.hnvf.plan;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.Optional;
import org.hnvf.model.Expectation;
import org.hnvf.model.GuestState;
import org.hnvf.model.InterfaceAddress;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.LaggPort;
import org.hnvf.model.NetInterface;

/** Holds expectations against what a guest shows. */
public final class Expectations {

  private Expectations() {}

  /** Those that are not met, in their order. */
  public static ImmutableList<Expectation> unmet(
      GuestState guest, Collection<Expectation> expectations) {
    return expectations.stream()
        .filter(expectation -> !holds(guest, expectation))
        .collect(ImmutableList.toImmutableList());
  }

  private static boolean holds(GuestState guest, Expectation expectation) {
    if (expectation instanceof Expectation.HasAddress e) {
      return guest.find(e.interfaceName()).stream()
          .flatMap(i -> i.addresses().stream())
          .map(InterfaceAddress::prefix)
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
    if (expectation instanceof Expectation.HasRoute e) {
      return guest
          .routesOn(e.interfaceName())
          .anyMatch(
              route -> route.destination().equals(e.destination()) && route.ipv6() == e.ipv6());
    }
    if (expectation instanceof Expectation.HasDhcpClient e) {
      return guest.dhcpClientsOn(e.interfaceName()).size() == 1;
    }
    if (expectation instanceof Expectation.HasNoDhcpClient e) {
      return guest.dhcpClientsOn(e.interfaceName()).isEmpty();
    }
    if (expectation instanceof Expectation.ActivePort e) {
      return guest
          .find(e.lagg())
          .flatMap(lagg -> lagg.port(e.port()))
          .map(LaggPort::isActive)
          .orElse(false);
    }
    if (expectation instanceof Expectation.HasCarrier e) {
      return guest.find(e.interfaceName()).map(i -> i.isUp() && i.hasCarrier()).orElse(false);
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

  private static boolean isUp(GuestState guest, InterfaceName name) {
    Optional<NetInterface> found = guest.find(name);
    return found.isPresent() && found.get().isUp();
  }
}
