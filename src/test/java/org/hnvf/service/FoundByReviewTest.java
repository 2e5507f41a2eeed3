package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hnvf.model.BackOff;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Intent;
import org.hnvf.model.PairState;
import org.hnvf.sim.CommandPattern;
import org.hnvf.sim.DhcpServer;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.Test;

/** Faults that a review of the code found; each test failed before. */
final class FoundByReviewTest {

  private static Guest rested(Scenario scenario) throws InterruptedException {
    return Guest.of(scenario).rest(Duration.ofSeconds(20));
  }

  private static CommandPattern line(String line) {
    return CommandPattern.line(Pattern.quote(line));
  }

  /** The workflow cannot start, and the VF cannot be taken down either. */
  @Test
  void reportDoesNotCallAGuestReachableWhoseVfStayedUp()
      throws HnvfException, InterruptedException, IOException {
    Guest guest = rested(Scenario.azure());
    guest.append("/etc/rc.conf", "if then\n");
    guest.sim.host().plug(Guest.UNIT);
    guest.type("ifconfig", "mlxen0", "up");
    guest.sim.drainEvents();
    for (int i = 0; i < 10; i++) {
      guest.sim.faults().failNext(line("ifconfig mlxen0 down"), 1, "ifconfig: Device busy\n");
    }

    Report report = guest.orchestrator.vfUp(Guest.HN);

    assertThat(guest.isUp("mlxen0")).isTrue();
    assertThat(report.message())
        .isEqualTo(
            "the workflow was not started; hnvf could not take the VF down, and the guest may be "
                + "cut off");
    assertThat(report.failures().toString()).contains("Device busy");
    BackOff backOff = guest.pair().held().orElseThrow();
    assertThat(backOff.attempts()).isEqualTo(1);
  }

  /** The first step refuses the MTU; the address of an expired lease is still on hn0. */
  @Test
  void refusalStaysARefusalBesideAnExpiredLease() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure().vfMaxMtu(1500));
    guest.type("ifconfig", "hn0", "mtu", "9000");
    guest.plug();
    assertThat(guest.lastReport().exitStatus()).isEqualTo(ExitCode.CONFIGURATION.status());
    guest.sim.host().dhcp(Guest.UNIT, DhcpServer.giving("10.0.2.77").refusingOldLeases());
    guest.type("pkill", "-TERM", "-F", "/var/run/dhclient/dhclient.hn0.pid");
    guest.type("dhclient", "hn0");
    guest.type("ifconfig", "hn0", "inet", "10.0.2.15/24", "alias");

    Report report = guest.orchestrator.failback(Guest.HN);

    assertThat(report.exitStatus()).isEqualTo(ExitCode.CONFIGURATION.status());
    assertThat(guest.pair().held().orElseThrow().kind()).isEqualTo(BackOff.Kind.REFUSED);
  }

  /** The default gateway is in the network of an alias, and the VF is up before hnvf starts. */
  @Test
  void aliasOfTheGatewaysNetworkIsOnTheLaggBeforeTheDefaultRoute()
      throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure());
    guest.type("route", "delete", "default");
    guest.type("ifconfig", "hn0", "inet", "10.9.0.5/24", "alias");
    guest.type("route", "add", "default", "10.9.0.1");
    guest.sim.host().plug(Guest.UNIT);
    guest.type("ifconfig", "mlxen0", "up");

    ImmutableList<String> lines =
        guest.orchestrator.plan(Guest.HN, Intent.USE_LAGG).steps().stream()
            .flatMap(step -> step.actions().stream())
            .map(action -> action.line())
            .collect(ImmutableList.toImmutableList());

    assertThat(lines.indexOf("ifconfig lagg0 inet 10.9.0.5/24 alias")).isAtLeast(0);
    assertThat(lines.indexOf("ifconfig lagg0 inet 10.9.0.5/24 alias"))
        .isLessThan(lines.indexOf("route -q add default 10.9.0.1"));
  }

  /** /etc/resolv.conf is immutable, or a service that depends on it does not restart. */
  @Test
  void nameServersThatCannotBeForgottenAreNoReasonForARollback()
      throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure());
    String complaint = "/etc/resolv.conf: Operation not permitted";
    guest.sim.faults().doneButFails(line("resolvconf -d hn0"), 1, complaint + "\n");

    guest.plug();

    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.pair().held()).isEmpty();
    assertThat(guest.reports.stream().mapToInt(Report::exitStatus).max()).hasValue(0);
    String told = "forget the name servers of hn0: `resolvconf -d hn0` exited 1: " + complaint;
    assertThat(guest.reports.stream().flatMap(report -> report.failures().stream()).toList())
        .containsExactly(told);
    assertThat(guest.orchestrator.history(Guest.UNIT).toString()).contains(told);
  }

  /** The same, and the name servers stay. */
  @Test
  void nameServersThatStayAreForgottenAtALaterLook() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure());
    int before = guest.sim.history().size();
    guest.sim.faults().failNext(line("resolvconf -d hn0"), 1, "read-only\n");
    guest.plug();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);

    guest.rest(Duration.ofMinutes(1));
    guest.orchestrator.all(Trigger.OTHER);

    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.state().resolvers()).containsExactly("lagg0");
    assertThat(guest.changesSince(before)).doesNotContain("ifconfig mlxen0 down");
  }

  /** The delay was stored when the clock was nine hours ahead. */
  @Test
  void delayOfAClockThatWasSetBackDoesNotKeepTheVfUnused()
      throws HnvfException, InterruptedException, IOException {
    Guest guest = rested(Scenario.azure());
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    guest.orchestrator.look(Guest.UNIT, new Hint(Trigger.IFATTACH, true));
    Duration ahead = Duration.ofHours(9);
    Instant end = guest.pair().delayEnds().orElseThrow().plus(ahead);
    guest.write("/var/db/hnvf/hn0.delay", end + " " + guest.sim.timer().now().plus(ahead) + "\n");

    guest.orchestrator.all(Trigger.OTHER);

    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }

  /** The delay ends while the workflow that repairs the guest runs. */
  @Test
  void delayThatEndsInAWorkflowDoesNotStartAgain() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure().vfDelay("30")).plug();
    guest.unplug();
    guest.sim.host().plug(Guest.UNIT, "mce");
    guest.orchestrator.look(Guest.UNIT, new Hint(Trigger.IFATTACH, true));
    Instant end = guest.pair().delayEnds().orElseThrow();
    guest.type("ifconfig", "hn0", "down");
    // The guest is read before the end of the delay, and again after the workflow.
    guest.rest(Duration.between(guest.sim.timer().now(), end).minusMillis(500));
    guest.orchestrator.all(Trigger.OTHER);
    assertThat(guest.isUp("hn0")).isTrue();
    assertThat(guest.sim.timer().now()).isGreaterThan(end);

    guest.rest(Duration.ofSeconds(2));
    guest.orchestrator.all(Trigger.OTHER);

    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }

  /** A VF that failed returns after its pause, and its detachment was not seen. */
  @Test
  void vfThatReturnsAfterItsBackOffGetsItsDelay() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure().vfDelay("30"));
    guest.sim.faults().failNext(line("ifconfig mlxen0 up"), 1, "ifconfig: Device busy\n");
    guest.plug();
    assertThat(guest.pair().held()).isPresent();
    guest.rest(Duration.ofHours(2));
    guest.sim.host().unplug(Guest.UNIT);
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();

    Report report = guest.orchestrator.look(Guest.UNIT, new Hint(Trigger.IFATTACH, true));

    assertThat(guest.isUp("mlxen0")).isFalse();
    assertThat(report.lookAgain()).hasValue(guest.pair().delayEnds().orElseThrow());
  }

  @Test
  void endOfAPreviousDelayDoesNotReplaceTheStartOfTheNext() {
    Hint attached = new Hint(Trigger.IFATTACH, true);
    assertThat(attached.then(Hint.DELAY_OVER)).isEqualTo(attached);
    assertThat(Hint.DELAY_OVER.then(attached)).isEqualTo(attached);
    Hint vfUp = new Hint(Trigger.VF_UP, false);
    assertThat(attached.then(vfUp)).isEqualTo(vfUp);
    for (Hint hint : ImmutableList.of(attached, Hint.DELAY_OVER, vfUp, Hint.OTHER)) {
      assertThat(Hint.named(hint.text())).isEqualTo(hint);
    }
    assertThat(Hint.named("nonsense")).isEqualTo(Hint.OTHER);
  }

  /** rc.conf, which cannot be read now, makes the lagg; it is not hnvf's to rearrange. */
  @Test
  void administratorsLaggIsSparedWhenRcConfCannotBeRead()
      throws HnvfException, InterruptedException, IOException {
    Guest guest = rested(Scenario.staticGuest());
    guest.type("ifconfig", "lagg0", "create", "laggproto", "failover", "laggport", "hn0", "up");
    guest.append("/etc/rc.conf", "if then\n");
    guest.sim.host().plug(Guest.UNIT);
    guest.type("ifconfig", "mlxen0", "up");
    guest.sim.drainEvents();
    int before = guest.sim.history().size();

    guest.orchestrator.vfUp(Guest.HN);

    assertThat(guest.isUp("mlxen0")).isFalse();
    assertThat(
            guest.changesSince(before).stream()
                .filter(change -> !change.equals("ifconfig mlxen0 down")))
        .isEmpty();
  }

  @Test
  void reportOfTwoReconciliationsKeepsBothResults() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure()).plug();
    Report done = guest.orchestrator.failover(Guest.HN, Optional.empty());
    Report failed =
        Report.of(guest.pair(), ExitCode.SYSTEM, "failed; hnvf rolled back")
            .because(ImmutableList.of("a step: exited 1"));

    Report both = done.followedBy(failed);

    assertThat(both.exitStatus()).isEqualTo(ExitCode.SYSTEM.status());
    assertThat(both.message()).isEqualTo("failed; hnvf rolled back");
    assertThat(both.notes()).contains(done.message());
    Report unstored = done.exiting(ExitCode.UNSTORED.status());
    assertThat(unstored.followedBy(failed).exitStatus()).isEqualTo(ExitCode.SYSTEM.status());
    assertThat(failed.followedBy(unstored).exitStatus()).isEqualTo(ExitCode.SYSTEM.status());
    assertThat(failed.followedBy(unstored).notes()).contains(done.message());
  }
}
