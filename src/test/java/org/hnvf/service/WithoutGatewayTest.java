package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.time.Duration;
import java.time.Instant;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Intent;
import org.hnvf.model.PairState;
import org.hnvf.model.Strategy;
import org.hnvf.sim.Reachability.Vantage;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Without a default route of its own a pair asks the router of advertisements, the gateways of its
 * static routes, or neighbours, whether traffic passes.
 */
final class WithoutGatewayTest {

  private static final String ADDRESS = "10.0.2.50";
  private static final String NEIGHBOUR = "10.0.2.7";
  private static final String UNSEEN = "hnvf does not see whether traffic passes through mlxen0";

  /** The longest that a guest is cut off by a VF that is of no use: see TrafficTest. */
  private static final Duration BOUND = Duration.ofSeconds(8);

  private static Guest slaacOnly(Strategy strategy) throws InterruptedException {
    Guest guest = Guest.of(Scenario.bare().slaac().router("fe80::2"), strategy);
    guest.type("ifconfig", "hn0", "up");
    guest.type("ifconfig", "hn0", "inet6", "-ifdisabled", "auto_linklocal", "accept_rtadv");
    guest.type("rtsol", "hn0");
    return guest.rest(Duration.ofSeconds(10));
  }

  private static Guest withoutDefaultRoute(String... lines) {
    Scenario scenario = Scenario.bare().rcConf("ifconfig_hn0=\"inet 10.0.2.50/24\"");
    for (String line : lines) {
      scenario.rcConf(line);
    }
    Guest guest = Guest.of(scenario);
    guest.type("ifconfig", "hn0", "inet", ADDRESS + "/24", "up");
    return guest;
  }

  private static Guest withRoute() {
    Guest guest =
        withoutDefaultRoute("static_routes=\"a\"", "route_a=\"-net 192.0.2.0/24 10.0.2.2\"");
    guest.type("route", "-q", "add", "-net", "192.0.2.0/24", "10.0.2.2");
    return guest;
  }

  private static Guest withNeighbour() {
    Guest guest = withoutDefaultRoute();
    guest.sim.host().neighbour(Guest.UNIT, InetAddresses.forString(NEIGHBOUR));
    guest.type("ping", "-c1", "-t2", NEIGHBOUR);
    return guest;
  }

  private static boolean answersOnLink(Guest guest) {
    return guest.sim.reachability().isReachable(InetAddresses.forString(ADDRESS), Vantage.ON_LINK);
  }

  /** With before-vf-up the VF comes up after its delay. */
  private static Guest plugged(Guest guest) throws Exception {
    guest.plug().rest(Duration.ofSeconds(30));
    guest.reports.add(guest.orchestrator.all(Trigger.OTHER));
    return guest;
  }

  private static String notes(Guest guest) {
    return guest.reports.stream().flatMap(report -> report.notes().stream()).toList().toString();
  }

  private static void endsOverHn(Guest guest, String why) throws HnvfException {
    assertThat(guest.isUp("mlxen0")).isFalse();
    assertThat(guest.pairState()).isAnyOf(PairState.VF_ATTACHED, PairState.LAGG_SYNTHETIC);
    assertThat(guest.pair().held().orElseThrow().cause()).contains(why);
  }

  private static void usesTheVf(Guest guest) throws HnvfException {
    assertWithMessage("%s", guest.reports.stream().map(r -> r.message() + r.failures()).toList())
        .that(guest.pairState())
        .isEqualTo(PairState.LAGG_VF);
    assertThat(guest.pair().held()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void theRouterOfAdvertisementsIsAsked(Strategy strategy) throws Exception {
    Guest guest = slaacOnly(strategy);
    ImmutableList<String> addresses = guest.addresses("hn0");
    guest.sim.host().vfPassesTraffic(Guest.UNIT, false);

    plugged(guest);

    endsOverHn(guest, "the gateway fe80::2%lagg0 does not answer through mlxen0");
    guest.rest(Duration.ofSeconds(10));
    assertThat(guest.silent(addresses)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void aVfThroughWhichThatRouterAnswersIsUsed(Strategy strategy) throws Exception {
    Guest guest = slaacOnly(strategy);
    ImmutableList<String> addresses = guest.addresses("hn0");

    plugged(guest);

    usesTheVf(guest);
    assertThat(notes(guest)).doesNotContain(UNSEEN);
    assertThat(guest.silent(addresses)).isEmpty();
  }

  /** The second time there is a lagg, and the kernel's default route goes through it. */
  @Test
  void itIsAskedWhenTheVfReturns() throws Exception {
    Guest guest = slaacOnly(Strategy.ON_VF_UP).plug().rest(Duration.ofSeconds(10)).unplug();
    guest.sim.host().vfPassesTraffic(Guest.UNIT, false);

    guest.plug();

    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_SYNTHETIC);
    assertThat(guest.pair().held().orElseThrow().cause()).contains("fe80::2%lagg0");
  }

  @Test
  void theGatewayOfAStaticRouteIsAsked() throws Exception {
    Guest guest = withRoute();
    Instant since = guest.sim.timer().now();
    guest.sim.host().vfPassesTraffic(Guest.UNIT, false);

    guest.plug();

    endsOverHn(guest, "the gateway 10.0.2.2 does not answer through mlxen0");
    assertThat(answersOnLink(guest)).isTrue();
    assertWithMessage("cut off").that(cutOff(guest, since)).isLessThan(BOUND);
  }

  private static Duration cutOff(Guest guest, Instant since) {
    return guest
        .sim
        .reachability()
        .outages(InetAddresses.forString(ADDRESS), Vantage.ON_LINK, since, guest.sim.timer().now())
        .stream()
        .map(outage -> outage.length())
        .reduce(Duration.ZERO, Duration::plus);
  }

  @Test
  void aVfThroughWhichThatGatewayAnswersIsUsed() throws Exception {
    Guest guest = withRoute().plug();

    usesTheVf(guest);
    assertThat(notes(guest)).doesNotContain(UNSEEN);
    assertThat(guest.pair().reasons()).isEmpty();
  }

  @Test
  void aNeighbourIsAskedWhereThereIsNoGateway() throws Exception {
    Guest guest = withNeighbour();
    Instant since = guest.sim.timer().now();
    guest.sim.host().vfPassesTraffic(Guest.UNIT, false);

    guest.plug();

    endsOverHn(guest, "no neighbour that answered before answers through mlxen0");
    assertThat(answersOnLink(guest)).isTrue();
    assertWithMessage("cut off").that(cutOff(guest, since)).isLessThan(BOUND);
  }

  @Test
  void aVfThroughWhichANeighbourAnswersIsUsed() throws Exception {
    Guest guest = withNeighbour().plug();

    usesTheVf(guest);
    assertThat(notes(guest)).doesNotContain(UNSEEN);
  }

  /** Its entry in the ARP table is up to twenty minutes old. */
  @Test
  void aNeighbourThatIsGoneSaysNothingAboutTheVf() throws Exception {
    Guest guest = withNeighbour();
    guest.sim.host().neighbourLeaves(Guest.UNIT, InetAddresses.forString(NEIGHBOUR));

    guest.plug();

    usesTheVf(guest);
    assertThat(notes(guest)).contains("no gateway or neighbour to ask: " + UNSEEN);
  }

  @Test
  void oneNeighbourThatAnswersIsEnough() throws Exception {
    Guest guest = withNeighbour();
    guest.sim.host().neighbour(Guest.UNIT, InetAddresses.forString("10.0.2.8"));
    guest.type("ping", "-c1", "-t2", "10.0.2.8");
    guest.sim.beforeCommand(
        (command, now) -> {
          if (command.line().equals("ifconfig mlxen0 up")) {
            guest.sim.host().neighbourLeaves(Guest.UNIT, InetAddresses.forString(NEIGHBOUR));
          }
        });

    guest.plug();

    usesTheVf(guest);
  }

  @Test
  void planAndStatusSayThatThereIsNoGateway() throws Exception {
    Guest guest = withoutDefaultRoute();
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    assertThat(
            guest.orchestrator.plan(Guest.HN, Intent.USE_LAGG).steps().stream()
                .flatMap(step -> step.actions().stream())
                .map(action -> action.line())
                .toList())
        .contains(
            "(look) which neighbours of hn0 answer, because it has no gateway to ask; without any,"
                + " hnvf does not see whether traffic passes");

    guest.orchestrator.failback(Guest.HN);

    assertThat(guest.pair().reasons().toString())
        .contains("no gateway to ask: hnvf sees whether traffic passes through mlxen0 only if");
  }

  /** The guest is already cut off then, and no neighbour can be asked before. */
  @Test
  void aVfThatIsUpAlreadyIsUsedUnseenAndThePlanSaysSo() throws Exception {
    Guest guest = withNeighbour();
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    guest.type("ifconfig", "mlxen0", "up");

    Report report = guest.orchestrator.vfUp(Guest.HN);

    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(report.notes()).contains("no gateway or neighbour to ask: " + UNSEEN);
  }
}
