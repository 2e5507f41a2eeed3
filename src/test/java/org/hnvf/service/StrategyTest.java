package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.PairState;
import org.hnvf.model.Prefix;
import org.hnvf.model.Strategy;
import org.hnvf.sim.Reachability.Vantage;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.Test;

/** The two strategies: the order of the steps, and the length of the cut. */
final class StrategyTest {

  private static final InterfaceName VF = new InterfaceName("mlxen0");
  private static final ImmutableList<String> STATIC =
      ImmutableList.of("10.0.2.50/24", "10.0.2.51/32", "2001:db8::50/64");

  private static Guest guest(Scenario scenario, Strategy strategy) throws InterruptedException {
    return Guest.of(scenario.vfDelay("30"), strategy).rest(Duration.ofSeconds(20));
  }

  private static Duration cutOff(Guest guest, String address) throws HnvfException {
    Instant since = guest.sim.timer().now();
    guest.plug();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    return guest.unanswered(address, since);
  }

  @Test
  void beforeVfUpTheLaggStandsWhileTheDelayRuns() throws HnvfException, InterruptedException {
    Guest guest = guest(Scenario.staticGuest(), Strategy.BEFORE_VF_UP);
    guest.sim.host().plug(Guest.UNIT);
    Report report = guest.orchestrator.attach(VF);

    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_SYNTHETIC);
    assertThat(guest.isUp("mlxen0")).isFalse();
    assertThat(guest.addresses("lagg0")).containsExactlyElementsIn(STATIC);
    assertThat(guest.silent(STATIC)).isEmpty();
    Instant end = report.lookAgain().orElseThrow();
    assertThat(end).isGreaterThan(guest.sim.timer().now().plusSeconds(20));

    guest.orchestrator.patiently(report, Trigger.IFATTACH);

    assertThat(guest.sim.timer().now()).isAtLeast(end);
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.silent(STATIC)).isEmpty();
  }

  @Test
  void vfThatJoinsBeforeItIsUpCostsNothing() throws HnvfException, InterruptedException {
    Guest guest = guest(Scenario.azure(), Strategy.BEFORE_VF_UP);
    guest.sim.host().plug(Guest.UNIT);
    Report report = guest.orchestrator.attach(VF);
    Instant since = guest.sim.timer().now();

    guest.orchestrator.patiently(report, Trigger.IFATTACH);

    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.unanswered("10.0.2.15", since)).isEqualTo(Duration.ZERO);
  }

  /** Without a daemon no other process would bring the VF up. */
  @Test
  void delayThatIsOverBeforeAllIsPreparedIsWaitedForToo()
      throws HnvfException, InterruptedException {
    Guest guest =
        Guest.of(Scenario.azure().vfDelay("2"), Strategy.BEFORE_VF_UP).rest(Duration.ofSeconds(20));
    guest.sim.host().plug(Guest.UNIT);
    Report report = guest.orchestrator.attach(VF);
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_SYNTHETIC);
    assertThat(report.lookAgain().orElseThrow()).isLessThan(guest.sim.timer().now());

    guest.orchestrator.patiently(report, Trigger.IFATTACH);

    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }

  @Test
  void beforeVfUpCutsOffMoreBriefly() throws HnvfException, InterruptedException {
    Duration dhcp = cutOff(guest(Scenario.azure(), Strategy.BEFORE_VF_UP), "10.0.2.15");
    Duration fixed = cutOff(guest(Scenario.staticGuest(), Strategy.BEFORE_VF_UP), "10.0.2.50");
    Duration dhcpOnUp = cutOff(guest(Scenario.azure(), Strategy.ON_VF_UP), "10.0.2.15");
    Duration fixedOnUp = cutOff(guest(Scenario.staticGuest(), Strategy.ON_VF_UP), "10.0.2.50");

    assertThat(dhcp).isLessThan(dhcpOnUp);
    assertThat(fixed).isLessThan(fixedOnUp);
  }

  /** Duplicate address detection takes a second, in which the address does not answer. */
  @Test
  void ipv6DoesNotWaitForDuplicateAddressDetection() throws HnvfException, InterruptedException {
    Guest guest = guest(Scenario.staticGuest(), Strategy.BEFORE_VF_UP);
    Instant since = guest.sim.timer().now();
    guest.plug();
    guest.rest(Duration.ofSeconds(3));
    Duration silent =
        guest
            .sim
            .reachability()
            .outages(
                Prefix.of("2001:db8::50/64").address(),
                Vantage.ON_LINK,
                since,
                guest.sim.timer().now())
            .stream()
            .map(outage -> outage.length())
            .reduce(Duration.ZERO, Duration::plus);
    assertThat(silent).isLessThan(Duration.ofSeconds(1));
  }

  /** From hn's joining the lagg, or from the VF's step to up, until the default route stands. */
  @Test
  void cutIsThreeProcessesAndTheVfItself() throws HnvfException, InterruptedException {
    cutIs(
        Strategy.ON_VF_UP,
        "ifconfig mlxen0 up",
        "ifconfig lagg0 laggport hn0 laggport mlxen0",
        "ifconfig hn0 inet 10.0.2.15 -alias",
        "route -q add default 10.0.2.2");
    cutIs(
        Strategy.BEFORE_VF_UP,
        "ifconfig lagg0 laggport hn0",
        "ifconfig hn0 inet 10.0.2.15 -alias",
        "route -q add default 10.0.2.2");
  }

  private static void cutIs(Strategy strategy, String... cut)
      throws HnvfException, InterruptedException {
    Guest guest = guest(Scenario.azure(), strategy);
    int before = guest.sim.history().size();
    guest.plug();
    ImmutableList<String> commands =
        guest.sim.history().stream()
            .skip(before)
            .map(entry -> entry.result().command().line())
            .collect(ImmutableList.toImmutableList());
    int begin = commands.indexOf(cut[0]);
    assertWithMessage("%s: %s", strategy, commands).that(begin).isAtLeast(0);
    assertThat(commands.subList(begin, begin + cut.length))
        .containsExactlyElementsIn(cut)
        .inOrder();
  }

  @Test
  void vfThatIsGoneBeforeItsDelayIsOverLeavesTheLaggOverHn()
      throws HnvfException, InterruptedException {
    Guest guest = guest(Scenario.staticGuest(), Strategy.BEFORE_VF_UP);
    guest.sim.host().plug(Guest.UNIT);
    Report report = guest.orchestrator.attach(VF);
    guest.sim.host().unplug(Guest.UNIT);

    guest.orchestrator.patiently(report, Trigger.IFATTACH);

    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_SYNTHETIC);
    assertThat(guest.silent(STATIC)).isEmpty();
  }
}
