package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.exec.CommandRunner;
import org.hnvf.model.CommandResult;
import org.hnvf.model.Dependent;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnvfException;
import org.hnvf.model.PairState;
import org.hnvf.model.Strategy;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.sim.Scenario;
import org.hnvf.workflow.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Routing tables: hn0 in another than FIB 0, and routes of each FIB through it (67 and 75). */
final class FibsTest {

  private static void type(Guest guest, String line) {
    assertThat(guest.type(line.split(" ", -1)).succeeded()).isTrue();
  }

  /** hn0 in FIB 1 with everything of its own. */
  static Guest inFib1(Strategy strategy) {
    Guest guest =
        Guest.of(
            Scenario.bare()
                .rcConf("ifconfig_hn0=\"inet 10.0.2.50/24 fib 1\"")
                .rcConf("ifconfig_hn0_ipv6=\"inet6 2001:db8::50/64\"")
                .rcConf("defaultrouter_fib1=\"10.0.2.2\"")
                .rcConf("defaultrouter=\"10.0.2.3\""),
            strategy);
    type(guest, "sysctl net.fibs=3");
    type(guest, "ifconfig hn0 fib 1");
    type(guest, "ifconfig hn0 inet 10.0.2.50/24 up");
    type(guest, "ifconfig hn0 inet6 2001:db8::50/64 -ifdisabled auto_linklocal");
    type(guest, "route -q add default 10.0.2.2 -fib 1");
    type(guest, "route -q add -net 192.0.2.0/24 10.0.2.9 -fib 1");
    type(guest, "route -6 -q add default fe80::1%hn0 -fib 1");
    return guest;
  }

  /** Java would have to know the zone to make an address of it. */
  @Test
  void aLinkLocalGatewayInAnotherFibIsRefusedToo() throws HnvfException {
    Guest guest = inFib1(Strategy.ON_VF_UP);
    type(guest, "route -6 -q add default fe80::2%hn0");
    guest.plug();
    assertThat(guest.lastReport().exitStatus()).isEqualTo(ExitCode.CONFIGURATION.status());
    assertThat(guest.lastReport().failures().toString())
        .contains("the route to default in FIB 0 goes through hn0");
    assertThat(guest.pairState()).isEqualTo(PairState.VF_ATTACHED);
  }

  @ParameterizedTest
  @EnumSource
  void anInterfaceOfAnotherFibIsMovedWithItsRoutes(Strategy strategy)
      throws HnvfException, InterruptedException {
    Guest guest = inFib1(strategy);
    ThereAndBack.of(guest, "1", "2")
        .go(
            () -> {
              assertThat(guest.find("lagg0").fib()).hasValue(1);
              assertThat(guest.staticRoutes("lagg0"))
                  .isEqualTo("default 10.0.2.2, 192.0.2.0/24 10.0.2.9, default fe80::1%lagg0");
              assertThat(guest.state().routes().stream().filter(r -> r.isDefault()).count())
                  .isEqualTo(2);
              assertThat(guest.answers("10.0.2.50")).isTrue();
            });
    // The router of FIB 0 does not belong to an interface of FIB 1.
    assertThat(guest.changesSince(0).stream().filter(c -> c.contains("10.0.2.3")).toList())
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void routesOfOtherFibsAreMovedEachInItsOwn(Strategy strategy)
      throws HnvfException, InterruptedException {
    Guest guest = Guest.of(Scenario.staticGuest(), strategy);
    type(guest, "sysctl net.fibs=3");
    type(guest, "route -q add -host 10.0.2.9 -interface hn0 -fib 2");
    type(guest, "route -q add default 10.0.2.9 -fib 2");
    type(guest, "route -q add -net 192.0.2.0/24 10.0.2.9 -fib 2");
    type(guest, "route -q add -net 192.0.2.0/24 10.0.2.8");
    ThereAndBack.of(guest, "1", "2")
        .go(
            () -> {
              assertThat(guest.type("netstat", "-rn", "-F", "2").stdout())
                  .matches("(?s).*default +10.0.2.9 +UGS +lagg0\n10.0.2.9 .* lagg0\n192.0.2.*");
              assertThat(guest.staticRoutes("hn0")).isEmpty();
            });
  }

  @Test
  void theDefaultRouterOfTheFibIsPutBack() throws HnvfException {
    Guest guest = inFib1(Strategy.ON_VF_UP);
    type(guest, "route -q delete default 10.0.2.2 -fib 1");

    guest.plug();

    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.staticRoutes("lagg0")).contains("default 10.0.2.2, ");
    assertThat(guest.answers("10.0.2.50")).isTrue();
  }

  @Test
  void whatIsLostWhileTheLaggStandsIsPutBackInItsFib() throws HnvfException {
    Guest guest = inFib1(Strategy.ON_VF_UP).plug();
    type(guest, "route -q delete default 10.0.2.2 -fib 1");

    guest.orchestrator.all(Trigger.OTHER);

    assertThat(guest.type("netstat", "-rn", "-F", "1").stdout())
        .containsMatch("default +10.0.2.2 +UGS +lagg0");
  }

  @Test
  void nothingIsAskedAnewWhereThereIsOneFib() throws HnvfException {
    Guest guest = Guest.of(Scenario.staticGuest()).plug();
    assertThat(
            guest.sim.history().stream()
                .filter(e -> e.result().command().line().contains("-F "))
                .count())
        .isEqualTo(0);
  }

  /** Returns a runner in which programs print these texts instead. */
  private static CommandRunner printing(Guest guest, ImmutableMap<String, String> instead) {
    return command -> {
      CommandResult real = guest.sim.run(command);
      String shown = real.stdout();
      for (String text : instead.keySet()) {
        shown = shown.replaceAll(text, instead.getOrDefault(text, ""));
      }
      return new CommandResult(command, real.ending(), shown, real.stderr(), real.elapsed());
    };
  }

  private static Orchestrator hnvf(Guest guest, ImmutableMap<String, String> instead) {
    return Wiring.orchestrator(
        new Machine(printing(guest, instead), guest.files, guest.sim.timer(), guest.sim.root()),
        OwnerPolicy.ANYBODY,
        Progress.NONE);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(
            ImmutableMap.of("add_addr_allfibs: 0", "add_addr_allfibs: 1"),
            "net.add_addr_allfibs is 1 with 3 FIBs",
            "set net.add_addr_allfibs to 0"),
        Arguments.of(
            ImmutableMap.of("net.fibs: 3", "net.fibs: 17"),
            "net.fibs is 17",
            "set net.fibs to 16 or less"),
        Arguments.of(
            ImmutableMap.of("(default +10.0.2.2 +UG)S( +hn0)", "$11$2"),
            "the default route through hn0 was set by a routing daemon (flags UG1)",
            "set defaultrouter in rc.conf"),
        Arguments.of(
            ImmutableMap.of("(default +fe80::1%hn0 +UG)S( +hn0)", "$12$2"),
            "the IPv6 default route through hn0 was set by a routing daemon (flags UG2)",
            "set ipv6_defaultrouter in rc.conf"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatNoRecordingShowsIsRefusedAndNothingIsChanged(
      ImmutableMap<String, String> instead, String reason, String remedy) {
    Guest guest = inFib1(Strategy.ON_VF_UP);
    if (reason.startsWith("net.fibs")) {
      guest.sim.faults().clear();
      type(guest, "sysctl net.fibs=17");
    }
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    int before = guest.sim.history().size();

    isRefused(guest, hnvf(guest, instead), before, reason, remedy);
  }

  private static void isRefused(
      Guest guest, Orchestrator hnvf, int before, String reason, String remedy) {
    int status;
    String text;
    try {
      Report report = hnvf.vfUp(Guest.HN);
      status = report.exitStatus();
      text = report.message() + " " + report.failures();
    } catch (HnvfException e) {
      status = e.exitCode().status();
      text = String.valueOf(e.getMessage());
    }
    assertThat(status).isEqualTo(ExitCode.CONFIGURATION.status());
    assertThat(text).contains(reason);
    assertThat(text).contains(remedy);
    assertThat(guest.changesSince(before)).isEmpty();
  }

  private static Guest pluggedInFib1(Scenario scenario) {
    Guest guest = Guest.of(scenario);
    type(guest, "sysctl net.fibs=2");
    type(guest, "ifconfig hn0 fib 1");
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    return guest;
  }

  @Test
  void aRouteThatHangsOnTheKernelsOwnInAnotherFibIsRefused() {
    Guest guest = pluggedInFib1(Scenario.staticGuest());
    int before = guest.sim.history().size();

    isRefused(
        guest,
        guest.orchestrator,
        before,
        "the route to default in FIB 0 goes through hn0, which is in FIB 1",
        "route add -host 10.0.2.2 -interface hn0 -fib 0");
  }

  @Test
  void dhcpInAnotherFibIsRefused() {
    Guest guest = pluggedInFib1(Scenario.azure());
    int before = guest.sim.history().size();

    isRefused(
        guest,
        guest.orchestrator,
        before,
        "hn0 is in FIB 1 and has its address by DHCP",
        "give hn0 a static address, or leave it in FIB 0");
  }

  @Test
  void routesOfARoutingDaemonAreToldAndLeftToIt() throws HnvfException {
    Guest guest = Guest.of(Scenario.staticGuest());
    type(guest, "route -q add -net 192.0.2.0/24 10.0.2.9 -proto1");
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();

    assertThat(
            guest
                .orchestrator
                .dependents(guest.state(), Optional.of(Guest.HN))
                .get(0)
                .dependents()
                .stream()
                .filter(one -> one.verdict() == Dependent.Verdict.TELL)
                .map(Dependent::reason)
                .toList()
                .toString())
        .contains("the route to 192.0.2.0/24 was set by a routing daemon (flags UGS1)");
    assertThat(guest.orchestrator.vfUp(Guest.HN).exitStatus()).isEqualTo(0);

    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.staticRoutes("lagg0")).isEqualTo("default 10.0.2.2");
  }
}
