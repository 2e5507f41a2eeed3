package org.hnvf.pairconfig;

import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.freebsd.Bridge;
import org.hnvf.freebsd.Carp;
import org.hnvf.model.Dependent;
import org.hnvf.model.GuestState;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Vlan;
import org.hnvf.pairconfig.PairVlans.Shown;

/**
 * VLANs of hn, or of the lagg in its place. A VLAN on a lagg(4) port receives nothing, so they
 * move. It is recorded that addresses and routes of a VLAN survive the change of its parent
 * (transcripts 60 and 74). Configurations without a recording are refused: another protocol, a
 * VLAN, bridge, lagg or carp(4) on the VLAN, a DHCP client that serves it.
 */
final class VlansOfHn {

  private final Subject s;

  private VlansOfHn(Subject s) {
    this.s = s;
  }

  static Stream<Dependent> of(Subject s) {
    // hnvf moves nothing to or from a lagg of rc.conf.
    boolean own =
        s.pair().lagg().filter(l -> s.rc().laggsConfigured().contains(l.value())).isPresent();
    return (own ? Stream.<NetInterface>empty() : s.holders())
        .flatMap(holder -> PairVlans.on(s.guest(), holder.name()).stream())
        .map(new VlansOfHn(s)::row);
  }

  /** Returns whether an interface is a VLAN of this hn. */
  static boolean any(Subject s) {
    return !PairVlans.on(s.guest(), s.hn().value()).isEmpty();
  }

  private Dependent row(Shown vlan) {
    String name = vlan.iface().name();
    String what = "the VLAN " + name + " on " + vlan.line().parent().orElse("nothing") + " ";
    Optional<Against> against = against(vlan);
    if (against.isEmpty()) {
      return Dependent.moved(
          name,
          what
              + "moves with "
              + s.hn()
              + ": it keeps addresses and routes, and gets its tag, priority and MTU again");
    }
    String reason = what + against.get().reason();
    return s.moves()
        ? Dependent.refused(name, reason, against.get().remedy())
        : Dependent.told(name, reason, against.get().remedy());
  }

  /** The reason against moving a VLAN, and the remedy. */
  private record Against(String reason, String remedy) {}

  private Optional<Against> against(Shown vlan) {
    String name = vlan.iface().name();
    if (InterfaceName.of(name).isEmpty()) {
      return Optional.of(new Against("has a name that hnvf does not accept", "rename it"));
    }
    if (!vlan.line().isUsual() || vlan.line().tag() > Vlan.HIGHEST_TAG) {
      return Optional.of(
          new Against(
              "is of " + vlan.line().protocol() + ", and hnvf moves only VLANs of 802.1q",
              "in rc.conf, create a lagg of "
                  + s.hn()
                  + " with this VLAN on it; hnvf then adds the VF to that lagg"));
    }
    return Stream.of(nested(name), member(name), port(name), carp(vlan.iface()), client(name))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<Against> nested(String name) {
    return PairVlans.on(s.guest(), name).stream()
        .map(inner -> inner.iface().name())
        .map(
            inner ->
                new Against(
                    "carries the VLAN "
                        + inner
                        + ", and hnvf does not move a VLAN that carries another one",
                    "destroy " + inner))
        .findFirst();
  }

  private Optional<Against> member(String name) {
    return all(s.guest())
        .filter(i -> Bridge.has(i, name))
        .map(NetInterface::name)
        .map(bridge -> new Against("is a member of " + bridge, "remove it from " + bridge))
        .findFirst();
  }

  private Optional<Against> port(String name) {
    return all(s.guest())
        .filter(i -> i.ports().stream().anyMatch(port -> port.name().equals(name)))
        .map(NetInterface::name)
        .map(lagg -> new Against("is a port of " + lagg, "remove it from " + lagg))
        .findFirst();
  }

  private static Optional<Against> carp(NetInterface vlan) {
    return Carp.isOn(vlan)
        ? Optional.of(new Against("has addresses of carp(4)", "remove the vhid from it"))
        : Optional.empty();
  }

  private Optional<Against> client(String name) {
    boolean served = s.guest().dhcpClients().stream().anyMatch(c -> c.interfaceName().equals(name));
    return served
        ? Optional.of(
            new Against(
                "has a DHCP client, and hnvf cannot tell what happens to a lease when a "
                    + "VLAN moves",
                "give it a static address"))
        : Optional.empty();
  }

  private static Stream<NetInterface> all(GuestState guest) {
    return guest.interfaces().values().stream();
  }
}
