package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.util.stream.Stream;
import org.hnvf.exec.CommandRunner;
import org.hnvf.model.CommandResult;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Intent;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.UserException;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.sim.Scenario;
import org.hnvf.workflow.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where something else uses hn0 its VF is refused before the first step. */
final class DependentsTest {

  private static final ImmutableList<String> ADDRESSES = ImmutableList.of("10.0.2.50/24");

  /** Transcript 61, shortened. */
  private static final String BRIDGE =
      """
      bridge0: flags=1008843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST,LOWER_UP> metric 0 mtu 1500
      \tether 58:9c:fc:10:82:ba
      \tbridge flags=0<>
      \tmember: hn0 flags=143<LEARNING,DISCOVER,AUTOEDGE,AUTOPTP>
      \t        port 4 priority 128 path cost 2000 vlan protocol 802.1q
      \tgroups: bridge
      """;

  /** Transcript 60, shortened; such a VLAN is moved, but not with something on it. */
  private static final String VLAN =
      """
      vlan7: flags=1008843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST,LOWER_UP> metric 0 mtu 1500
      \tether 00:15:5d:0a:0b:10
      \tinet 192.0.2.5 netmask 0xffffff00 broadcast 192.0.2.255
      \tgroups: vlan
      \tvlan: 7 vlanproto: 802.1q vlanpcp: 0 parent interface: hn0
      """;

  /** Transcript 74: vlan8. */
  private static final String NESTED =
      VLAN
          + """
          vlan8: flags=1008842<BROADCAST,RUNNING,SIMPLEX,MULTICAST,LOWER_UP> metric 0 mtu 1396
          \tgroups: vlan
          \tvlan: 8 vlanproto: 802.1q vlanpcp: 0 parent interface: vlan7
          """;

  private static final String LAGG_OF_A_VLAN =
      """
      lagg7: flags=1008843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST,LOWER_UP> metric 0 mtu 1500
      \tlaggproto failover lagghash l2,l3,l4
      \tlaggport: vlan7 flags=5<MASTER,ACTIVE>
      \tgroups: lagg
      """;

  /** Transcript 62: on hn0. */
  private static final String CARP =
      """
      \tinet 10.0.2.60 netmask 0xffffffff broadcast 10.0.2.60 vhid 1
      \tcarp: MASTER vhid 1 advbase 1 advskew 0
      """;

  private static final String NEIGHBOUR =
      """
      em0: flags=1008843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST,LOWER_UP> metric 0 mtu 1500
      \tether 00:15:5d:0a:0b:77
      \tinet 10.0.2.60 netmask 0xffffff00 broadcast 10.0.2.255
      """;

  private static final String HN0 = "(?m)^(hn0: .*\n)";

  private record Ended(int status, String text) {}

  static Stream<Arguments> dependents() {
    return Stream.of(
        Arguments.of("\\z", BRIDGE, "hn0 is a member of bridge0"),
        Arguments.of("\\z", NESTED, "the VLAN vlan7 on hn0 carries the VLAN vlan8"),
        Arguments.of(
            "\\z", VLAN.replace("802.1q", "802.1ad"), "the VLAN vlan7 on hn0 is of 802.1ad"),
        Arguments.of(
            "\\z",
            VLAN + BRIDGE.replace("hn0", "vlan7"),
            "the VLAN vlan7 on hn0 is a member of bridge0"),
        Arguments.of("\\z", VLAN + LAGG_OF_A_VLAN, "the VLAN vlan7 on hn0 is a port of lagg7"),
        Arguments.of(
            "\\z",
            VLAN.replace("192.0.2.255", "192.0.2.255 vhid 3"),
            "the VLAN vlan7 on hn0 has addresses of carp(4)"),
        Arguments.of(
            "\\z", VLAN.replace("vlan7", "storage-vlan"), "storage-vlan on hn0 has a name"),
        Arguments.of(HN0, "$1" + CARP, "hn0 has addresses of carp(4)"),
        Arguments.of("\\z", NEIGHBOUR, "em0 has 10.0.2.60/24, an address in a network of hn0"),
        Arguments.of(
            "\\z",
            NEIGHBOUR.replaceAll("inet .*", "inet6 2001:db8::60 prefixlen 64"),
            "em0 has 2001:db8::60/64, an address in a network of hn0"),
        Arguments.of(HN0, "$1\tinet6 2001:db8:7::1 prefixlen 64 deprecated\n", "is deprecated"),
        Arguments.of(HN0, "$1\tinet6 2001:db8:7:: prefixlen 64 anycast\n", "is anycast"),
        Arguments.of(
            HN0,
            "$1\tinet6 fe80::1%hn0 prefixlen 64 scopeid 0x1\n",
            "hn0 has a link-local address that was set by hand"),
        Arguments.of(
            "(?m)(^hn0: [\\s\\S]*?nd6 options=)21<",
            "$129<NO_RADR,",
            "hn0 ignores the default routers"));
  }

  /** A guest whose ifconfig shows something more. */
  private static Orchestrator on(Guest guest, String where, String more) {
    return on(guest, "ifconfig -a", where, more);
  }

  /** A guest in which a command shows something else. */
  private static Orchestrator on(Guest guest, String shows, String where, String more) {
    CommandRunner runner =
        command -> {
          CommandResult result = guest.sim.run(command);
          boolean all = command.line().startsWith(shows);
          return all && result.succeeded()
              ? new CommandResult(
                  command,
                  result.ending(),
                  result.stdout().replaceAll(where, more),
                  "",
                  result.elapsed())
              : result;
        };
    return Wiring.orchestrator(
        new Machine(runner, guest.files, guest.sim.timer(), guest.sim.root()),
        OwnerPolicy.ANYBODY,
        Progress.NONE);
  }

  private static Ended ended(Orchestrator orchestrator) {
    try {
      Report report = orchestrator.vfUp(Guest.HN);
      return new Ended(report.exitStatus(), report.message() + " " + report.failures());
    } catch (HnvfException e) {
      return new Ended(e.exitCode().status(), String.valueOf(e.getMessage()));
    }
  }

  private static Guest guest() {
    Guest guest = Guest.of(Scenario.staticGuest());
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    return guest;
  }

  private static void isRefused(Ended ended, String reason) {
    assertThat(ended.status()).isEqualTo(ExitCode.CONFIGURATION.status());
    assertThat(ended.text()).contains(reason);
    assertThat(ended.text()).contains("`hnvf release hn0`");
  }

  @ParameterizedTest
  @MethodSource("dependents")
  void aVfThatIsDownStaysDownAndNothingIsChanged(String where, String more, String reason) {
    Guest guest = guest();
    int before = guest.sim.history().size();

    isRefused(ended(on(guest, where, more)), reason);

    assertThat(guest.changesSince(before)).isEmpty();
    assertThat(guest.silent(ADDRESSES)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dependents")
  void oneThatIsUpGoesDownAndThatIsTheOnlyChange(String where, String more, String reason) {
    Guest guest = guest();
    guest.type("ifconfig", "mlxen0", "up");
    int before = guest.sim.history().size();

    isRefused(ended(on(guest, where, more)), reason);

    assertThat(guest.changesSince(before)).containsExactly("ifconfig mlxen0 down");
    assertThat(guest.silent(ADDRESSES)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dependents")
  void aPlanSaysSo(String where, String more, String reason) {
    Orchestrator orchestrator = on(guest(), where, more);
    UserException e =
        assertThrows(UserException.class, () -> orchestrator.plan(Guest.HN, Intent.USE_LAGG));
    assertThat(e).hasMessageThat().contains(reason);
    assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
  }

  @ParameterizedTest
  @MethodSource("dependents")
  void withoutAVfNothingIsRefused(String where, String more, String unused) throws HnvfException {
    Guest guest = Guest.of(Scenario.staticGuest());
    assertThat(on(guest, where, more).plan(Guest.HN, Intent.USE_LAGG).steps()).isEmpty();
    assertThat(unused).isNotEmpty();
  }

  @Test
  void addressesOfOneNetworkInTwoFibsAreNotRefused() {
    Guest guest = guest();
    assertThat(ended(on(guest, "\\z", NEIGHBOUR + "\tfib: 1\n")).status()).isEqualTo(0);
  }

  @Test
  void aHostAddressOfAnotherInterfaceIsNotRefused() {
    Guest guest = guest();
    String host = NEIGHBOUR.replace("0xffffff00", "0xffffffff");
    assertThat(ended(on(guest, "\\z", host)).status()).isEqualTo(0);
  }

  /**
   * On FreeBSD 13: nothing but hw.hn.vfmap tells that wan0 is hn0, and only while there is a VF.
   */
  @Test
  void aVfOfARenamedHnIsTakenDownWhereIfconfigDoesNotPrintTheDriversName() throws HnvfException {
    Guest guest = Guest.of(Scenario.bare().ioctlIfconfig().rcConf("ifconfig_hn0_name=\"wan0\""));
    guest.type("ifconfig", "hn0", "name", "wan0");
    guest.type("ifconfig", "wan0", "inet", "10.0.2.50/24", "up");
    guest.type("route", "add", "default", "10.0.2.2");
    guest.sim.host().plug(Guest.UNIT);
    guest.type("ifconfig", "mlxen0", "up");
    guest.sim.drainEvents();
    int before = guest.sim.history().size();

    Report report = guest.orchestrator.vfUp(new InterfaceName("wan0"));

    assertThat(report.exitStatus()).isEqualTo(ExitCode.CONFIGURATION.status());
    assertThat(report.failures().toString()).contains("wan0 is hn0 under another name");
    assertThat(guest.changesSince(before)).containsExactly("ifconfig mlxen0 down");
    assertThat(guest.answers("10.0.2.50")).isTrue();
  }

  /** Of external0 and external1, whose routes netstat(1) of an older release shows alike. */
  @Test
  void routesThroughATruncatedNameAreRefused() throws HnvfException {
    Guest guest = Guest.of(Scenario.bare().nics(2).rcConf("ifconfig_hn0_name=\"external0\""));
    for (String hn : ImmutableList.of("hn0", "hn1")) {
      guest.type("ifconfig", hn, "name", hn.replace("hn", "external"));
    }
    guest.type("ifconfig", "external0", "inet", "10.0.2.50/24", "up");
    guest.type("route", "add", "default", "10.0.2.2");
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();

    Report report =
        on(guest, "netstat -rn", "external[01]", "external").vfUp(new InterfaceName("external0"));

    assertThat(report.exitStatus()).isEqualTo(ExitCode.CONFIGURATION.status());
    assertThat(report.failures().toString()).contains("netstat shows routes through external");
  }

  /** route(8) changes or deletes all routes to a destination, or one of them by chance. */
  @Test
  void severalRoutesToOneDestinationAreRefused() {
    Guest guest = Guest.of(Scenario.staticGuest().multipath());
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    guest.type("route", "add", "default", "10.0.2.7");
    int before = guest.sim.history().size();

    isRefused(ended(guest.orchestrator), "there are several routes to default");

    assertThat(guest.changesSince(before)).isEmpty();
  }

  @Test
  void bridgesAndVlansOfOthersAreTheirOwnAffair() {
    Guest guest = guest();
    String others = (BRIDGE + NESTED).replace("hn0", "em0");
    assertThat(ended(on(guest, "\\z", others)).status()).isEqualTo(0);
  }

  @Test
  void aVlanThatADhcpClientServesIsRefused() {
    Guest guest = Guest.of(GuestVlans.added(Scenario.staticGuest()));
    guest.type("dhclient", "-b", "vlan7");
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    int before = guest.sim.history().size();

    isRefused(ended(guest.orchestrator), "the VLAN vlan7 on hn0 has a DHCP client");

    assertThat(guest.changesSince(before)).isEmpty();
    assertThat(GuestVlans.silent(guest)).isEmpty();
  }

  @Test
  void anotherDhcpClientIsRefused() throws IOException {
    Guest guest = Guest.of(Scenario.azure());
    guest.write("/etc/rc.conf", "ifconfig_hn0=DHCP\ndhclient_program=/usr/local/sbin/dhcpcd\n");
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    int before = guest.sim.history().size();

    isRefused(
        ended(guest.orchestrator),
        "dhclient_program is /usr/local/sbin/dhcpcd, a DHCP client that hnvf");

    assertThat(guest.changesSince(before)).isEmpty();
  }
}
