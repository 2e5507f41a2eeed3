package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.net.InetAddresses;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Intent;
import org.hnvf.model.PairState;
import org.hnvf.model.Plan;
import org.hnvf.model.Step;
import org.hnvf.model.Strategy;
import org.hnvf.sim.HostAction;
import org.hnvf.sim.Reachability.Vantage;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** VLANs on hn0 go to the lagg with the rest, and back. */
final class VlanStoryTest {

  private static Guest guest(Strategy strategy) throws InterruptedException {
    Guest guest = Guest.of(GuestVlans.added(Scenario.staticGuest()), strategy);
    guest.type("route", "-q", "add", "-net", "203.0.113.0/24", "198.51.100.1");
    guest.type("route", "-q", "add", "-inet6", "2001:db8:77::/48", "2001:db8:7::1");
    guest.type("route", "-q", "add", "-host", "203.0.113.200", "192.0.2.1");
    guest.rest(Duration.ofSeconds(20));
    guest.sim.drainEvents();
    return guest;
  }

  private static Guest guest() throws InterruptedException {
    return guest(Strategy.ON_VF_UP);
  }

  /** hn's link-local address comes back after the others: the order of these is no promise. */
  private static String shown(Guest guest) {
    List<String> lines = new ArrayList<>(guest.type("ifconfig").stdout().lines().toList());
    for (int i = 0; i < lines.size(); i++) {
      int end = i;
      while (end < lines.size() && lines.get(end).startsWith("\tinet6 ")) {
        end++;
      }
      Collections.sort(lines.subList(i, end));
      i = Math.max(i, end - 1);
    }
    return String.join("\n", lines) + "\n" + guest.type("netstat", "-rn").stdout();
  }

  private static Duration cut(Guest guest, String address, Instant since) {
    return guest
        .sim
        .reachability()
        .outages(InetAddresses.forString(address), Vantage.ON_LINK, since, guest.sim.timer().now())
        .stream()
        .map(outage -> outage.length())
        .reduce(Duration.ZERO, Duration::plus);
  }

  @ParameterizedTest
  @EnumSource
  void twoVlansGoThereAndBackAndNothingIsOtherThanBefore(Strategy strategy)
      throws HnvfException, InterruptedException {
    Guest guest = guest(strategy);
    String before = shown(guest);

    guest.plug();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    GuestVlans.areOn(guest, "lagg0", "bring-up");
    assertThat(guest.staticRoutes("vlan7"))
        .isEqualTo("203.0.113.0/24 198.51.100.1, 2001:db8:77::/48 2001:db8:7::1");
    assertThat(guest.staticRoutes("hn0.100")).isEqualTo("203.0.113.200 192.0.2.1");

    Instant revoked = guest.sim.timer().now();
    guest.unplug();
    GuestVlans.areOn(guest, "lagg0", "revoked");
    guest.plug("mce");
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    GuestVlans.areOn(guest, "lagg0", "back");
    guest.orchestrator.failover(Guest.HN, Optional.empty());
    GuestVlans.areOn(guest, "lagg0", "failover");
    guest.orchestrator.failback(Guest.HN);
    GuestVlans.areOn(guest, "lagg0", "failback");
    assertThat(cut(guest, "198.51.100.5", revoked)).isAtMost(Duration.ofMillis(40));

    guest.orchestrator.release(Guest.HN);
    GuestVlans.areOn(guest, "hn0", "release");
    guest.unplug();
    guest.rest(Duration.ofSeconds(5));
    assertThat(shown(guest)).isEqualTo(before);
  }

  /** Each VLAN's cut is its own, and the guest's is as without VLANs. */
  @ParameterizedTest
  @EnumSource
  void theCutOfTheGuestHasNoProcessMoreForItsVlans(Strategy strategy)
      throws HnvfException, InterruptedException {
    Guest with = guest(strategy);
    Guest without = Guest.of(Scenario.staticGuest(), strategy);
    with.sim.host().plug(Guest.UNIT);
    without.sim.host().plug(Guest.UNIT);
    int processes = strategy == Strategy.ON_VF_UP ? 4 : 3;
    assertThat(processesOfTheCut(with.orchestrator.plan(Guest.HN, Intent.USE_LAGG)))
        .isEqualTo(processes);
    assertThat(processesOfTheCut(without.orchestrator.plan(Guest.HN, Intent.USE_LAGG)))
        .isEqualTo(processes);

    with.sim.drainEvents();
    Instant began = with.sim.timer().now();
    with.orchestrator.vfUp(Guest.HN);
    assertThat(cut(with, "10.0.2.50", began)).isAtMost(Duration.ofMillis(300));
    assertThat(cut(with, "198.51.100.5", began)).isAtMost(Duration.ofMillis(500));
    assertThat(cut(with, "192.0.2.5", began)).isAtMost(Duration.ofMillis(700));
  }

  private static long processesOfTheCut(Plan plan) {
    return plan.steps().stream().filter(Step::critical).mapToLong(s -> s.actions().size()).sum();
  }

  @Test
  void thePlanNamesTheCommandsOfTheRecording() throws HnvfException, InterruptedException {
    Guest guest = guest();
    guest.plug();
    assertThat(guest.changesSince(0))
        .containsAtLeast(
            "route -q add default 10.0.2.2",
            "ifconfig vlan7 -vlandev",
            "ifconfig vlan7 vlan 7 vlandev lagg0 vlanpcp 3 mtu 1400",
            "ifconfig hn0.100 -vlandev",
            "ifconfig hn0.100 vlan 100 vlandev lagg0 vlanpcp 0 mtu 1500")
        .inOrder();
    int before = guest.sim.history().size();
    guest.orchestrator.release(Guest.HN);
    assertThat(guest.changesSince(before))
        .containsAtLeast(
            "ifconfig lagg0 inet 10.0.2.50 -alias -laggport hn0",
            "route -q add default 10.0.2.2",
            "ifconfig vlan7 -vlandev",
            "ifconfig vlan7 vlan 7 vlandev hn0 vlanpcp 3 mtu 1400",
            "ifconfig hn0.100 -vlandev",
            "ifconfig hn0.100 vlan 100 vlandev hn0 vlanpcp 0 mtu 1500",
            "ifconfig lagg0 destroy")
        .inOrder();
  }

  /**
   * The lagg was destroyed by hand: only the last workflow's data names a VLAN without a parent.
   */
  @Test
  void oneThatLostItsParentWithTheLaggGetsItBack() throws HnvfException, InterruptedException {
    Guest guest = guest();
    guest.plug();
    guest.type("ifconfig", "lagg0", "destroy");
    assertThat(guest.type("ifconfig", "vlan7").stdout()).contains("parent interface: <none>");
    guest.type("ifconfig", "hn0", "up");
    guest.type("ifconfig", "mlxen0", "down");
    guest.orchestrator.release(Guest.HN);
    GuestVlans.areOn(guest, "hn0", "after the lagg was destroyed");
  }

  @Test
  void oneThatSomebodyTookOffTheLaggIsPutOnItAgain() throws HnvfException, InterruptedException {
    Guest guest = guest();
    guest.plug();
    guest.type("ifconfig", "vlan7", "-vlandev");
    guest.orchestrator.vfUp(Guest.HN);
    GuestVlans.areOn(guest, "lagg0", "after -vlandev");
    int before = guest.sim.history().size();
    guest.orchestrator.vfUp(Guest.HN);
    assertThat(guest.changesSince(before)).isEmpty();
  }

  /** In this order rc(8) would do the same at the next boot, if it could. */
  @Test
  void oneThatIsMadeOnTheLaggLaterGoesBackToHn() throws HnvfException, InterruptedException {
    Guest guest = guest();
    guest.plug();
    guest.type("ifconfig", "vlan9", "create", "vlan", "9", "vlandev", "lagg0", "vlanpcp", "1");
    guest.orchestrator.release(Guest.HN);
    assertThat(guest.type("ifconfig", "vlan9").stdout())
        .contains("vlan: 9 vlanproto: 802.1q vlanpcp: 1 parent interface: hn0\n");
  }

  @Test
  void oneThatIsDestroyedMeanwhileIsNotMissed() throws HnvfException, InterruptedException {
    Guest guest = guest();
    guest.plug();
    guest.type("ifconfig", "vlan7", "destroy");
    assertThat(guest.orchestrator.release(Guest.HN).exitStatus()).isEqualTo(0);
    assertThat(guest.type("ifconfig", "hn0.100").stdout()).contains("parent interface: hn0\n");
  }

  @Test
  void aVlanOfAnotherProtocolThatSomebodyPutOnTheLaggIsTold()
      throws HnvfException, InterruptedException {
    Guest guest = guest();
    guest.plug();
    guest.type(
        "ifconfig", "vlan9", "create", "vlan", "9", "vlanproto", "802.1ad", "vlandev", "lagg0");
    assertThat(guest.orchestrator.plan(Guest.HN, Intent.RELEASE).notes())
        .contains(
            "the VLAN vlan9 of tag 9 and 802.1ad stays on lagg0: only those of 802.1q are moved");
  }

  /** rc.conf makes the lagg and the VLAN on it: the VF joins, and that is all. */
  @Test
  void aVlanOfTheAdministratorsOwnLaggIsLeftAlone() throws HnvfException {
    Guest guest =
        Guest.of(
            Scenario.bare()
                .rcConf("cloned_interfaces=\"lagg0\"")
                .rcConf("ifconfig_hn0=\"up\"")
                .rcConf("ifconfig_lagg0=\"laggproto failover laggport hn0 10.0.2.50/24\""));
    guest.type(
        "ifconfig", "lagg0", "create", "laggproto", "failover", "laggport", "hn0", "10.0.2.50/24");
    guest.type("route", "-q", "add", "default", "10.0.2.2");
    guest.type("ifconfig", "vlan7", "create", "vlan", "7", "vlandev", "lagg0");
    guest.type("ifconfig", "vlan7", "inet", "198.51.100.5/24");
    int before = guest.sim.history().size();
    guest.plug();
    assertThat(guest.changesSince(before))
        .containsExactly("ifconfig lagg0 laggport mlxen0", "ifconfig mlxen0 up", "arp -d 10.0.2.2");
    assertThat(guest.orchestrator.plan(Guest.HN, Intent.RELEASE).steps().toString())
        .doesNotContain("vlan7");
  }

  /** hn0 has no address of its own: it only carries VLANs, and the default route is one's. */
  @ParameterizedTest
  @EnumSource
  void aGuestThatHasItsAddressesOnVlansAlone(Strategy strategy)
      throws HnvfException, InterruptedException {
    Guest guest = Guest.of(GuestVlans.added(Scenario.bare()), strategy);
    guest.type("ifconfig", "hn0", "up");
    guest.type("route", "-q", "add", "default", "198.51.100.1");
    guest.rest(Duration.ofSeconds(20));
    guest.sim.drainEvents();
    String before = shown(guest);
    assertThat(guest.answers("198.51.100.5")).isTrue();
    guest.plug();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    GuestVlans.areOn(guest, "lagg0", "bring-up");
    assertThat(guest.answers("198.51.100.5")).isTrue();
    guest.orchestrator.release(Guest.HN);
    GuestVlans.areOn(guest, "hn0", "release");
    guest.unplug();
    assertThat(shown(guest)).isEqualTo(before);
  }

  /** The host may pass what has no tag through a VF, and drop what has one. */
  @Test
  void aGatewayOfAVlanThatFallsSilentIsAReasonToGiveTheVfUp()
      throws HnvfException, InterruptedException {
    Guest guest = guest();
    guest.sim.host().now(HostAction.vfPassesTag(Guest.UNIT, 7, false));
    guest.plug();
    assertThat(guest.reports.get(1).exitStatus()).isEqualTo(ExitCode.SYSTEM.status());
    assertThat(guest.reports.get(1).failures().get(0))
        .contains("the gateway 198.51.100.1 does not answer through mlxen0");
    GuestVlans.areOn(guest, "hn0", "undone");
    assertThat(guest.answers("10.0.2.50")).isTrue();
  }

  @Test
  void aGatewayOfAVlanThatWasSilentBeforeIsNone() throws HnvfException, InterruptedException {
    Guest guest = guest();
    guest.sim.host().now(HostAction.vlanGateway(Guest.UNIT, 7, false));
    guest.plug();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }
}
