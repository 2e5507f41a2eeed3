package org.hnvf.plan;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.hnvf.freebsd.VlanLine;
import org.hnvf.model.Action;
import org.hnvf.model.Expectation;
import org.hnvf.model.GuestState;
import org.hnvf.model.InterfaceAddress;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.ProbeTarget;
import org.hnvf.model.Route;
import org.hnvf.model.Vlan;

/**
 * The steps that concern the pair's vlan(4) interfaces. A lagg port cannot be a VLAN parent, so the
 * parent of each VLAN is changed, in two processes: the kernel accepts a new parent only for a VLAN
 * without one. Its addresses and routes survive; its priority and MTU are set again in the same
 * command (transcript 74). Each VLAN is cut off from the time that hn joins until its own step.
 */
final class VlanSteps {

  private VlanSteps() {}

  /** Adds a step for each VLAN that sets its parent. */
  static void onto(InterfaceName parent, Collection<Vlan> vlans, StepList steps) {
    vlans.forEach(
        vlan ->
            steps.add(
                "put " + vlan.name() + " on " + parent,
                Actions.moveVlan(vlan, parent),
                ImmutableList.of()));
  }

  /**
   * Returns the undo, which must handle VLANs on either parent or without one: hn cannot be a VLAN
   * parent while it is a port.
   */
  static ImmutableList<Action> back(Collection<Vlan> vlans, InterfaceName parent) {
    return vlans.stream()
        .flatMap(vlan -> Actions.moveVlan(vlan, parent).stream())
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns the pair's VLANs that are not correctly configured on this interface. */
  static ImmutableList<Vlan> notOn(PlanInput s, InterfaceName parent) {
    return s.configuration().vlans().stream()
        .filter(vlan -> !isOn(s.guest(), vlan, parent))
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns whether the VLAN is unchanged and has this parent; true for a destroyed VLAN. */
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

  /**
   * Returns the expectations that each VLAN has this parent, is unchanged, and still has its
   * addresses and routes.
   */
  static ImmutableList<Expectation> expectations(PlanInput s, InterfaceName parent) {
    ImmutableList.Builder<Expectation> all = ImmutableList.builder();
    for (Vlan vlan : s.configuration().vlans()) {
      all.add(new Expectation.HasVlan(parent, vlan));
      // A DHCP client or a router may change the other addresses.
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

  /**
   * Returns the gateways of static routes through the pair's VLANs: the first one of each VLAN and
   * address family.
   */
  static ImmutableList<ProbeTarget> gateways(PlanInput s) {
    Set<ProbeTarget> all = new LinkedHashSet<>();
    for (Vlan vlan : s.configuration().vlans()) {
      for (boolean ipv6 : new boolean[] {false, true}) {
        s.guest()
            .routesOn(vlan.name())
            .filter(route -> route.ipv6() == ipv6 && route.isStatic() && route.isViaGateway())
            .findFirst()
            .ifPresent(route -> all.add(new ProbeTarget(ipv6, route.gateway())));
      }
    }
    return ImmutableList.copyOf(all);
  }
}
