package org.hnvf.pairconfig;

import java.util.stream.Stream;
import org.hnvf.model.Dependent;

/**
 * An hn without an address, a DHCP client, IPv6 or a VLAN, live or in rc.conf: {@code
 * ifconfig_hn0="up"}. A program may use it in a way that hnvf does not see, and a lagg over hn
 * would cut it off. An hn that rc.conf does not name counts as unused.
 */
final class NothingToMove {

  private NothingToMove() {}

  static Stream<Dependent> of(Subject s) {
    return !s.moves() || s.rc().hn().commands().isEmpty() || hasAnything(s)
        ? Stream.empty()
        : Stream.of(
            Dependent.refused(
                "nothing on " + s.hn(),
                s.hn()
                    + " has no address, no DHCP client, no IPv6 and no VLAN, and rc.conf gives it"
                    + " none; hnvf has nothing to move and cannot see what else uses it",
                "give "
                    + s.hn()
                    + " an address in rc.conf, or make a lagg of it there, to which hnvf adds the"
                    + " VF"));
  }

  private static boolean hasAnything(Subject s) {
    boolean live =
        s.hnNow().filter(hn -> !hn.addresses().isEmpty() || hn.hasNd6("ACCEPT_RTADV")).isPresent();
    boolean wanted =
        s.rc().hn().dhcp() || s.rc().hn().acceptRtadv() || !RcAddresses.of(s.rc().hn()).isEmpty();
    return live
        || wanted
        || !s.guest().dhcpClientsOn(s.hn()).isEmpty()
        || VlansOfHn.any(s)
        || BridgeMembers.of(s).findAny().isPresent();
  }
}
