package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import org.hnvf.model.BackOff.Kind;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnvfException;
import org.hnvf.model.PairState;
import org.hnvf.model.Strategy;
import org.hnvf.report.StatusContext;
import org.hnvf.report.StatusView;
import org.hnvf.sim.HostAction;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The hn(4) of 2026: the data path is switched by a task, later, and only while the host says that
 * the VF's association is allocated. A VF that is up is then not yet, or no longer, the one that
 * the host sends to.
 */
final class LatePathTest {

  private static final ImmutableList<String> DHCP = ImmutableList.of("10.0.2.15/24");
  private static final Duration TASK = Duration.ofSeconds(4);

  private static Guest rested(Strategy strategy) throws InterruptedException {
    return Guest.of(Scenario.azure().pathSwitchedAfter(TASK), strategy)
        .rest(Duration.ofSeconds(20));
  }

  private static Guest rested() throws InterruptedException {
    return rested(Strategy.ON_VF_UP);
  }

  /** One whose VF came up and is not used by the host. */
  private static Guest waiting() throws HnvfException, InterruptedException {
    Guest guest = rested();
    guest.sim.host().vfAssociated(Guest.UNIT, false);
    return guest.plug();
  }

  private static void isQuiet(Guest guest) throws HnvfException {
    int before = guest.sim.history().size();
    Report report = guest.orchestrator.all(Trigger.OTHER);
    assertThat(report.exitStatus()).isEqualTo(0);
    assertThat(guest.changesSince(before)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aPathThatIsSwitchedSecondsAfterUpIsWaitedFor(Strategy strategy)
      throws HnvfException, InterruptedException {
    Guest guest = rested(strategy);
    Instant since = guest.sim.timer().now();
    guest.plug();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.pair().backOff()).isEmpty();
    assertThat(guest.pair().receivingVf()).hasValue("mlxen0");
    assertThat(guest.unanswered("10.0.2.15", since)).isLessThan(Duration.ofSeconds(1));
    isQuiet(guest);
  }

  /** The VF had {@link #TASK} for its link: hnvf does not wait three more seconds for it. */
  @Test
  void vfWithoutALinkWhenThePathIsSwitchedIsTakenDownAtOnce()
      throws HnvfException, InterruptedException {
    Guest guest = rested();
    Instant since = guest.sim.timer().now();
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.host().vfCarrier(Guest.UNIT, false);
    guest.events();
    assertThat(guest.isUp("mlxen0")).isFalse();
    assertThat(guest.pair().held().orElseThrow().cause()).contains("it has no link");
    assertThat(guest.silent(DHCP)).isEmpty();
    assertThat(guest.unanswered("10.0.2.15", since)).isLessThan(Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @EnumSource
  void aPathThatIsNotSwitchedIsNoFault(Strategy strategy)
      throws HnvfException, InterruptedException {
    Guest guest = rested(strategy);
    guest.sim.host().vfAssociated(Guest.UNIT, false);
    Instant since = guest.sim.timer().now();
    guest.plug();
    Report report = guest.lastReport();
    assertThat(report.exitStatus()).isEqualTo(ExitCode.OK.status());
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_SYNTHETIC);
    assertThat(guest.isUp("mlxen0")).isTrue();
    assertThat(guest.pair().backOff()).isEmpty();
    assertThat(guest.pair().receivingVf()).isEmpty();
    assertThat(guest.unanswered("10.0.2.15", since)).isLessThan(Duration.ofSeconds(1));
    assertThat(guest.reports.stream().map(Report::message).toList())
        .contains(
            "mlxen0 is up in lagg0; hn0 carries the traffic until the host switches the data path");
    isQuiet(guest);
    guest.rest(Duration.ofHours(1));
    isQuiet(guest);
    assertThat(guest.silent(DHCP)).isEmpty();
  }

  @Test
  void whenItIsSwitchedInTheEndTrafficIsLookedAtOnce() throws HnvfException, InterruptedException {
    Guest guest = waiting().rest(Duration.ofMinutes(5));
    int before = guest.sim.history().size();
    guest.sim.host().vfAssociated(Guest.UNIT, true);
    guest.rest(Duration.ofSeconds(1)).events();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.changesSince(before)).containsExactly("arp -d 10.0.2.2");
    assertThat(StatusView.data(guest.pair(), StatusContext.NONE)).containsEntry("rxvf", "mlxen0");
    isQuiet(guest);
  }

  @Test
  void aVfThatPassesNothingThenIsTakenDown() throws HnvfException, InterruptedException {
    Guest guest = waiting().rest(Duration.ofMinutes(5));
    guest.sim.host().vfPassesTraffic(Guest.UNIT, false);
    Instant since = guest.sim.timer().now();
    guest.sim.host().vfAssociated(Guest.UNIT, true);
    guest.rest(Duration.ofSeconds(1)).events();
    assertThat(guest.isUp("mlxen0")).isFalse();
    assertThat(guest.pair().held().orElseThrow().kind()).isEqualTo(Kind.PASSING);
    assertThat(guest.silent(DHCP)).isEmpty();
    assertThat(guest.unanswered("10.0.2.15", since)).isLessThan(Duration.ofSeconds(8));
  }

  /** Asked before the path is switched, the gateway would answer over hn. */
  @Test
  void theGatewayIsAskedForOnlyWhenThePathIsSwitched() throws HnvfException, InterruptedException {
    Guest guest = rested();
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.host().vfPassesTraffic(Guest.UNIT, false);
    guest.events();
    assertThat(guest.isUp("mlxen0")).isFalse();
    assertThat(guest.pair().held().orElseThrow().cause())
        .contains("does not answer through mlxen0");
    assertThat(guest.silent(DHCP)).isEmpty();
  }

  /** VF_DOWN and VF_UP may come with the VF up. */
  @Test
  void anAssociationThatGoesAndComesBackChangesNothing()
      throws HnvfException, InterruptedException {
    Guest guest = rested().plug().rest(Duration.ofMinutes(1));
    int before = guest.sim.history().size();
    guest.sim.host().vfAssociated(Guest.UNIT, false);
    guest.rest(Duration.ofSeconds(1)).events();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_SYNTHETIC);
    assertThat(guest.isUp("mlxen0")).isTrue();
    assertThat(guest.silent(DHCP)).isEmpty();
    guest.sim.host().vfAssociated(Guest.UNIT, true);
    guest.rest(Duration.ofSeconds(1)).events();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.pair().backOff()).isEmpty();
    assertThat(guest.silent(DHCP)).isEmpty();
    assertThat(guest.changesSince(before)).isEmpty();
  }

  @Test
  void aVfThatIsUpOutsideALaggGetsOneBeforeThePathIsSwitched()
      throws HnvfException, InterruptedException {
    Guest guest = rested();
    guest.sim.host().vfAssociated(Guest.UNIT, false);
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    Instant since = guest.sim.timer().now();
    guest.type("ifconfig", "mlxen0", "up");
    guest.orchestrator.all(Trigger.OTHER);
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_SYNTHETIC);
    assertThat(guest.unanswered("10.0.2.15", since)).isLessThan(Duration.ofSeconds(1));
    guest.sim.host().after(Duration.ofSeconds(3), HostAction.association(Guest.UNIT, true));
    guest.rest(Duration.ofSeconds(4)).events();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.silent(DHCP)).isEmpty();
  }

  @Test
  void failoverAndReleaseDoNotWaitForThePath() throws HnvfException, InterruptedException {
    Guest guest = waiting();
    assertThat(guest.orchestrator.release(Guest.HN).exitStatus()).isEqualTo(0);
    assertThat(guest.pairState()).isEqualTo(PairState.VF_ATTACHED);
    assertThat(guest.silent(DHCP)).isEmpty();
  }
}
