package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.daemon.Daemon;
import org.hnvf.daemon.FactLog;
import org.hnvf.event.DevdEvent;
import org.hnvf.event.DevdLine;
import org.hnvf.event.RouteMessages;
import org.hnvf.event.RouteNews;
import org.hnvf.model.ExitCode;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.OperatorWord;
import org.hnvf.model.PairState;
import org.hnvf.model.Settings;
import org.hnvf.model.Strategy;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;
import org.hnvf.sim.CommandPattern;
import org.hnvf.sim.GuestProgram;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.Test;

/** The daemon on a simulated guest, in virtual time. */
final class DaemonTest {

  private static final ImmutableList<String> ADDRESS = ImmutableList.of("10.0.2.15/24");
  private static final DevdEvent VF_UP = new DevdEvent.VfUp(Guest.HN);

  @Test
  void aVfComesAndGoesAndComesBack() throws Exception {
    GuestDaemon d = GuestDaemon.of(Guest.of(Scenario.azure())).run(Duration.ofSeconds(5));
    d.guest.sim.host().plug(Guest.UNIT);
    d.run(Duration.ofSeconds(10));
    assertThat(d.guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(d.guest.silent(ADDRESS)).isEmpty();
    d.guest.sim.host().unplug(Guest.UNIT);
    d.run(Duration.ofSeconds(10));
    assertThat(d.guest.pairState()).isEqualTo(PairState.LAGG_SYNTHETIC);
    d.guest.sim.host().plug(Guest.UNIT, "mce");
    d.run(Duration.ofSeconds(10));
    assertThat(d.guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(d.guest.silent(ADDRESS)).isEmpty();
  }

  @Test
  void aDelayIsALookToComeAndBlocksNothing() throws Exception {
    Guest guest = Guest.of(Scenario.azure().nics(2).dhcpOnAllNics().vfDelay("100"));
    GuestDaemon d = GuestDaemon.of(guest).run(Duration.ofSeconds(5));
    guest.sim.host().plug(Guest.UNIT);
    Instant plugged = guest.sim.timer().now();
    d.run(Duration.ofSeconds(50));
    assertThat(guest.pairState()).isEqualTo(PairState.VF_ATTACHED);

    Report failover =
        d.daemon.act(
            "hn1", "failover", o -> o.failover(new InterfaceName("hn1"), Optional.empty()));
    assertThat(failover.exitStatus()).isEqualTo(0);
    assertThat(guest.pairState()).isEqualTo(PairState.VF_ATTACHED);

    d.run(Duration.ofSeconds(60));
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    Duration until = Duration.between(plugged, up(guest, "mlxen0"));
    assertThat(until).isAtLeast(Duration.ofSeconds(100));
    assertThat(until).isLessThan(Duration.ofSeconds(103));
  }

  /** Due tasks are done one after the other, and others are not awaited. */
  @Test
  void whatIsDueIsDoneAndTheNextTimeIsTold() {
    GuestDaemon d = GuestDaemon.of(Guest.of(Scenario.azure()));
    assertThat(d.daemon.beginDue()).hasValue(d.guest.sim.timer().now());
    Instant round = d.guest.sim.timer().now();
    assertThat(d.daemon.beginDue()).hasValue(round.plus(Settings.DEFAULTS.lookEvery()));
    long processes = d.processes();
    assertThat(processes).isAtLeast(3);
    Instant now = d.guest.sim.timer().now();
    assertThat(d.daemon.beginDue()).hasValue(round.plus(Settings.DEFAULTS.lookEvery()));
    assertThat(d.processes()).isEqualTo(processes);
    assertThat(d.guest.sim.timer().now()).isEqualTo(now);
  }

  private static Instant up(Guest guest, String vf) {
    return guest.sim.history().stream()
        .filter(e -> e.result().command().line().equals("ifconfig " + vf + " up"))
        .map(e -> e.started())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aDelayIsMovedByTheNextAttachAndCancelledByADetach() throws Exception {
    Guest guest = Guest.of(Scenario.azure().vfDelay("20"));
    GuestDaemon d = GuestDaemon.of(guest).run(Duration.ofSeconds(5));
    guest.sim.host().plug(Guest.UNIT);
    d.run(Duration.ofSeconds(15));
    boolean unused = d.daemon.tell(new DevdEvent.IfAttach(new InterfaceName("mlxen0")));
    d.run(Duration.ofSeconds(15));
    assertThat(guest.pairState()).isEqualTo(PairState.VF_ATTACHED);
    guest.sim.host().unplug(Guest.UNIT);
    d.run(Duration.ofSeconds(60));
    assertThat(guest.pairState()).isEqualTo(PairState.SYNTHETIC);
    assertThat(guest.changesSince(0)).doesNotContain("ifconfig mlxen0 up");
  }

  @Test
  void aThousandEventsAreOneOrTwoLooks() throws Exception {
    GuestDaemon d = GuestDaemon.of(Guest.of(Scenario.azure())).run(Duration.ofSeconds(5));
    long before = d.processes();
    for (int i = 0; i < 1000; i++) {
      assertThat(d.daemon.tell(VF_UP)).isTrue();
    }
    d.run(Duration.ofSeconds(5));
    assertThat(d.processes() - before).isAtMost(8);
  }

  @Test
  void whatHappenedBeforeTheStartIsFoundAndWhatIsLostIsFoundInAMinute() throws Exception {
    Guest guest = Guest.of(Scenario.azure());
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    GuestDaemon d = GuestDaemon.of(guest).runDeaf(Duration.ofSeconds(10));
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);

    assertThat(guest.type("ifconfig", "lagg0", "-laggport", "mlxen0").succeeded()).isTrue();
    d.runDeaf(Duration.ofSeconds(61));
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }

  @Test
  void atRestItLooksOnceAMinuteAndNoMore() throws Exception {
    GuestDaemon d = GuestDaemon.of(Guest.of(Scenario.azure())).run(Duration.ofSeconds(5));
    long before = d.processes();
    d.runDeaf(Duration.ofMinutes(10));
    assertThat(d.processes() - before).isAtMost(10 * 8);
    assertThat(d.guest.changesSince((int) before)).isEmpty();
    assertThat(d.log).hasSize(1);
  }

  @Test
  void everythingIsPreparedDuringTheDelayWhereTheStrategySaysSo() throws Exception {
    Guest guest = Guest.of(Scenario.azure().vfDelay("30"), Strategy.BEFORE_VF_UP);
    GuestDaemon d = GuestDaemon.of(guest, Strategy.BEFORE_VF_UP).run(Duration.ofSeconds(5));
    guest.sim.host().plug(Guest.UNIT);
    d.run(Duration.ofSeconds(15));
    assertThat(guest.addresses("lagg0")).containsExactly("10.0.2.15/24");
    assertThat(guest.isUp("mlxen0")).isFalse();
    d.run(Duration.ofSeconds(20));
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }

  @Test
  void aPinEndsAtItsTime() throws Exception {
    GuestDaemon d = GuestDaemon.of(Guest.of(Scenario.azure())).run(Duration.ofSeconds(5));
    d.guest.sim.host().plug(Guest.UNIT);
    d.run(Duration.ofSeconds(10));
    d.daemon.act("hn0", "failover", o -> o.failover(Guest.HN, Optional.of(Duration.ofSeconds(90))));
    d.run(Duration.ofSeconds(85));
    assertThat(d.guest.pairState()).isEqualTo(PairState.LAGG_SYNTHETIC);
    d.run(Duration.ofSeconds(10));
    assertThat(d.guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }

  @Test
  void aFailureIsTriedAgainAtItsTime() throws Exception {
    GuestDaemon d = GuestDaemon.of(Guest.of(Scenario.azure())).run(Duration.ofSeconds(5));
    d.guest.sim.faults().failNext(CommandPattern.line("ifconfig .*laggport hn0.*"), 1, "x");
    d.guest.sim.host().plug(Guest.UNIT);
    d.run(Duration.ofSeconds(20));
    assertThat(d.guest.pair().held()).isPresent();
    assertThat(d.guest.silent(ADDRESS)).isEmpty();
    d.run(Duration.ofSeconds(50));
    assertThat(d.guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(d.guest.pair().word()).isEqualTo(new OperatorWord.Auto());
    assertThat(d.guest.pair().backOff()).isEmpty();
  }

  @Test
  void theScriptOfAnAdministratorRunsAfterTheDelayAlsoWhereItsEventWasLost() throws Exception {
    Guest guest = Guest.of(Scenario.azure());
    BadInputTest.script(guest, "rwxr-xr-x");
    int[] runs = {0};
    guest.sim.program(
        "/usr/libexec/hyperv/hyperv_vfup.hn0",
        command -> {
          runs[0]++;
          return new GuestProgram.Answer(0, "", "");
        });
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    GuestDaemon.of(guest).runDeaf(Duration.ofSeconds(30));
    assertThat(runs[0]).isEqualTo(1);
  }

  @Test
  void aDaemonThatWasKilledInAWorkflowIsFollowedByOneThatFinishesIt() throws Exception {
    Guest guest = Guest.of(Scenario.azure());
    GuestDaemon first = GuestDaemon.of(guest).run(Duration.ofSeconds(5));
    guest.sim.host().plug(Guest.UNIT);
    boolean[] killed = {false};
    guest.sim.beforeCommand(
        (command, number) -> {
          if (!killed[0] && command.line().startsWith("route -q add default")) {
            killed[0] = true;
            throw new Guest.Killed();
          }
        });
    first.run(Duration.ofSeconds(10));
    assertThat(first.daemon.fatal().orElseThrow()).isInstanceOf(Guest.Killed.class);
    assertThat(guest.silent(ADDRESS)).isNotEmpty();
    assertThat(first.daemon.tell(VF_UP)).isFalse();

    GuestDaemon.of(guest.restarted()).run(Duration.ofMinutes(3));
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.silent(ADDRESS)).isEmpty();
  }

  @Test
  void aGuestThatCannotBeReadIsReadAgainAndNothingIsLost() throws Exception {
    GuestDaemon d = GuestDaemon.of(Guest.of(Scenario.azure())).run(Duration.ofSeconds(5));
    for (int i = 0; i < 6; i++) {
      d.guest.sim.faults().failNext(CommandPattern.program("netstat"), 1, "x");
    }
    d.guest.sim.host().plug(Guest.UNIT);
    d.run(Duration.ofSeconds(40));
    assertThat(d.guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(String.join("\n", d.log)).contains("cannot read the guest");
  }

  @Test
  void anAttachIsNotForgottenWhereItsPairCannotBeFoundOutAtOnce() throws Exception {
    Guest guest = Guest.of(Scenario.azure().vfDelay("40"));
    GuestDaemon d = GuestDaemon.of(guest).run(Duration.ofSeconds(5));
    guest.sim.host().plug(Guest.UNIT);
    d.run(Duration.ofSeconds(10));
    for (int i = 0; i < 3; i++) {
      guest.sim.faults().failNext(CommandPattern.program("sysctl"), 1, "x");
    }
    boolean unused = d.daemon.tell(new DevdEvent.IfAttach(new InterfaceName("mlxen0")));
    d.run(Duration.ofSeconds(40));
    assertThat(String.join("\n", d.log)).contains("looking at everything");
    assertThat(guest.pairState()).isEqualTo(PairState.VF_ATTACHED);
    d.run(Duration.ofSeconds(20));
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }

  @Test
  void aBugInALookIsToldAndOutlived() throws Exception {
    GuestDaemon d = GuestDaemon.of(Guest.of(Scenario.azure())).run(Duration.ofSeconds(5));
    boolean[] thrown = {false};
    d.guest.sim.beforeCommand(
        (command, number) -> {
          if (!thrown[0]) {
            thrown[0] = true;
            throw new IllegalStateException("a bug");
          }
        });
    assertThat(d.daemon.tell(VF_UP)).isTrue();
    d.run(Duration.ofSeconds(1));
    assertThat(String.join("\n", d.log)).contains("hn0: this is a bug of hnvf");
    d.guest.sim.host().plug(Guest.UNIT);
    d.run(Duration.ofSeconds(10));
    assertThat(d.guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }

  @Test
  void aPairThatIsNotThereIsForgotten() throws Exception {
    GuestDaemon d = GuestDaemon.of(Guest.of(Scenario.azure())).run(Duration.ofSeconds(5));
    boolean unused = d.daemon.tell(new DevdEvent.VfUp(new InterfaceName("hn7")));
    d.run(Duration.ofSeconds(1));
    long before = d.processes();
    d.run(Duration.ofSeconds(30));
    assertThat(d.processes()).isEqualTo(before);
    assertThat(String.join("\n", d.log)).contains("there is no hn7");
  }

  @Test
  void linksThatComeAndGoAreHints() throws Exception {
    GuestDaemon d = GuestDaemon.of(Guest.of(Scenario.azure())).run(Duration.ofSeconds(5));
    d.guest.sim.host().plug(Guest.UNIT);
    d.run(Duration.ofSeconds(10));
    assertThat(d.guest.type("ifconfig", "lagg0", "-laggport", "mlxen0").succeeded()).isTrue();
    boolean unused = d.daemon.tell(DevdLine.parse("!system=IFNET subsystem=lagg0 type=LINK_UP"));
    d.runDeaf(Duration.ofSeconds(5));
    assertThat(d.guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }

  /** A daemon that looks by itself once in a day, and hears what the kernel tells of routes. */
  private static GuestDaemon listening(Guest guest) throws Exception {
    GuestDaemon d =
        new GuestDaemon(guest, GuestDaemon.settings(Strategy.ON_VF_UP, Duration.ofDays(1)));
    RouteMessages messages = new RouteMessages();
    guest.sim.onRouteMessage(line -> messages.read(line).ifPresent(d.daemon::hear));
    return d.run(Duration.ofSeconds(5));
  }

  @Test
  void aDefaultRouteThatSomebodyTakesIsBackWithinTwoSeconds() throws Exception {
    Guest guest = Guest.of(Scenario.azure());
    GuestDaemon d = listening(guest);
    guest.sim.host().plug(Guest.UNIT);
    d.run(Duration.ofMinutes(1));
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    for (int i = 0; i < 3; i++) {
      assertThat(guest.type("route", "delete", "default").succeeded()).isTrue();
      d.runDeaf(Duration.ofSeconds(2));
      assertThat(guest.type("route", "-n", "get", "default").succeeded()).isTrue();
      assertThat(guest.silent(ADDRESS)).isEmpty();
      d.runDeaf(Duration.ofMinutes(1));
    }
  }

  @Test
  void whatWeDoOurselvesLeadsToOneLookMore() throws Exception {
    Guest guest = Guest.of(Scenario.azure());
    GuestDaemon d = listening(guest);
    guest.sim.host().plug(Guest.UNIT);
    d.run(Duration.ofSeconds(30));
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.type("route", "delete", "default").succeeded()).isTrue();
    long before = d.processes();
    d.runDeaf(Duration.ofHours(1));
    long all =
        guest.sim.history().stream()
            .skip(before)
            .filter(entry -> entry.result().command().line().startsWith("netstat"))
            .count();
    // One that finds the route gone, one that verifies, one for what it did itself.
    assertThat(all).isAtMost(3);
    assertThat(all).isAtLeast(2);
  }

  @Test
  void aVerbUnderWayIsNotDisturbedByWhatItDoesItself() throws Exception {
    Guest guest = Guest.of(Scenario.azure());
    GuestDaemon d = listening(guest);
    RouteNews news = new RouteNews(ImmutableSet.of(Guest.HN), false, "delete addr of hn0");
    long begun =
        d.daemon.act(
            "hn0",
            "a verb",
            orchestrator -> {
              long before = d.processes();
              d.daemon.hear(news);
              try {
                d.runDeaf(Duration.ofSeconds(10));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return d.processes() - before;
            });
    assertThat(begun).isEqualTo(0);
    long before = d.processes();
    d.runDeaf(Duration.ofSeconds(1));
    assertThat(d.processes()).isGreaterThan(before);
  }

  @Test
  void whatConcernsNoPairIsNotLookedAt() throws Exception {
    Guest guest = Guest.of(Scenario.azure());
    GuestDaemon d = listening(guest);
    long before = d.processes();
    d.daemon.hear(
        new RouteNews(ImmutableSet.of(new InterfaceName("em0")), false, "delete addr of em0"));
    d.runDeaf(Duration.ofHours(1));
    assertThat(d.processes()).isEqualTo(before);
    d.daemon.hear(new RouteNews(ImmutableSet.of(Guest.HN), false, "delete addr of hn0"));
    d.runDeaf(Duration.ofHours(1));
    assertThat(d.processes()).isGreaterThan(before);
  }

  @Test
  void aReloadHoldsFromNowOnAndABadOneChangesNothing() throws Exception {
    Guest guest = Guest.of(Scenario.azure().vfDelay("30"));
    GuestDaemon d = GuestDaemon.of(guest).run(Duration.ofSeconds(5));
    d.configured = Optional.of(GuestDaemon.settings(Strategy.BEFORE_VF_UP, Duration.ofSeconds(30)));
    d.daemon.reload();
    guest.sim.host().plug(Guest.UNIT);
    d.run(Duration.ofSeconds(15));
    assertThat(guest.addresses("lagg0")).containsExactly("10.0.2.15/24");

    Daemon broken =
        new Daemon(
            guest.sim.timer(),
            Runnable::run,
            (strategy, about) -> guest.orchestrator,
            Settings.DEFAULTS,
            () -> {
              throw UserException.configuration("line 3, column 7: no such key");
            },
            FactLog.lines(d.log::add));
    UserException e = assertThrows(UserException.class, broken::reload);
    assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    broken.runUntil(guest.sim.timer().now().plusSeconds(1));
    assertThat(broken.fatal()).isEmpty();
  }

  @Test
  void onceStoppedItBeginsNothingAndLeavesTheLagg() throws Exception {
    GuestDaemon d = GuestDaemon.of(Guest.of(Scenario.azure())).run(Duration.ofSeconds(5));
    d.guest.sim.host().plug(Guest.UNIT);
    d.run(Duration.ofSeconds(10));
    d.daemon.stop();
    d.daemon.serve();
    assertThat(d.daemon.awaitIdle(Duration.ZERO)).isTrue();
    assertThat(d.daemon.tell(VF_UP)).isFalse();
    SystemException e =
        assertThrows(
            SystemException.class, () -> d.daemon.act("hn0", "release", o -> o.release(Guest.HN)));
    assertThat(e.exitCode()).isEqualTo(ExitCode.BUSY);
    assertThat(d.guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }

  @Test
  void whatWasTakenBeforeTheStopIsStillLookedAt() throws Exception {
    GuestDaemon d = GuestDaemon.of(Guest.of(Scenario.azure())).run(Duration.ofSeconds(5));
    d.guest.sim.host().plug(Guest.UNIT);
    assertThat(d.guest.type("ifconfig", "mlxen0", "up").succeeded()).isTrue();
    assertThat(d.guest.silent(ADDRESS)).isNotEmpty();
    d.tellAll();
    d.daemon.stop();
    d.daemon.serve();
    assertThat(d.daemon.awaitIdle(Duration.ofSeconds(30))).isTrue();
    assertThat(d.guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(d.guest.silent(ADDRESS)).isEmpty();
    assertThat(String.join("\n", d.log)).doesNotContain("the next start checks them");
  }

  @Test
  void aDelayThatEndsAfterTheStopIsLeftToTheNextStart() throws Exception {
    Guest guest = Guest.of(Scenario.azure().vfDelay("30"));
    GuestDaemon d = GuestDaemon.of(guest).run(Duration.ofSeconds(5));
    guest.sim.host().plug(Guest.UNIT);
    d.tellAll();
    d.daemon.stop();
    d.daemon.serve();
    assertThat(d.daemon.awaitIdle(Duration.ofSeconds(30))).isTrue();
    assertThat(guest.isUp("mlxen0")).isFalse();
    assertThat(guest.pair().delayEnds()).isPresent();
  }

  @Test
  void whatCannotBeginInTimeAnyMoreIsNamed() throws Exception {
    GuestDaemon d = GuestDaemon.of(Guest.of(Scenario.azure())).run(Duration.ofSeconds(5));
    assertThat(d.daemon.tell(VF_UP)).isTrue();
    d.daemon.stop();
    long before = d.processes();
    assertThat(d.daemon.awaitIdle(Duration.ZERO)).isTrue();
    assertThat(d.processes()).isEqualTo(before);
    assertThat(d.log)
        .contains(
            "daemon: the daemon stopped before it checked these pairs; the next start checks them: hn0");
  }

  @Test
  void afterALackOfMemoryNothingIsBegunAnyMore() throws Exception {
    GuestDaemon d = GuestDaemon.of(Guest.of(Scenario.azure())).run(Duration.ofSeconds(5));
    assertThat(d.daemon.tell(VF_UP)).isTrue();
    d.daemon.fail(new OutOfMemoryError("Java heap space"));
    long before = d.processes();
    assertThat(d.daemon.awaitIdle(Duration.ofSeconds(30))).isTrue();
    assertThat(d.processes()).isEqualTo(before);
  }

  @Test
  void aSimulatedDayIsOneThreadAndOneCall() throws Exception {
    Guest guest = Guest.of(Scenario.azure());
    GuestDaemon d =
        new GuestDaemon(guest, GuestDaemon.settings(Strategy.ON_VF_UP, Duration.ofMinutes(10)));
    guest.sim.host().plug(Guest.UNIT);
    d.daemon.runUntil(guest.sim.timer().now().plus(Duration.ofDays(1)));
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(Files.exists(guest.path("/var/db/hnvf/hn0.last"))).isTrue();
  }
}
