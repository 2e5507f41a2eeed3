package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.net.InetAddresses;
import java.time.Duration;
import java.util.Optional;
import org.hnvf.freebsd.Bridge;
import org.hnvf.model.Command;
import org.hnvf.model.Dependent;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Intent;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.MovePolicy;
import org.hnvf.model.PairState;
import org.hnvf.model.Settings;
import org.hnvf.model.Strategy;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.sim.CommandPattern;
import org.hnvf.sim.Reachability.Vantage;
import org.hnvf.sim.Scenario;
import org.hnvf.workflow.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A lagg takes hn0's place in a bridge, where hnvf.json asks for that, and gives it back. */
final class MoveBridgeTest {

  private static final InterfaceName BRIDGE = new InterfaceName("bridge0");
  private static final String ADDRESS = "10.0.2.50";

  private final MovePolicy policy =
      new MovePolicy(
          ImmutableSet.of(MovePolicy.Movable.BRIDGE), MovePolicy.NamesHn.TELL, ImmutableSet.of());

  /** As in transcript 61: the bridge has the address, hn0 nothing. */
  private static Guest bridged() throws Exception {
    Guest guest = Guest.of(Scenario.bare());
    guest.write(
        "/etc/rc.conf",
        """
        cloned_interfaces=bridge0
        ifconfig_hn0=up
        ifconfig_bridge0="inet 10.0.2.50/24 addm hn0 up"
        defaultrouter=10.0.2.2
        """);
    guest.type("ifconfig", "bridge0", "create");
    guest.type("ifconfig", "bridge0", "addm", "hn0", "up");
    guest.type("ifconfig", "hn0", "inet6", "ifdisabled");
    guest.type("ifconfig", "hn0", "up");
    guest.type("ifconfig", "bridge0", "inet", "10.0.2.50/24");
    guest.type("route", "add", "default", "10.0.2.2");
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    assertThat(answers(guest)).isTrue();
    return guest;
  }

  private static boolean answers(Guest guest) {
    return guest
        .sim
        .reachability()
        .isReachable(InetAddresses.forString(ADDRESS), Vantage.BEYOND_GATEWAY);
  }

  private Orchestrator hnvf(Guest guest, Strategy strategy) {
    return Wiring.orchestrator(
        new Machine(guest.sim, guest.files, guest.sim.timer(), guest.sim.root()),
        Settings.DEFAULTS.with(strategy).moving(policy),
        OwnerPolicy.ANYBODY,
        Progress.NONE);
  }

  private static boolean isMember(Guest guest, String name) throws HnvfException {
    return Bridge.has(guest.state().find(BRIDGE).orElseThrow(), name);
  }

  private static String shown(Guest guest) {
    String all = guest.type("ifconfig", "-a").stdout() + guest.type("netstat", "-rn").stdout();
    return all + guest.type("ifconfig", "bridge0", "addr").stdout();
  }

  @Test
  void withoutTheKeyItIsRefusedAndNothingIsChanged() throws Exception {
    Guest guest = bridged();
    int before = guest.sim.history().size();

    Planned planned = guest.orchestrator.planned(Guest.HN, Intent.USE_LAGG);
    Report report = guest.orchestrator.vfUp(Guest.HN);

    assertThat(planned.plan()).isEmpty();
    assertThat(report.exitStatus()).isEqualTo(ExitCode.CONFIGURATION.status());
    assertThat(report.failures().get(0)).contains("hn0 is a member of bridge0");
    assertThat(report.failures().get(0)).contains("set move to [\"bridge\"] in hnvf.json");
    assertThat(guest.changesSince(before)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void thereAndBackNothingHasChanged(Strategy strategy) throws Exception {
    Guest guest = bridged();
    String before = shown(guest);
    Orchestrator hnvf = hnvf(guest, strategy);

    assertThat(hnvf.vfUp(Guest.HN).exitStatus()).isEqualTo(0);
    assertThat(isMember(guest, "lagg0")).isTrue();
    assertThat(isMember(guest, "hn0")).isFalse();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(answers(guest)).isTrue();
    assertThat(hnvf.failover(Guest.HN, Optional.empty()).exitStatus()).isEqualTo(0);
    assertThat(answers(guest)).isTrue();
    assertThat(hnvf.failback(Guest.HN).exitStatus()).isEqualTo(0);
    assertThat(answers(guest)).isTrue();

    assertThat(hnvf.release(Guest.HN).exitStatus()).isEqualTo(0);
    assertThat(shown(guest)).isEqualTo(before);
    assertThat(answers(guest)).isTrue();
  }

  @Test
  void aVfThatGoesAndComesBackLeavesTheBridgeAlone() throws Exception {
    Guest guest = bridged();
    Orchestrator hnvf = hnvf(guest, Strategy.ON_VF_UP);
    assertThat(hnvf.vfUp(Guest.HN).exitStatus()).isEqualTo(0);

    guest.sim.host().unplug(Guest.UNIT);
    hnvf.vfDown(Guest.HN);
    assertThat(answers(guest)).isTrue();
    guest.sim.host().plug(Guest.UNIT, "mce");
    int before = guest.sim.history().size();
    assertThat(hnvf.vfUp(Guest.HN).exitStatus()).isEqualTo(0);

    assertThat(answers(guest)).isTrue();
    assertThat(guest.changesSince(before).stream().filter(l -> l.contains("bridge0")).toList())
        .isEmpty();
  }

  @Test
  void flagsCostPriorityAndStaticEntriesAreKept() throws Exception {
    Guest guest = bridged();
    guest.type("ifconfig", "bridge0", "stp", "hn0", "-learn", "hn0", "sticky", "hn0");
    guest.type("ifconfig", "bridge0", "ifpriority", "hn0", "64", "ifpathcost", "hn0", "200");
    guest.type("ifconfig", "bridge0", "static", "hn0", "02:00:00:00:00:01");
    String before = shown(guest);
    Orchestrator hnvf = hnvf(guest, Strategy.ON_VF_UP);

    assertThat(hnvf.vfUp(Guest.HN).exitStatus()).isEqualTo(0);
    String bridge = guest.type("ifconfig", "bridge0").stdout();
    assertThat(bridge).contains("member: lagg0 flags=156<DISCOVER,STP,STICKY,AUTOEDGE,AUTOPTP>");
    assertThat(bridge).contains(" priority 64 path cost 200 ");
    assertThat(guest.type("ifconfig", "bridge0", "addr").stdout())
        .contains("02:00:00:00:00:01 Vlan0 lagg0");

    assertThat(hnvf.release(Guest.HN).exitStatus()).isEqualTo(0);
    assertThat(shown(guest)).isEqualTo(before);
  }

  @Test
  void itIsSaidToMove() throws Exception {
    Guest guest = bridged();
    Orchestrator hnvf = hnvf(guest, Strategy.ON_VF_UP);
    ImmutableList<Dependent> rows =
        hnvf.dependents(guest.state(), Optional.of(Guest.HN)).get(0).dependents();
    assertThat(rows.get(0).verdict()).isEqualTo(Dependent.Verdict.MOVE);
    assertThat(rows.get(0).who()).isEqualTo("bridge0");
  }

  /** Every change of the way there fails once: hn0 is in the bridge again, and it answers. */
  @Test
  void whateverFailsHnIsInTheBridgeAgain() throws Exception {
    Guest model = bridged();
    int before = model.sim.history().size();
    hnvf(model, Strategy.ON_VF_UP).vfUp(Guest.HN);
    ImmutableList<String> changes = model.changesSince(before);
    assertThat(changes).contains("ifconfig bridge0 deletem hn0");
    assertThat(changes).contains("ifconfig bridge0 addm lagg0");
    for (String change : changes) {
      Guest guest = bridged();
      String was = shown(guest);
      guest
          .sim
          .faults()
          .failNext(CommandPattern.line(java.util.regex.Pattern.quote(change)), 1, "no\n");

      Report report = hnvf(guest, Strategy.ON_VF_UP).vfUp(Guest.HN);

      boolean failed = report.exitStatus() != 0;
      assertWithMessage(change).that(answers(guest)).isTrue();
      assertWithMessage(change).that(isMember(guest, failed ? "hn0" : "lagg0")).isTrue();
      if (failed) {
        assertWithMessage(change).that(shown(guest)).isEqualTo(was);
      }
    }
  }

  /** And the way back: in the end it answers, by hn0 or by the lagg. */
  @Test
  void whateverFailsOnTheWayBackItAnswers() throws Exception {
    Guest model = bridged();
    Orchestrator of = hnvf(model, Strategy.ON_VF_UP);
    of.vfUp(Guest.HN);
    int before = model.sim.history().size();
    of.release(Guest.HN);
    for (String change : model.changesSince(before)) {
      Guest guest = bridged();
      Orchestrator hnvf = hnvf(guest, Strategy.ON_VF_UP);
      hnvf.vfUp(Guest.HN);
      guest
          .sim
          .faults()
          .failNext(CommandPattern.line(java.util.regex.Pattern.quote(change)), 1, "no\n");

      hnvf.release(Guest.HN);

      assertWithMessage(change).that(answers(guest)).isTrue();
      boolean either = isMember(guest, "hn0") || isMember(guest, "lagg0");
      assertWithMessage(change).that(either).isTrue();
    }
  }

  /** kill -9 before each command: the next hnvf finds the bridge in the journal. */
  @Test
  void whereverItIsKilledTheNextOneFinishes() throws Exception {
    int killed = 0;
    for (int n = 0; ; n++) {
      Guest guest = bridged();
      guest.type("ifconfig", "bridge0", "static", "hn0", "02:00:00:00:00:01");
      guest.killBefore(guest.sim.history().size() + n);
      try {
        hnvf(guest, Strategy.ON_VF_UP).vfUp(Guest.HN);
      } catch (Guest.Killed e) {
        killed++;
      }
      if (!guest.isKilled()) {
        break;
      }
      guest.sim.beforeCommand((command, now) -> {});
      Report unused = hnvf(guest, Strategy.ON_VF_UP).start();

      assertWithMessage("killed before command %s", n).that(answers(guest)).isTrue();
      String addresses = guest.type("ifconfig", "bridge0", "addr").stdout();
      assertWithMessage("killed before command %s", n)
          .that(addresses)
          .contains("02:00:00:00:00:01");
      assertWithMessage("%s", unused)
          .that(hnvf(guest, Strategy.ON_VF_UP).release(Guest.HN).exitStatus())
          .isEqualTo(0);
      assertThat(isMember(guest, "hn0")).isTrue();
    }
    assertThat(killed).isGreaterThan(12);
  }

  /** The static entries are asked for while the delay runs. */
  @Test
  void nothingMoreIsReadInTheCut() throws Exception {
    Guest guest = bridged();
    Orchestrator hnvf = hnvf(guest, Strategy.ON_VF_UP);
    int start = guest.sim.history().size();
    Report first = hnvf.attach(new InterfaceName("mlxen0"));
    assertThat(lines(guest, start)).contains("ifconfig bridge0 addr");
    int waiting = guest.sim.history().size();
    guest.rest(Duration.ofSeconds(3));

    hnvf.waited(first, Trigger.IFATTACH);

    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(lines(guest, waiting)).doesNotContain("ifconfig bridge0 addr");
  }

  private static ImmutableList<String> lines(Guest guest, int since) {
    return guest.sim.history().stream()
        .skip(since)
        .map(entry -> entry.result().command())
        .map(Command::line)
        .collect(ImmutableList.toImmutableList());
  }
}
