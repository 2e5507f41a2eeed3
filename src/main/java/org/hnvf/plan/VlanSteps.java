package org.hnvf.plan;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.hnvf.freebsd.VlanLine;
import org.hnvf.model.Action;
import org.hnvf.model.Expectation;
import org.hnvf.model.Gateway;
import org.hnvf.model.GuestState;
import org.hnvf.model.InterfaceAddress;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Route;
import org.hnvf.model.Vlan;

/**
 * The steps that concern the pair's vlan(4) interfaces. A lagg port can carry none, so each changes
 * its parent, in two processes: the kernel takes a new one only from a VLAN that has none. Its
 * addresses and routes survive that; its priority and MTU are given again in the same command
 * (transcript 74). Between hn's joining and this a VLAN is cut off, each for itself.
 */
final class VlanSteps {

  private VlanSteps() {}

  /** A step for each of these: {@code parent} is what it sends by from then on. */
  static void onto(InterfaceName parent, Collection<Vlan> vlans, StepList steps) {
    vlans.forEach(
        vlan ->
            steps.add(
                "put " + vlan.name() + " on " + parent,
                Actions.moveVlan(vlan, parent),
                ImmutableList.of()));
  }

  /**
   * What an undo does, which finds some on the one and some on the other, or without a parent: no
   * VLAN can be put on hn while that is a port.
   */
  static ImmutableList<Action> back(Collection<Vlan> vlans, InterfaceName parent) {
    return vlans.stream()
        .flatMap(vlan -> Actions.moveVlan(vlan, parent).stream())
        .collect(ImmutableList.toImmutableList());
  }

  /** Those of the pair that are not as they should be on this interface. */
  static ImmutableList<Vlan> notOn(PlanInput s, InterfaceName parent) {
    return s.configuration().vlans().stream()
        .filter(vlan -> !isOn(s.guest(), vlan, parent))
        .collect(ImmutableList.toImmutableList());
  }

  /** Whether it is as it was, and sends by this interface; one that somebody destroyed is fine. */
  static boolean isOn(GuestState guest, Vlan vlan, InterfaceName parent) {
    Optional<NetInterface> shown = guest.find(vlan.name());
    Optional<VlanLine> line = shown.flatMap(VlanLine::of);
    return shown.isEmpty()
        || (shown.get().mtu() == vlan.mtu()
            && line.isPresent()
            && line.get().isOn(parent.value())
            && line.get().tag() == vlan.tag()
            && line.get().pcp() == vlan.pcp());
  }

  /** That each is on this interface as it was, and still has its addresses and its routes. */
  static ImmutableList<Expectation> expectations(PlanInput s, InterfaceName parent) {
    ImmutableList.Builder<Expectation> all = ImmutableList.builder();
    for (Vlan vlan : s.configuration().vlans()) {
      all.add(new Expectation.HasVlan(parent, vlan));
      // What a client or a router gives is its own affair.
      if (s.guest().dhcpClientsOn(vlan.name()).isEmpty()) {
        s.guest().find(vlan.name()).stream()
            .flatMap(shown -> shown.addresses().stream())
            .filter(a -> !(a instanceof InterfaceAddress.V6 v6 && v6.isAutoconf()))
            .map(InterfaceAddress::prefix)
            .filter(prefix -> !prefix.isIpv6LinkLocal())
            .forEach(prefix -> all.add(new Expectation.HasAddress(vlan.name(), prefix)));
        s.guest()
            .routesOn(vlan.name())
            .filter(Route::isStatic)
            .forEach(r -> all.add(Expectation.HasRoute.of(r, vlan.name())));
      }
    }
    return all.build();
  }

  /** The routers that static routes through the pair's VLANs name: the first of each and family. */
  static ImmutableList<Gateway> gateways(PlanInput s) {
    Set<Gateway> all = new LinkedHashSet<>();
    for (Vlan vlan : s.configuration().vlans()) {
      for (boolean ipv6 : new boolean[] {false, true}) {
        s.guest()
            .routesOn(vlan.name())
            .filter(route -> route.ipv6() == ipv6 && route.isStatic() && route.isViaGateway())
            .findFirst()
            .ifPresent(route -> all.add(new Gateway(ipv6, route.gateway())));
      }
    }
    return ImmutableList.copyOf(all);
  }
}
