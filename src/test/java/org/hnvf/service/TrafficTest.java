package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.event.DevdLine;
import org.hnvf.model.BackOff;
import org.hnvf.model.HnvfException;
import org.hnvf.model.OperatorWord;
import org.hnvf.model.PairState;
import org.hnvf.sim.HostAction;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.Test;

/** A VF that is up and passes nothing is worse than none: it ends over hn, with the VF down. */
final class TrafficTest {

  private static final ImmutableList<String> DHCP = ImmutableList.of("10.0.2.15/24");

  /** The longest that a guest is cut off by a VF that is of no use: see TrafficCheck. */
  private static final Duration BOUND = Duration.ofSeconds(8);

  private static final ImmutableList<String> ALLOW =
      ImmutableList.of("65535 allow ip from any to any");

  private static Guest rested(Scenario scenario) throws InterruptedException {
    return Guest.of(scenario).rest(Duration.ofSeconds(20));
  }

  private static void endsOverHn(Guest guest, Instant since, String why, PairState state)
      throws HnvfException {
    assertThat(guest.silent(DHCP)).isEmpty();
    assertThat(guest.isUp("mlxen0")).isFalse();
    assertThat(guest.pairState()).isEqualTo(state);
    BackOff held = guest.pair().held().orElseThrow();
    assertThat(held.cause()).contains(why);
    assertWithMessage("cut off").that(guest.unanswered("10.0.2.15", since)).isLessThan(BOUND);
  }

  @Test
  void withoutCarrierAtTheFirstBringUp() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure());
    Instant since = guest.sim.timer().now();
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.host().vfCarrier(Guest.UNIT, false);
    guest.events();
    endsOverHn(guest, since, "it has no link", PairState.VF_ATTACHED);
  }

  @Test
  void withoutCarrierWhenItReturns() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure()).plug().unplug();
    Instant since = guest.sim.timer().now();
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.host().vfCarrier(Guest.UNIT, false);
    guest.events();
    endsOverHn(guest, since, "it has no link", PairState.LAGG_SYNTHETIC);
  }

  @Test
  void withoutCarrierAnyMore() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure()).plug().rest(Duration.ofMinutes(1));
    Instant since = guest.sim.timer().now();
    guest.sim.host().vfCarrier(Guest.UNIT, false);
    Report unused =
        guest.orchestrator.handle(DevdLine.parse("!system=IFNET subsystem=mlxen0 type=LINK_DOWN"));
    endsOverHn(guest, since, "has a carrier", PairState.LAGG_SYNTHETIC);
  }

  @Test
  void passingNothingAtTheFirstBringUp() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure());
    Instant since = guest.sim.timer().now();
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.host().vfPassesTraffic(Guest.UNIT, false);
    guest.events();
    endsOverHn(guest, since, "does not answer through mlxen0", PairState.VF_ATTACHED);
  }

  @Test
  void passingNothingWhenItReturns() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure()).plug().unplug();
    Instant since = guest.sim.timer().now();
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.host().vfPassesTraffic(Guest.UNIT, false);
    guest.events();
    endsOverHn(guest, since, "does not answer through mlxen0", PairState.LAGG_SYNTHETIC);
  }

  @Test
  void passingNothingThoughItWasUpAlready() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure());
    Instant since = guest.sim.timer().now();
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.host().vfPassesTraffic(Guest.UNIT, false);
    guest.sim.drainEvents();
    guest.type("ifconfig", "mlxen0", "up");
    guest.orchestrator.vfUp(Guest.HN);
    endsOverHn(guest, since, "does not answer through mlxen0", PairState.VF_ATTACHED);
  }

  @Test
  void linkThatTakesASecondIsWaitedFor() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure());
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.host().vfCarrier(Guest.UNIT, false);
    guest.sim.host().after(Duration.ofSeconds(4), HostAction.vfCarrier(Guest.UNIT, true));
    guest.events();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.silent(DHCP)).isEmpty();
  }

  @Test
  void gatewayThatWasSilentBeforeIsNoReasonToGiveTheVfUp()
      throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.staticGuest());
    guest.type("route", "-q", "delete", "default");
    guest.type("route", "-q", "add", "default", "10.0.2.99");
    guest.plug();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.pair().word()).isEqualTo(new OperatorWord.Auto());
    assertThat(guest.pair().backOff()).isEmpty();
  }

  /** The kernel does not add such an entry again by itself. */
  @Test
  void entryThatWasSetByHandIsNotDeleted() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.staticGuest()).plug().unplug();
    guest.type("arp", "-s", "10.0.2.2", "52:55:0a:00:02:02");
    guest.plug();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.type("arp", "-n", "10.0.2.2").stdout())
        .isEqualTo("? (10.0.2.2) at 52:55:0a:00:02:02 on lagg0 permanent [ethernet]\n");
  }

  /** The entry shows no answer: a gateway that answers no ping(8) cannot be judged by it. */
  @Test
  void gatewayThatIsKnownByHandAloneIsNoReasonToGiveTheVfUp()
      throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.staticGuest()).plug().unplug();
    guest.sim.host().now(HostAction.gatewayAnswersPing(Guest.UNIT, false));
    guest.type("arp", "-s", "10.0.2.2", "52:55:0a:00:02:02");
    guest.plug();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }

  /** Nor does a silent VF pass for a good one. */
  @Test
  void entryThatWasSetByHandIsNoAnswer() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.staticGuest()).plug().unplug();
    guest.type("arp", "-s", "10.0.2.2", "52:55:0a:00:02:02");
    guest.sim.host().vfPassesTraffic(Guest.UNIT, false);
    guest.plug();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_SYNTHETIC);
  }

  /** ipfw(8) or pf(4) may let no ping out, which is no fault of the VF. */
  @Test
  void gatewayThatMayNotBePingedIsNoReasonToGiveTheVfUp()
      throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.staticGuest());
    guest.sim.packetFilters().ipfw(ALLOW, ImmutableList.of(), ImmutableList.of());
    guest.type("ping", "-c1", "-t2", "10.0.2.2");
    guest.sim.packetFilters().denyPing();
    guest.plug();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.pair().backOff()).isEmpty();
    assertThat(guest.reports.stream().flatMap(report -> report.notes().stream()).toList())
        .contains(
            "a packet filter of the guest lets no ping(8) out to the gateway 10.0.2.2: hnvf does"
                + " not see whether traffic passes through mlxen0");
  }

  @Test
  void gatewayThatMayNotBePingedWhereTheVfWasUpAlreadyIsNone()
      throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.staticGuest());
    guest.sim.packetFilters().ipfw(ALLOW, ImmutableList.of(), ImmutableList.of());
    guest.sim.packetFilters().denyPing();
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    guest.type("ifconfig", "mlxen0", "up");
    guest.orchestrator.vfUp(Guest.HN);
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }

  /** Rules that pass on hn0 alone cut a guest off when its addresses are on the lagg. */
  @Test
  void gatewayThatMayNotBePingedAnyMoreIsAReason() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.staticGuest());
    guest.sim.packetFilters().ipfw(ALLOW, ImmutableList.of(), ImmutableList.of());
    guest.sim.beforeCommand(
        (command, now) -> {
          if (command.line().equals("ifconfig mlxen0 up")) {
            guest.sim.packetFilters().denyPing();
          }
        });
    guest.plug();
    assertThat(guest.pairState()).isEqualTo(PairState.VF_ATTACHED);
    assertThat(guest.pair().held().orElseThrow().cause())
        .contains("the gateway 10.0.2.2 does not answer through mlxen0");
  }

  /** Nor does a failover whose time is over keep the next try from waiting. */
  @Test
  void isHeldThoughItWasPinnedForATime() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure()).plug();
    guest.orchestrator.failover(Guest.HN, Optional.of(Duration.ofSeconds(30)));
    guest.sim.host().vfPassesTraffic(Guest.UNIT, false);
    guest.rest(Duration.ofSeconds(40));
    Instant since = guest.sim.timer().now();

    guest.orchestrator.patiently(guest.orchestrator.all(Trigger.OTHER), Trigger.OTHER);

    endsOverHn(guest, since, "does not answer through mlxen0", PairState.LAGG_SYNTHETIC);
  }

  /** Only the host or an operator can repair it: twice, and no more. */
  @Test
  void dayOfAVfThatPassesNothing() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure());
    int before = guest.sim.history().size();
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.host().vfPassesTraffic(Guest.UNIT, false);
    guest.events();
    for (int i = 0; i < 24 * 12; i++) {
      guest.rest(Duration.ofMinutes(5));
      guest.orchestrator.all(Trigger.OTHER);
    }
    long tries = guest.changesSince(before).stream().filter("ifconfig mlxen0 up"::equals).count();
    assertThat(tries).isEqualTo(2);
    assertThat(guest.pair().held().orElseThrow().kind()).isEqualTo(BackOff.Kind.BY_CAUSE);
    assertThat(guest.silent(DHCP)).isEmpty();
  }
}
