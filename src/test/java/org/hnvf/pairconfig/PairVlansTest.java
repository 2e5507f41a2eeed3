package org.hnvf.pairconfig;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import org.hnvf.freebsd.IfconfigParser;
import org.hnvf.model.Configuration;
import org.hnvf.model.Fibs;
import org.hnvf.model.Firewalls;
import org.hnvf.model.GuestState;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HyperV;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Pair;
import org.hnvf.model.Vlan;
import org.junit.jupiter.api.Test;

final class PairVlansTest {

  private static final InterfaceName HN0 = new InterfaceName("hn0");
  private static final Pair PAIR =
      new Pair(new HnUnit(0), HN0, Optional.empty(), Optional.of(new InterfaceName("lagg0")));
  private static final Vlan VLAN7 = new Vlan(new InterfaceName("vlan7"), 7, 3, 1400);
  private static final Vlan VLAN7_BARE = new Vlan(new InterfaceName("vlan7"), 7, 0, 1500);

  private static String shown(String name, String vlan, int mtu) {
    return name + ": flags=8843<UP> metric 0 mtu " + mtu + "\n\tvlan: " + vlan + "\n";
  }

  private static final String ORPHAN =
      shown("vlan7", "0 vlanproto: 0x0000 vlanpcp: 3 parent interface: <none>", 1500);

  private static GuestState guest(String... interfaces) {
    return GuestState.ofLinks(
        new HyperV(Optional.of(false), Optional.empty(), ImmutableMap.of(), ImmutableMap.of()),
        IfconfigParser.parse(String.join("", interfaces)),
        Firewalls.NONE,
        Optional.empty(),
        Fibs.ONE);
  }

  @Test
  void thoseOfHnAndThoseOfItsLaggAndNoOthers() {
    GuestState guest =
        guest(
            shown("vlan7", "7 vlanproto: 802.1q vlanpcp: 3 parent interface: lagg0", 1400),
            shown("vlan8", "8 vlanproto: 802.1q vlanpcp: 0 parent interface: hn0", 1500),
            shown("vlan9", "9 vlanproto: 802.1q vlanpcp: 0 parent interface: hn1", 1500),
            shown("vlan10", "10 vlanproto: 802.1ad vlanpcp: 0 parent interface: lagg0", 1500),
            ORPHAN.replace("vlan7", "vlan11"));
    assertThat(PairVlans.of(guest, PAIR))
        .containsExactly(new Vlan(new InterfaceName("vlan8"), 8, 0, 1500), VLAN7);
    assertThat(PairVlans.notes(guest, PAIR))
        .containsExactly(
            "the VLAN vlan10 of tag 10 and 802.1ad stays on lagg0: only those of 802.1q are moved");
  }

  /** Transcript 60: SIOCSETVLAN: File exists. */
  @Test
  void ofTwoWithOneTagNeitherIsMoved() {
    GuestState guest =
        guest(
            shown("lagg0.7", "7 vlanproto: 802.1q vlanpcp: 0 parent interface: lagg0", 1500),
            shown("vlan7", "7 vlanproto: 802.1q vlanpcp: 0 parent interface: hn0", 1500));
    assertThat(PairVlans.of(guest, PAIR)).isEmpty();
    assertThat(PairVlans.notes(guest, PAIR))
        .containsExactly(
            "the VLAN vlan7 of tag 7 and 802.1q stays on hn0: another one has its tag",
            "the VLAN lagg0.7 of tag 7 and 802.1q stays on lagg0: another one has its tag");
  }

  @Test
  void oneWithoutAParentIsAsItWasKnownToBe() {
    Configuration live = Configuration.builder().build();
    assertThat(PairVlans.withOrphans(live, guest(ORPHAN), ImmutableList.of(VLAN7)).vlans())
        .containsExactly(VLAN7);
    assertThat(PairVlans.withOrphans(live, guest(ORPHAN), ImmutableList.of()).vlans()).isEmpty();
    assertThat(PairVlans.withOrphans(live, guest(), ImmutableList.of(VLAN7)).vlans()).isEmpty();
    String elsewhere = shown("vlan7", "7 vlanproto: 802.1q vlanpcp: 0 parent interface: hn1", 1500);
    assertThat(PairVlans.withOrphans(live, guest(elsewhere), ImmutableList.of(VLAN7)).vlans())
        .isEmpty();
  }

  /** The tag has another VLAN by now: it could not be put there. */
  @Test
  void oneWhoseTagIsTakenIsLeftWithoutAParent() {
    Vlan other = new Vlan(new InterfaceName("lagg0.7"), 7, 0, 1500);
    Configuration live = Configuration.builder().vlans(ImmutableList.of(other)).build();
    assertThat(PairVlans.withOrphans(live, guest(ORPHAN), ImmutableList.of(VLAN7)).vlans())
        .containsExactly(other);
    assertThat(PairVlans.merged(guest(ORPHAN), ImmutableList.of(VLAN7), ImmutableList.of(other)))
        .containsExactly(other);
  }

  /** hnvf was killed between the two commands, or in the second one. */
  @Test
  void priorityAndMtuAreWhatTheyWereBefore() {
    assertThat(PairVlans.merged(guest(ORPHAN), ImmutableList.of(VLAN7), ImmutableList.of()))
        .containsExactly(VLAN7);
    assertThat(PairVlans.merged(guest(), ImmutableList.of(VLAN7), ImmutableList.of(VLAN7_BARE)))
        .containsExactly(VLAN7);
    Vlan retagged = new Vlan(VLAN7.name(), 8, 0, 1500);
    assertThat(PairVlans.merged(guest(), ImmutableList.of(VLAN7), ImmutableList.of(retagged)))
        .containsExactly(retagged);
    assertThat(PairVlans.merged(guest(), ImmutableList.of(VLAN7), ImmutableList.of())).isEmpty();
  }
}
