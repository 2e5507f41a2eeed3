package org.hnvf.freebsd;

import static com.google.common.truth.Truth.assertThat;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.hnvf.model.BridgeMembership;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.junit.jupiter.api.Test;

/** The members of a bridge, as transcript 61 shows them. */
final class BridgeTest {

  private static final InterfaceName LAGG = new InterfaceName("lagg0");

  private static NetInterface bridge(String flags, String second) {
    return requireNonNull(
        IfconfigParser.parse(
                "bridge0: flags=1008843<UP,BROADCAST,RUNNING> metric 0 mtu 1500\n"
                    + "\tbridge flags=0<>\n"
                    + "\tmember: epair0a flags=143<LEARNING,DISCOVER,AUTOEDGE,AUTOPTP>\n"
                    + "\t        port 6 priority 128 path cost 2000 vlan protocol 802.1q\n"
                    + "\tmember: hn0 flags="
                    + flags
                    + "\n\t        "
                    + second
                    + "\n\tgroups: bridge\n")
            .get("bridge0"));
  }

  @Test
  void aMemberAsItIsByItself() {
    NetInterface bridge =
        bridge(
            "143<LEARNING,DISCOVER,AUTOEDGE,AUTOPTP>",
            "port 4 priority 128 path cost 2000 vlan protocol 802.1q");
    assertThat(Bridge.has(bridge, "hn0")).isTrue();
    assertThat(Bridge.has(bridge, "hn")).isFalse();
    BridgeMembership how = Bridge.membership(bridge, "hn0").orElseThrow();
    assertThat(Bridge.join(how, LAGG).line()).isEqualTo("ifconfig bridge0 addm lagg0");
    assertThat(Bridge.leave(how.bridge(), LAGG).line()).isEqualTo("ifconfig bridge0 deletem lagg0");
  }

  @Test
  void whatIsOtherwiseIsSaid() {
    BridgeMembership how =
        Bridge.membership(bridge("6<DISCOVER,STP>", "port 4 priority 64 path cost 55"), "hn0")
            .orElseThrow()
            .with(ImmutableList.of("02:00:00:00:00:01"));
    assertThat(how.flags()).isEqualTo(ImmutableSet.of("DISCOVER", "STP"));
    assertThat(Bridge.join(how, LAGG).line())
        .isEqualTo(
            "ifconfig bridge0 addm lagg0 -learn lagg0 -autoedge lagg0 -autoptp lagg0 stp lagg0"
                + " ifpriority lagg0 64 ifpathcost lagg0 55 static lagg0 02:00:00:00:00:01");
  }

  @Test
  void whatNoRecordingShowsIsNotTakenForAMembership() {
    assertThat(Bridge.membership(bridge("8<SPAN>", "port 4 priority 128 path cost 9"), "hn0"))
        .isEmpty();
    assertThat(
            Bridge.membership(
                bridge("1<LEARNING>", "port 4 priority 128 path cost 9 untagged 5"), "hn0"))
        .isEmpty();
    assertThat(
            Bridge.membership(
                bridge("1<LEARNING>", "ifmaxaddr 3 port 4 priority 128 path cost 9"), "hn0"))
        .isEmpty();
  }

  @Test
  void staticEntriesOfOneMember() {
    String text =
        """
        \t02:00:00:00:00:0A Vlan1 hn0 0 flags=1<STATIC>
        \t02:00:00:00:00:0b Vlan1 hn0 1199 flags=0<>
        \t02:00:00:00:00:0c Vlan1 epair0a 0 flags=1<STATIC>
        """;
    assertThat(Bridge.entries(text, "hn0")).containsExactly("02:00:00:00:00:0a");
  }
}
