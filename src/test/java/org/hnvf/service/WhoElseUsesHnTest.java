package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.exec.CommandRunner;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.Dependent;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Intent;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.MovePolicy;
import org.hnvf.model.PairDependents;
import org.hnvf.model.PairState;
import org.hnvf.model.Settings;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.sim.Scenario;
import org.hnvf.workflow.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who else uses hn0 is asked before the first step: refused, or told. */
final class WhoElseUsesHnTest {

  private static final InterfaceName VF = new InterfaceName("mlxen0");

  private static final String HOOKED =
      """
      There are 2 total nodes:
        Name: ngctl1017       Type: socket          ID: 00000004   Num hooks: 0
        Name: hn0             Type: ether           ID: 00000001   Num hooks: 1
      """;

  private record Ended(int status, String text) {}

  /**
   * Returns a runner in which programs print these texts instead; a status other than 0 is at the
   * start.
   */
  private static CommandRunner printing(Guest guest, ImmutableMap<String, String> answers) {
    return command -> {
      for (String start : answers.keySet()) {
        if (command.line().startsWith(start)) {
          String text = answers.get(start);
          CommandResult real = guest.sim.run(command);
          String shown = text.startsWith("+") ? real.stdout() + text.substring(1) : text;
          return new CommandResult(command, new CommandResult.Exited(0), shown, "", real.elapsed());
        }
      }
      return guest.sim.run(command);
    };
  }

  private static Orchestrator hnvf(Guest guest, CommandRunner runner, MovePolicy policy) {
    return hnvf(guest, runner, policy, Progress.NONE);
  }

  private static Orchestrator hnvf(
      Guest guest, CommandRunner runner, MovePolicy policy, Progress progress) {
    return Wiring.orchestrator(
        new Machine(runner, guest.files, guest.sim.timer(), guest.sim.root()),
        Settings.DEFAULTS.moving(policy),
        OwnerPolicy.ANYBODY,
        progress);
  }

  private static Ended ended(Orchestrator orchestrator) {
    try {
      Report report = orchestrator.vfUp(Guest.HN);
      return new Ended(report.exitStatus(), report.message() + " " + report.failures());
    } catch (HnvfException e) {
      return new Ended(e.exitCode().status(), String.valueOf(e.getMessage()));
    }
  }

  private static Guest plugged(Scenario scenario) {
    Guest guest = Guest.of(scenario);
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    return guest;
  }

  private static ImmutableList<Dependent> dependents(Guest guest, Orchestrator hnvf)
      throws HnvfException {
    ImmutableList<PairDependents> pairs = hnvf.dependents(guest.state(), Optional.of(Guest.HN));
    return pairs.get(0).dependents();
  }

  private static ImmutableList<String> told(ImmutableList<Dependent> dependents) {
    return dependents.stream()
        .filter(one -> one.verdict() == Dependent.Verdict.TELL)
        .map(one -> one.who() + ": " + one.reason())
        .collect(ImmutableList.toImmutableList());
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        shown("ps", "+ 900 0 0 dhcpcd: hn0 [ip4]\n", "`dhcpcd: hn0 [ip4]` runs"),
        shown("ps", "+ 900 0 0 dhcpcd: [manager] [ip4] [ip6]\n", "`dhcpcd: [manager] [ip4] [ip6]`"),
        shown(
            "ps",
            "+ 801 0 0 /usr/local/sbin/dhclient -4 -pf /var/run/dhclient.hn0.pid hn0\n",
            "dhclient.hn0.pid hn0` runs, a DHCP client on hn0"),
        shown("ps", "+ 801 0 0 /usr/local/sbin/dhclient -nw\n", "dhclient -nw` runs"),
        shown(
            "ps", "+ 9 0 0 /usr/local/sbin/dhcp6c -c /x.conf hn0\n", "dhcp6c -c /x.conf hn0` runs"),
        rcConf("dhcpcd_enable=YES", "dhcpcd_enable is set in rc.conf"),
        rcConf("dhcpcd_enable=YES\ndhcpcd_flags=\"-b hn0\"", "dhcpcd_enable is set in rc.conf"),
        rcConf("dhcp6c_enable=YES\ndhcp6c_interfaces=hn0", "dhcp6c_enable is set in rc.conf"),
        rcConf(
            "dhclient_program=/usr/local/sbin/dual-dhclient\nifconfig_hn0=DHCP",
            "dhclient_program is /usr/local/sbin/dual-dhclient"),
        rcConf("vnet_interfaces=x\nifconfig_hn0=\"inet 10.0.2.60/24 vhid 1 pass x\"", "carp(4)"),
        Arguments.of(
            ImmutableMap.of(),
            "/etc/ppp/ppp.conf",
            "default:\n set device PPPoE:hn0\n",
            "/etc/ppp/ppp.conf, line 2 has PPPoE on hn0"),
        Arguments.of(
            ImmutableMap.of("kldstat", "", "ngctl list", HOOKED),
            "/nothing",
            "",
            "hn0's node of ng_ether(4) is connected, hooks: 1"));
  }

  private static Arguments shown(String program, String text, String reason) {
    return Arguments.of(ImmutableMap.of(program, text), "/nothing", "", reason);
  }

  private static Arguments rcConf(String lines, String reason) {
    return Arguments.of(ImmutableMap.of(), "/etc/rc.conf", lines + "\n", reason);
  }

  /** The guest of an argument: a file of it is added to. */
  private static Guest guest(String file, String text) throws IOException {
    Guest guest = plugged(Scenario.staticGuest());
    boolean there = Files.exists(guest.path(file));
    guest.write(file, (there ? Files.readString(guest.path(file)) : "") + text);
    return guest;
  }

  @ParameterizedTest
  @MethodSource("refused")
  void itIsRefusedAndNothingIsChanged(
      ImmutableMap<String, String> answers, String file, String text, String reason)
      throws IOException {
    Guest guest = guest(file, text);
    int before = guest.sim.history().size();

    Ended ended = ended(hnvf(guest, printing(guest, answers), MovePolicy.DEFAULTS));

    assertThat(ended.status()).isEqualTo(ExitCode.CONFIGURATION.status());
    assertThat(ended.text()).contains(reason);
    assertThat(ended.text()).contains("`hnvf release hn0`");
    assertThat(guest.changesSince(before)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whereTheVfIsUpItGoesDownAndNothingElseChanges(
      ImmutableMap<String, String> answers, String file, String text, String reason)
      throws IOException {
    Guest guest = guest(file, text);
    Orchestrator hnvf = hnvf(guest, printing(guest, answers), MovePolicy.DEFAULTS);
    guest.type("ifconfig", "mlxen0", "up");
    int before = guest.sim.history().size();

    Ended ended = ended(hnvf);

    assertThat(ended.text()).contains(reason);
    assertThat(guest.changesSince(before)).containsExactly("ifconfig mlxen0 down");
  }

  @Test
  void whereTheVfIsUpAndNobodyWasAskedItIsAskedOnceAndTold() throws Exception {
    Guest guest = plugged(Scenario.staticGuest());
    guest.write("/etc/natd.conf", "interface hn0\n");
    guest.type("ifconfig", "mlxen0", "up");
    int before = guest.sim.history().size();

    Report report = guest.orchestrator.vfUp(Guest.HN);

    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(String.join("\n", report.notes())).contains("/etc/natd.conf, line 1");
    ImmutableList<String> programs = programs(guest, before);
    assertThat(programs.stream().filter("jls"::equals).toList()).hasSize(1);
    assertThat(programs.stream().filter("kldstat"::equals).toList()).hasSize(1);
  }

  /** It is said once, and neither a pause nor another event makes hnvf change anything. */
  private static void isRefused(Guest guest, String... said) throws Exception {
    int before = guest.sim.history().size();

    Ended ended = ended(guest.orchestrator);

    assertThat(ended.status()).isEqualTo(78);
    for (String words : said) {
      assertThat(ended.text()).contains(words);
    }
    assertThat(guest.changesSince(before)).isEmpty();
  }

  @Test
  void aRefusalCutsNothingHoweverOftenItIsAsked() throws Exception {
    Guest guest = guest("/etc/rc.conf", "dhcpcd_enable=YES\n");
    int before = guest.sim.history().size();

    for (int i = 0; i < 4; i++) {
      assertThat(ended(guest.orchestrator).status()).isEqualTo(78);
      guest.rest(Duration.ofHours(2)).events();
    }

    assertThat(guest.changesSince(before)).isEmpty();
    assertThat(guest.pairState()).isEqualTo(PairState.VF_ATTACHED);
  }

  @Test
  void clientsOfOtherInterfacesAreNoneOfOurs() {
    Guest guest = plugged(Scenario.azure());
    CommandRunner runner =
        printing(
            guest,
            ImmutableMap.of(
                "ps",
                """
                + 900 0 0 dhcpcd: em0 [ip4]
                 901 0 0 /usr/local/sbin/dhclient em1
                 902 0 0 /usr/local/sbin/dhcp6c em0
                """));

    assertThat(ended(hnvf(guest, runner, MovePolicy.DEFAULTS)).status()).isEqualTo(0);
  }

  @Test
  void anHnThatIsUpWithNothingOnItIsRefused() throws Exception {
    Guest guest = plugged(Scenario.bare());
    guest.write("/etc/rc.conf", "ifconfig_hn0=\"up\"\n");
    guest.type("ifconfig", "hn0", "inet6", "ifdisabled");
    guest.type("ifconfig", "hn0", "up");
    isRefused(guest, "hnvf has nothing to move");
  }

  @Test
  void oneThatGoesToAVnetJailIsRefused() throws Exception {
    Guest guest = plugged(Scenario.bare());
    guest.write("/etc/rc.conf", "ifconfig_hn0=\"inet 10.0.2.50/24 vnet www\"\n");
    isRefused(guest, "gives hn0 to the jail www");
  }

  private static Guest withOwnLagg(String protocol) throws IOException {
    Guest guest = Guest.of(Scenario.bare().nics(2));
    guest.write(
        "/etc/rc.conf",
        "cloned_interfaces=lagg0\nifconfig_hn0=up\nifconfig_hn1=up\n"
            + "ifconfig_lagg0=\"laggproto "
            + protocol
            + " laggport hn1 laggport hn0 10.0.2.50/24\"\n");
    guest.type(
        "ifconfig",
        "lagg0",
        "create",
        "laggproto",
        protocol,
        "laggport",
        "hn1",
        "laggport",
        "hn0",
        "10.0.2.50/24",
        "up");
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    return guest;
  }

  @Test
  void aVfDoesNotJoinAnOwnFailoverLaggThatWouldNotUseIt() throws Exception {
    Guest guest = withOwnLagg("failover");
    isRefused(guest, "lagg0 also has the port hn1, which lagg(4) would use before");
  }

  @Test
  void oneThatIsUpBesideItGoesDownAndThatIsNoFailure() throws Exception {
    Guest guest = withOwnLagg("failover");
    guest.type("ifconfig", "mlxen0", "up");
    int before = guest.sim.history().size();

    Ended ended = ended(guest.orchestrator);

    assertThat(ended.status()).isEqualTo(78);
    assertThat(guest.changesSince(before)).containsExactly("ifconfig mlxen0 down");
  }

  /** The simulated guest has no lacp; the snapshot shows one. */
  @Test
  void anOwnLaggWithLacpIsRefused() throws Exception {
    Guest guest = withOwnLagg("failover");
    CommandRunner lacp =
        command -> {
          CommandResult result = guest.sim.run(command);
          return new CommandResult(
              command,
              result.ending(),
              result.stdout().replace("laggproto failover", "laggproto lacp"),
              result.stderr(),
              result.elapsed());
        };
    int before = guest.sim.history().size();

    Ended ended =
        ended(
            Wiring.orchestrator(
                new Machine(lacp, guest.files, guest.sim.timer(), guest.sim.root()),
                OwnerPolicy.ANYBODY,
                Progress.NONE));

    assertThat(ended.status()).isEqualTo(78);
    assertThat(ended.text()).contains("lagg0 uses the protocol lacp");
    assertThat(ended.text()).contains("change its protocol to failover");
    assertThat(guest.changesSince(before)).isEmpty();
  }

  @Test
  void itJoinsAnOwnLoadbalanceLaggAndIsNotTakenForAFailure() throws Exception {
    Guest guest = withOwnLagg("loadbalance");

    assertThat(ended(guest.orchestrator).status()).isEqualTo(0);

    assertThat(guest.find("lagg0").port(VF).orElseThrow().isActive()).isTrue();
    assertThat(guest.orchestrator.failover(Guest.HN, Optional.empty()).exitStatus()).isEqualTo(0);
    assertThat(guest.isUp("mlxen0")).isFalse();
  }

  @Test
  void filesThatNameItAreToldByLineBeforeTheMove() throws Exception {
    Guest guest = plugged(Scenario.staticGuest());
    guest.append("/etc/rc.conf", "natd_interface=\"hn0\"\n# hn0 in a comment\n");
    guest.write("/etc/jail.conf", "www {\n  interface = hn0;\n  path = /j/hn01;\n}\n");
    guest.write("/etc/start_if.hn0", "ifconfig hn0 txcsum\n");
    List<String> log = new ArrayList<>();
    int before = guest.sim.history().size();
    Orchestrator hnvf =
        hnvf(
            guest,
            guest.sim,
            MovePolicy.DEFAULTS,
            new Progress() {
              @Override
              public void says(String text) {
                log.add(guest.changesSince(before).size() + " " + text);
              }
            });

    assertThat(hnvf.vfUp(Guest.HN).exitStatus()).isEqualTo(0);

    assertThat(log.stream().filter(line -> line.startsWith("0 /etc/rc.conf, line 5: ")).toList())
        .hasSize(1);
    assertThat(log.stream().filter(line -> line.startsWith("0 /etc/jail.conf, line 2")).toList())
        .hasSize(1);
    assertThat(log.stream().filter(line -> line.startsWith("0 /etc/start_if.hn0: ")).toList())
        .hasSize(1);
    assertThat(log.stream().filter(line -> line.contains("line 3")).toList()).isEmpty();
  }

  @Test
  void withNamesHn0RefuseTheyAreRefused() throws Exception {
    Guest guest = guest("/etc/natd.conf", "interface hn0\n");
    MovePolicy refuse =
        new MovePolicy(ImmutableSet.of(), MovePolicy.NamesHn.REFUSE, ImmutableSet.of());
    int before = guest.sim.history().size();

    Ended ended = ended(hnvf(guest, guest.sim, refuse));

    assertThat(ended.status()).isEqualTo(78);
    assertThat(ended.text()).contains("/etc/natd.conf, line 1 names hn0");
    assertThat(ended.text()).contains("set names_hn0 to \"tell\"");
    assertThat(guest.changesSince(before)).isEmpty();
    assertThat(ended(hnvf(guest, guest.sim, MovePolicy.DEFAULTS)).status()).isEqualTo(0);
  }

  @Test
  void withNamesHn0RefuseAlsoWhereTheVfIsUpAlready() throws Exception {
    Guest guest = guest("/etc/natd.conf", "interface hn0\n");
    guest.type("ifconfig", "mlxen0", "up");
    MovePolicy refuse =
        new MovePolicy(ImmutableSet.of(), MovePolicy.NamesHn.REFUSE, ImmutableSet.of());
    int before = guest.sim.history().size();

    assertThat(ended(hnvf(guest, guest.sim, refuse)).status()).isEqualTo(78);

    assertThat(guest.changesSince(before)).containsExactly("ifconfig mlxen0 down");
  }

  @Test
  void jailsWithItsAddressesAreTold() throws Exception {
    Guest guest = plugged(Scenario.staticGuest());
    CommandRunner runner =
        printing(
            guest,
            ImmutableMap.of(
                "jls",
                "name=www ip4.addr=10.0.2.51 ip6.addr=\nname=db ip4.addr=192.0.2.1 ip6.addr=\n"));

    ImmutableList<String> told = told(dependents(guest, hnvf(guest, runner, MovePolicy.DEFAULTS)));

    assertThat(told).hasSize(1);
    assertThat(told.get(0)).startsWith("jail www: its address 10.0.2.51 moves with hn0's");
  }

  @Test
  void anAddressOfRcConfThatIsNotLiveIsToldAndAdded() throws Exception {
    Guest guest = guest("/etc/rc.conf", "ifconfig_hn0_alias1=\"inet 10.0.2.60/32\"\n");

    assertThat(told(dependents(guest, guest.orchestrator)).get(0)).startsWith("10.0.2.60/32: ");

    assertThat(ended(guest.orchestrator).status()).isEqualTo(0);
    assertThat(guest.addresses("lagg0")).contains("10.0.2.60/32");
  }

  @Test
  void anAddressThatIfconfigRefusesIsNotAddedAndIsNoted() throws Exception {
    Guest guest =
        guest(
            "/etc/rc.conf",
            """
            ifconfig_hn0_alias1="inet 10.0.2.60 netmask 255.255.255.256"
            ifconfig_hn0_alias2="inet 10.0.2.61"
            """);

    assertThat(told(dependents(guest, guest.orchestrator))).isEmpty();
    assertThat(guest.orchestrator.plan(Guest.HN, Intent.USE_LAGG).notes())
        .containsAtLeast(
            "`ifconfig hn0 inet 10.0.2.60 netmask 255.255.255.256 alias` of rc.conf sets no"
                + " address: netmask 255.255.255.256 cannot be read; hnvf sets none, either",
            "`ifconfig hn0 inet 10.0.2.61 alias` of rc.conf sets no address: it has no mask, which"
                + " FreeBSD 15 requires; hnvf sets none, either");
    assertThat(ended(guest.orchestrator).status()).isEqualTo(0);
    assertThat(guest.addresses("lagg0")).containsNoneOf("10.0.2.60/8", "10.0.2.61/8");
  }

  @Test
  void oneThatFloatsIsNeitherAddedNorExpected() throws Exception {
    Guest guest = guest("/etc/rc.conf", "ifconfig_hn0_alias1=\"inet 10.0.2.60/32\"\n");
    MovePolicy leaves =
        new MovePolicy(
            ImmutableSet.of(),
            MovePolicy.NamesHn.TELL,
            ImmutableSet.of(InetAddresses.forString("10.0.2.60")));
    Orchestrator hnvf = hnvf(guest, guest.sim, leaves);

    assertThat(told(dependents(guest, hnvf))).isEmpty();
    assertThat(ended(hnvf).status()).isEqualTo(0);
    assertThat(guest.addresses("lagg0")).doesNotContain("10.0.2.60/32");
    assertThat(hnvf.release(Guest.HN).exitStatus()).isEqualTo(0);
    assertThat(guest.addresses("hn0")).doesNotContain("10.0.2.60/32");
  }

  /** It has come to this host, and moves with the others there and back. */
  @Test
  void oneThatFloatsAndIsHereMoves() throws Exception {
    Guest guest = guest("/etc/rc.conf", "ifconfig_hn0_alias1=\"inet 10.0.2.60/32\"\n");
    guest.type("ifconfig", "hn0", "inet", "10.0.2.60/32", "alias");
    MovePolicy leaves =
        new MovePolicy(
            ImmutableSet.of(),
            MovePolicy.NamesHn.TELL,
            ImmutableSet.of(InetAddresses.forString("10.0.2.60")));
    Orchestrator hnvf = hnvf(guest, guest.sim, leaves);

    assertThat(ended(hnvf).status()).isEqualTo(0);
    assertThat(guest.addresses("lagg0")).contains("10.0.2.60/32");
    assertThat(hnvf.release(Guest.HN).exitStatus()).isEqualTo(0);
    assertThat(guest.addresses("hn0")).contains("10.0.2.60/32");
  }

  /**
   * All that is asked besides comes while the delay runs; after it there are the same processes.
   */
  @Test
  void nothingIsAskedAnewWhenTheDelayIsOver() throws Exception {
    GuestDaemon d = GuestDaemon.of(Guest.of(Scenario.azure().vfDelay("30")));
    d.guest.write("/etc/natd.conf", "interface hn0\n");
    d.run(Duration.ofSeconds(5));
    int plugged = d.guest.sim.history().size();
    d.guest.sim.host().plug(Guest.UNIT);
    d.run(Duration.ofSeconds(10));
    assertThat(programs(d.guest, plugged)).containsAtLeast("jls", "kldstat");
    int waiting = d.guest.sim.history().size();

    d.run(Duration.ofSeconds(60));

    assertThat(d.guest.pairState()).isEqualTo(PairState.LAGG_VF);
    ImmutableList<String> after = programs(d.guest, waiting);
    assertThat(after).doesNotContain("jls");
    assertThat(after).doesNotContain("kldstat");
    assertThat(
            d.guest.sim.history().stream()
                .skip(waiting)
                .map(entry -> entry.result().command())
                .takeWhile(command -> command.effect() == Command.Effect.READS)
                .map(Command::program)
                .toList())
        .containsExactly("ifconfig", "netstat", "arp", "ping")
        .inOrder();
  }

  private static ImmutableList<String> programs(Guest guest, int since) {
    return guest.sim.history().stream()
        .skip(since)
        .map(entry -> entry.result().command().program())
        .collect(ImmutableList.toImmutableList());
  }

  @Test
  void whatRcConfComplainsOfIsToldByPlanAndConfigToo() throws Exception {
    Guest guest = plugged(Scenario.staticGuest());
    guest.append("/etc/rc.conf", "x=\"$(kenv -q smbios.system.maker)\"\ndumpdev=NO\r\n");

    Planned planned = guest.orchestrator.planned(Guest.HN, Intent.USE_LAGG);

    assertThat(planned.plan()).isPresent();
    assertThat(planned.dependents().warnings().toString()).contains("kenv");
    assertThat(planned.dependents().warnings().toString())
        .contains("/etc/rc.conf, line 6: the line ends with a carriage return");
    assertThat(guest.orchestrator.config(Guest.HN).warnings())
        .isEqualTo(planned.dependents().warnings());
  }

  @Test
  void aRenamedHnIsKnownByItsDriver() throws Exception {
    Guest guest = plugged(Scenario.staticGuest());
    guest.type("ifconfig", "hn0", "name", "wan0");
    guest.write(
        "/etc/rc.conf",
        Files.readString(guest.path("/etc/rc.conf")).replace("_hn0", "_wan0")
            + "ifconfig_hn0_name=wan0\n");
    guest.write("/etc/natd.conf", "interface wan0\n");

    ImmutableList<String> told = told(dependents(guest, guest.orchestrator));
    assertThat(told.get(0)).startsWith("/etc/natd.conf, line 1: names wan0");
    assertThat(guest.orchestrator.vfUp(Guest.HN).exitStatus()).isEqualTo(0);
    assertThat(guest.addresses("lagg0")).contains("10.0.2.50/24");
    assertThat(guest.orchestrator.release(new InterfaceName("wan0")).exitStatus()).isEqualTo(0);
    assertThat(guest.addresses("wan0")).contains("10.0.2.50/24");
  }

  /** vm-bhyve starts when hn is a lagg port already. */
  @Test
  void aSwitchOfVmBhyveThatComesAfterTheMoveIsNamedFromTheBeginning()
      throws HnvfException, IOException {
    Guest guest = plugged(Scenario.staticGuest());
    guest.write("/zroot/vm/.config/system.conf", "switch_list=\"public\"\nports_public=\"hn0\"\n");
    Orchestrator hnvf = hnvf(guest, guest.sim, MovePolicy.DEFAULTS);
    assertThat(ended(hnvf).status()).isEqualTo(0);

    guest.type("ifconfig", "bridge0", "create");
    CommandResult added = guest.type("ifconfig", "bridge0", "addm", "hn0");

    assertThat(added.stderr()).contains("Unsupported interface type");
    assertThat(told(dependents(guest, hnvf)).toString())
        .contains("/zroot/vm/.config/system.conf, line 2: names hn0: \"ports_public=\"hn0\"\"");
    hnvf.all(Trigger.OTHER);
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }
}
