package org.hnvf.pairconfig;

import java.util.stream.Stream;
import org.hnvf.freebsd.Bridge;
import org.hnvf.model.Dependent;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.MovePolicy;
import org.hnvf.model.NetInterface;

/**
 * Bridges of which hn is a member. A member that becomes a lagg(4) port stays a member and receives
 * nothing; a port cannot become a member; the lagg can take hn's place (transcript 61). It depends
 * on the host whether a VF receives the frames for other members, and no recording shows it, so the
 * move is refused unless the administrator permits it.
 */
final class BridgeMembers {

  private BridgeMembers() {}

  static Stream<Dependent> of(Subject s) {
    return s.moves()
        ? s.guest().interfaces().values().stream()
            .filter(bridge -> Bridge.has(bridge, s.hn().value()))
            .map(bridge -> of(s, bridge))
        : s.pair().lagg().stream().flatMap(lagg -> standing(s, lagg));
  }

  private static Dependent of(Subject s, NetInterface bridge) {
    String name = bridge.name();
    String member = s.hn() + " is a member of " + name;
    if (!s.policy().moves(MovePolicy.Movable.BRIDGE)) {
      return Dependent.refused(
          name,
          member
              + "; a lagg port cannot be a bridge member, and hnvf cannot tell whether "
              + "the host sends frames for other members to a VF",
          "remove it from " + name + ", or set move to [\"bridge\"] in hnvf.json");
    }
    if (Bridge.membership(bridge, s.hn().value()).isEmpty()) {
      return Dependent.refused(
          name,
          member + " with settings that hnvf cannot copy to a lagg",
          "remove it from " + name);
    }
    return s.use().unreadBridges().contains(name)
        ? Dependent.refused(
            name,
            member + ", and hnvf could not read the static MAC addresses of the bridge",
            "for the error run `ifconfig " + name + " addr`")
        : Dependent.moved(
            name,
            member
                + ": the lagg becomes the member instead, with the same flags, cost, "
                + "priority and static entries");
  }

  private static Stream<Dependent> standing(Subject s, InterfaceName lagg) {
    return s.guest().interfaces().values().stream()
        .filter(bridge -> Bridge.has(bridge, lagg.value()))
        .map(
            bridge ->
                Dependent.moved(bridge.name(), lagg + " is now its member instead of " + s.hn()));
  }
}
