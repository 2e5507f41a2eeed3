package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.hnvf.model.BackOff;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnvfException;
import org.hnvf.model.OperatorWord;
import org.hnvf.model.PairState;
import org.hnvf.sim.CommandPattern;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The actions and their order after a step fails. */
final class UndoTest {

  private static final String BUSY = "route: Device busy\n";

  private Guest guest = Guest.of(Scenario.azure());

  @BeforeEach
  void boot() throws InterruptedException {
    guest = Guest.of(Scenario.azure()).rest(Duration.ofSeconds(20));
  }

  @Test
  void theVfGoesDownFirstAndTheStepsAreUndoneInReverse() throws HnvfException {
    guest.sim.faults().failNext(CommandPattern.line("route -q add default 10.0.2.2"), 1, BUSY);
    int before = guest.sim.history().size();
    guest.plug();
    assertThat(guest.changesSince(before))
        .containsExactly(
            "kill -TERM 1404",
            "ifconfig lagg0 create laggproto failover 10.0.2.15/24 up",
            "ifconfig mlxen0 up",
            "ifconfig lagg0 laggport hn0 laggport mlxen0",
            "ifconfig hn0 inet 10.0.2.15 -alias",
            "route -q add default 10.0.2.2",
            "ifconfig mlxen0 down",
            "ifconfig hn0 inet 10.0.2.15/24 alias",
            "ifconfig lagg0 -laggport hn0",
            "ifconfig lagg0 inet 10.0.2.15 -alias",
            "ifconfig lagg0 destroy",
            "ifconfig hn0 up",
            "route -q add default 10.0.2.2",
            "ifconfig mlxen0 down",
            "ifconfig lagg0 destroy",
            "ifconfig lagg0 inet 10.0.2.15 -alias",
            "/sbin/dhclient hn0")
        .inOrder();
    Report report = guest.reports.get(1);
    assertThat(report.exitStatus()).isEqualTo(ExitCode.SYSTEM.status());
    assertThat(report.failures())
        .containsExactly(
            "default route through lagg0: `route -q add default 10.0.2.2` exited 1: route: Device"
                + " busy");
  }

  @Test
  void theFirstFailureIsReportedFirstAndTheOthersFollow() throws HnvfException {
    guest.sim.faults().failNext(CommandPattern.line("route -q add default 10.0.2.2"), 1, BUSY);
    guest.sim.faults().failNext(CommandPattern.line("ifconfig lagg0 destroy"), 1, "busy\n");
    guest.plug();
    ImmutableList<String> failures = guest.reports.get(1).failures();
    assertThat(failures.get(0)).startsWith("default route through lagg0");
    assertThat(failures.get(1)).startsWith("undo: `ifconfig lagg0 destroy`");
    assertThat(guest.pair().pair().lagg()).isEmpty();
    assertThat(guest.addresses("hn0")).containsExactly("10.0.2.15/24");
  }

  @Test
  void aDefaultRouteThatOthersDeleteMeanwhileIsMissedAndComesBack()
      throws HnvfException, InterruptedException {
    guest = Guest.of(Scenario.staticGuest()).rest(Duration.ofSeconds(20));
    boolean[] deleted = {false};
    guest.sim.beforeCommand(
        (command, number) -> {
          if (command.line().equals("ifconfig lagg0") && !deleted[0]) {
            deleted[0] = true;
            assertThat(guest.type("route", "delete", "default").succeeded()).isTrue();
          }
        });
    guest.plug();
    assertThat(deleted[0]).isTrue();
    assertThat(guest.reports.get(1).exitStatus()).isEqualTo(ExitCode.SYSTEM.status());
    assertThat(guest.defaultRoute().orElseThrow().netif()).isEqualTo("hn0");
  }

  /** One that is a port already goes down with the lagg. */
  @Test
  void aVfThatDoesNotGoDownInTheUndoIsTakenDownAfterIt()
      throws HnvfException, InterruptedException {
    guest = Guest.of(Scenario.staticGuest()).rest(Duration.ofSeconds(20));
    String join = "ifconfig lagg0 inet6 laggport hn0 laggport mlxen0 2001:db8::50/64";
    guest.sim.faults().failNext(CommandPattern.line(join), 1, "busy\n");
    for (int i = 0; i < 2; i++) {
      guest.sim.faults().failNext(CommandPattern.line("ifconfig mlxen0 down"), 1, "busy\n");
    }
    guest.plug();
    assertThat(guest.reports.get(1).status().orElseThrow().state())
        .isEqualTo(PairState.VF_ATTACHED);
  }

  /** rtsol waits ten seconds where no router answers, and the guest may still be cut off. */
  @Test
  void aRouterIsAskedForOnlyWhenTheGuestIsReachableAgain()
      throws HnvfException, InterruptedException {
    guest = Guest.of(Scenario.staticGuest().slaac()).rest(Duration.ofSeconds(20));
    String address = "ifconfig hn0 inet 10.0.2.50/24 alias";
    guest.sim.faults().failNext(CommandPattern.line("route -q add default 10.0.2.2"), 1, BUSY);
    guest.sim.faults().failNext(CommandPattern.line(address), 1, "ifconfig: Device busy\n");
    int before = guest.sim.history().size();
    guest.plug();
    ImmutableList<String> changes = guest.changesSince(before);
    assertThat(changes.stream().filter(address::equals)).hasSize(2);
    assertThat(changes.lastIndexOf(address)).isLessThan(changes.indexOf("rtsol hn0"));
    assertThat(guest.addresses("hn0")).contains("10.0.2.50/24");
  }

  @Test
  void afterAFailureTheNextTryWaits() throws HnvfException, InterruptedException {
    guest.sim.faults().failNext(CommandPattern.line("route -q add default 10.0.2.2"), 1, BUSY);
    guest.plug();
    BackOff held = guest.pair().held().orElseThrow();
    assertThat(held.attempts()).isEqualTo(1);
    assertThat(held.cause()).contains("Device busy");
    int before = guest.sim.history().size();
    guest.orchestrator.vfUp(Guest.HN);
    assertThat(guest.changesSince(before)).isEmpty();
    guest.rest(Duration.ofMinutes(2));
    guest.orchestrator.all(Trigger.OTHER);
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.pair().word()).isEqualTo(new OperatorWord.Auto());
    assertThat(guest.pair().backOff()).isEmpty();
  }

  @Test
  void failbackDoesNotWait() throws HnvfException {
    guest.sim.faults().failNext(CommandPattern.line("route -q add default 10.0.2.2"), 1, BUSY);
    guest.plug();
    guest.orchestrator.failback(Guest.HN);
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }

  @Test
  void theOperatorsWordAndTheBackOffAreTwoThings() throws HnvfException {
    guest.sim.faults().failNext(CommandPattern.line("route -q add default 10.0.2.2"), 1, BUSY);
    guest.plug();
    BackOff held = guest.pair().held().orElseThrow();

    guest.orchestrator.failover(Guest.HN, Optional.empty());

    assertThat(guest.pair().word()).isEqualTo(new OperatorWord.Pinned(Optional.empty()));
    assertThat(guest.pair().backOff()).hasValue(held);
    assertThat(guest.pair().held()).isEmpty();
    String shown = Guest.statusText(ImmutableList.of(guest.pair()));
    assertThat(shown).contains("PINNED");
    assertThat(shown).contains("HELD until " + held.nextTry().truncatedTo(ChronoUnit.SECONDS));

    guest.orchestrator.failback(Guest.HN);

    assertThat(guest.pair().word()).isEqualTo(new OperatorWord.Auto());
    assertThat(guest.pair().backOff()).isEmpty();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }

  @Test
  void aHungCommandCountsAsFailedAndItsLimitIsItsOwn() throws HnvfException {
    guest.sim.faults().hangNext(CommandPattern.line("ifconfig lagg0 create .*"));
    Instant plugged = guest.sim.timer().now();
    guest.plug();
    assertThat(guest.reports.get(1).failures().get(0)).contains("did not end within 10000 ms");
    assertThat(guest.unanswered("10.0.2.15", plugged)).isLessThan(Duration.ofSeconds(12));
    assertThat(guest.answers("10.0.2.15")).isTrue();
  }
}
