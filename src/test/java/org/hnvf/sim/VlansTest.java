package org.hnvf.sim;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.hnvf.model.CommandResult;
import org.hnvf.model.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Beyond what transcripts 60 and 74 show: who hears what, and what rc(8) makes of rc.conf. */
final class VlansTest {

  private static final InetAddress OWN = InetAddresses.forString("198.51.100.5");
  private static final RcConfShell NO_SHELL =
      new RcConfShell(
          command -> {
            throw new AssertionError("no process is started here: " + command);
          });

  private static Scenario withVlan() {
    return Scenario.staticGuest()
        .rcConf("cloned_interfaces=\"lagg7 vlan7\"")
        .rcConf("ifconfig_vlan7=\"inet 198.51.100.5/24 vlan 7 vlandev hn0 vlanpcp 3 mtu 1400\"")
        .rcConf("ifconfig_vlan7_ipv6=\"inet6 2001:db8:7::5/64\"")
        .rcConf("ifconfig_vlan7_alias0=\"inet 198.51.100.6/32\"")
        .rcConf("vlans_hn0=\"100 storage\"")
        .rcConf("ifconfig_hn0_100=\"inet 192.0.2.5/24\"")
        .rcConf("create_args_storage=\"vlan 200 vlanproto 802.1ad\"");
  }

  private static boolean answers(SimulatedGuest guest) {
    return guest.reachability().isReachable(OWN, Reachability.Vantage.ON_LINK);
  }

  private static String error(SimulatedGuest guest, String line) {
    CommandResult result = Guests.run(guest, line);
    assertThat(result.succeeded()).isFalse();
    return result.stderr();
  }

  @Test
  void rcMakesThemAtEachBoot() {
    SimulatedGuest guest = withVlan().start();
    String booted = Guests.out(guest, "ifconfig vlan7");
    assertThat(guest.interfaces())
        .containsExactly("lo0", "hn0", "vlan7", "hn0.100", "storage")
        .inOrder();
    assertThat(booted).contains("metric 0 mtu 1400\n");
    assertThat(booted).contains("\tvlan: 7 vlanproto: 802.1q vlanpcp: 3 parent interface: hn0\n");
    assertThat(guest.inetOf("vlan7")).containsExactly("198.51.100.5/24", "198.51.100.6/32");
    assertThat(booted).contains("inet6 2001:db8:7::5 prefixlen 64");
    assertThat(guest.isUp("hn0.100")).isTrue();
    assertThat(Guests.out(guest, "ifconfig storage"))
        .contains("vlan: 200 vlanproto: 802.1ad vlanpcp: 0 parent interface: hn0");
    assertThat(guest.isUp("storage")).isFalse();
    assertThat(answers(guest)).isTrue();

    Guests.run(guest, "ifconfig vlan7 -vlandev");
    guest.reboot(Duration.ofSeconds(15));
    assertThat(Guests.out(guest, "ifconfig vlan7")).contains("vlan: 7 ");
    assertThat(answers(guest)).isTrue();
  }

  @Test
  void oneOnALaggPortReceivesNothingAndOneOnTheLaggDoes() {
    SimulatedGuest guest = withVlan().start();
    Guests.run(guest, "ifconfig lagg0 create laggproto failover laggport hn0 up");
    assertThat(answers(guest)).isFalse();
    Guests.run(guest, "ifconfig vlan7 -vlandev");
    Guests.run(guest, "ifconfig vlan7 vlan 7 vlandev lagg0");
    assertThat(answers(guest)).isTrue();
    assertThat(Guests.run(guest, "ping -c1 -t1 198.51.100.1").succeeded()).isTrue();
    Guests.run(guest, "ifconfig lagg0 -laggport hn0");
    assertThat(answers(guest)).isFalse();
    assertThat(Guests.out(guest, "ifconfig vlan7")).contains("status: no carrier");
  }

  @Test
  void aVfThatCarriesTheTrafficOutsideALaggLeavesThemCutOff() {
    SimulatedGuest guest = withVlan().start();
    guest.host().plug(Guests.HN0, "mce");
    Guests.run(guest, "ifconfig mce0 up");
    assertThat(answers(guest)).isFalse();
    Guests.run(guest, "ifconfig mce0 down");
    assertThat(answers(guest)).isTrue();
    guest.host().now(HostAction.hnLink(Guests.HN0, false));
    assertThat(answers(guest)).isFalse();
  }

  @Test
  void itsMtuIsNeverMoreThanTheParents() {
    SimulatedGuest guest = withVlan().start();
    assertThat(error(guest, "ifconfig vlan7 mtu 1501")).contains("set mtu): Invalid argument");
    Guests.run(guest, "ifconfig vlan7 -vlandev");
    assertThat(error(guest, "ifconfig vlan7 mtu 1400")).contains("set mtu): Invalid argument");
    // A lagg without a port cannot send frames that are longer by a tag.
    Guests.run(guest, "ifconfig lagg0 create");
    Guests.run(guest, "ifconfig vlan7 vlan 7 vlandev lagg0");
    assertThat(Guests.out(guest, "ifconfig vlan7")).contains("mtu 1496\n");
  }

  @Test
  void whatCannotBeSetIsSaid() {
    SimulatedGuest guest = withVlan().start();
    assertThat(error(guest, "ifconfig vlan7 vlan 8 vlandev hn0"))
        .isEqualTo("ifconfig: SIOCSETVLAN: Device busy\n");
    assertThat(error(guest, "ifconfig vlan8 create vlan 7 vlandev hn0"))
        .isEqualTo("ifconfig: interface vlan8 already exists\n");
    assertThat(error(guest, "ifconfig vlan8 create vlandev hn0"))
        .isEqualTo("ifconfig: must specify a tag for vlan create\n");
    assertThat(error(guest, "ifconfig vlan8 create vlan 8"))
        .isEqualTo("ifconfig: must specify a parent device for vlan create\n");
    assertThat(error(guest, "ifconfig vlan8 create vlan 8 vlandev hn9"))
        .isEqualTo("ifconfig: SIOCIFCREATE2 (vlan8): No such file or directory\n");
    assertThat(error(guest, "ifconfig vlan7 vlanpcp 8"))
        .isEqualTo("ifconfig: value for vlanpcp out of range\n");
    assertThat(error(guest, "ifconfig vlan7 vlanproto q"))
        .isEqualTo("ifconfig: invalid value for vlanproto\n");
    assertThat(error(guest, "ifconfig hn0 -vlandev"))
        .isEqualTo("ifconfig: SIOCGETVLAN: Invalid argument\n");
    assertThat(error(guest, "ifconfig hn0 vlan 3 vlandev vlan7"))
        .isEqualTo("ifconfig: SIOCSETVLAN: Invalid argument\n");
    assertThat(guest.interfaces()).doesNotContain("vlan8");
  }

  @Test
  void aKeptGuestHasThemAsTheyWere(@TempDir Path root) throws UserException {
    SimulatedGuest guest = withVlan().root(root).start();
    SimulatedGuest again = SimulatedGuest.restore(guest.image(), root, NO_SHELL);
    assertThat(Guests.out(again, "ifconfig -a")).isEqualTo(Guests.out(guest, "ifconfig -a"));
    assertThat(answers(again)).isTrue();
    Guests.run(again, "ifconfig lagg0 create laggproto failover laggport hn0 up");
    assertThat(answers(again)).isFalse();
  }
}
