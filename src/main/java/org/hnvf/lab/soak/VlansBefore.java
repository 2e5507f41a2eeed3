package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hnvf.freebsd.VlanLine;
import org.hnvf.model.GuestState;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Prefix;
import org.hnvf.sim.Reachability;

/** The VLANs that a guest had before anything happened, each with all that must survive. */
final class VlansBefore {

  /** One of them. */
  private record One(
      String name,
      VlanLine line,
      int mtu,
      ImmutableSet<Prefix> addresses,
      ImmutableSet<String> routes) {}

  private final ImmutableList<One> all;

  private VlansBefore(ImmutableList<One> all) {
    this.all = all;
  }

  static VlansBefore of(GuestState guest) {
    ImmutableList.Builder<One> all = ImmutableList.builder();
    for (NetInterface each : guest.interfaces().values()) {
      VlanLine.of(each)
          .ifPresent(
              line ->
                  all.add(
                      new One(
                          each.name(),
                          line,
                          each.mtu(),
                          Baseline.global(each),
                          Baseline.staticRoutes(guest, each.name()))));
    }
    return new VlansBefore(all.build());
  }

  /**
   * Returns the violations: the VLANs of this hn must be on the interface that holds its
   * configuration, with their tag, priority and MTU, their addresses and their routes, and answer
   * on their own networks.
   */
  ImmutableList<String> violated(
      InterfaceName hn, String holder, GuestState guest, Reachability probe) {
    List<String> violations = new ArrayList<>();
    for (One one : all) {
      if (one.line().isOn(hn.value())) {
        VlanLine should =
            new VlanLine(
                one.line().tag(), one.line().protocol(), one.line().pcp(), Optional.of(holder));
        violations.addAll(differences(one, should, guest));
        one.addresses().stream()
            .filter(prefix -> !probe.isReachable(prefix.address(), Reachability.Vantage.ON_LINK))
            .forEach(prefix -> violations.add(prefix.host() + " of a VLAN does not answer"));
      }
    }
    return ImmutableList.copyOf(violations);
  }

  private static List<String> differences(One one, VlanLine should, GuestState guest) {
    Optional<NetInterface> now = guest.find(new InterfaceName(one.name()));
    if (now.isEmpty()) {
      return List.of(one.name() + " is gone");
    }
    List<String> violations = new ArrayList<>();
    Optional<VlanLine> line = VlanLine.of(now.get());
    if (!line.equals(Optional.of(should))) {
      violations.add(one.name() + " is " + line + ", and should be " + should);
    }
    if (now.get().mtu() != one.mtu()) {
      violations.add(one.name() + " has MTU " + now.get().mtu() + ", and had " + one.mtu());
    }
    ImmutableSet<Prefix> addresses = Baseline.global(now.get());
    if (!addresses.equals(one.addresses())) {
      violations.add(one.name() + " has " + addresses + ", and had " + one.addresses());
    }
    Sets.symmetricDifference(Baseline.staticRoutes(guest, one.name()), one.routes())
        .forEach(route -> violations.add("route " + route + " through " + one.name() + " differs"));
    return violations;
  }
}
