package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import org.hnvf.event.DevdEvent;
import org.hnvf.freebsd.TimeLimits;
import org.hnvf.model.Command;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.PairState;
import org.hnvf.model.Strategy;
import org.hnvf.sim.CommandPattern;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The preparation of a daemon during a VF's delay, and the possible changes until its end. */
final class PreparationTest {

  private static final InterfaceName VF = new InterfaceName("mlxen0");
  private static final DevdEvent VF_UP = new DevdEvent.VfUp(Guest.HN);
  private static final Duration DELAY = Duration.ofSeconds(30);

  /** A daemon on a guest whose VF was attached ten seconds ago. */
  private static GuestDaemon waiting(Scenario scenario) throws Exception {
    GuestDaemon d = GuestDaemon.of(Guest.of(scenario.vfDelay("30"))).run(Duration.ofSeconds(5));
    d.guest.sim.host().plug(Guest.UNIT);
    d.run(Duration.ofSeconds(10));
    assertThat(d.guest.pairState()).isEqualTo(PairState.VF_ATTACHED);
    return d;
  }

  /** Brings the VF up by hand; returns the commands until the first that changes the guest. */
  private static ImmutableList<String> readsOnVfUp(GuestDaemon d) throws Exception {
    assertThat(d.guest.type("ifconfig", "mlxen0", "up").succeeded()).isTrue();
    d.guest.sim.drainEvents();
    int before = (int) d.processes();
    assertThat(d.daemon.tell(VF_UP)).isTrue();
    d.runDeaf(Duration.ofSeconds(5));
    return d.guest.sim.history().stream()
        .skip(before)
        .map(entry -> entry.result().command())
        .takeWhile(command -> command.effect() == Command.Effect.READS)
        .map(Command::program)
        .collect(ImmutableList.toImmutableList());
  }

  /** While the delay runs, and before anything is moved in it. */
  @ParameterizedTest
  @EnumSource(Strategy.class)
  void theProgramsOfTheCutAreInMemoryBeforeIt(Strategy strategy) throws Exception {
    Guest guest = Guest.of(Scenario.azure().vfDelay("30"), strategy);
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    int before = guest.sim.history().size();

    guest.orchestrator.attach(VF);

    ImmutableList<String> lines =
        guest.sim.history().stream()
            .skip(before)
            .map(entry -> entry.result().command())
            .takeWhile(command -> command.effect() == Command.Effect.READS)
            .map(Command::line)
            .collect(ImmutableList.toImmutableList());
    assertThat(lines).containsAtLeast("ifconfig -l", "route -n get default").inOrder();
  }

  @Test
  void whatTheySayDoesNotMatter() throws Exception {
    Guest guest = Guest.of(Scenario.azure().vfDelay("30"));
    guest.sim.host().plug(Guest.UNIT);
    guest.type("route", "delete", "default");
    guest.sim.faults().failNext(CommandPattern.line("ifconfig -l"), 1, "no\n");

    assertThat(guest.orchestrator.attach(VF).exitStatus()).isEqualTo(0);

    assertThat(guest.sim.faults().pending()).isEqualTo(0);
    assertThat(guest.pairState()).isEqualTo(PairState.VF_ATTACHED);
  }

  @Test
  void oneThatHangsIsNotFollowedByAnotherThatMayAndTheDelayIsNoLonger() throws Exception {
    Guest guest = Guest.of(Scenario.azure().vfDelay("30"));
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.faults().hangNext(CommandPattern.line("ifconfig -l"));

    Report report = guest.orchestrator.attach(VF);

    assertThat(guest.sim.history().stream().map(e -> e.result().command().line()).toList())
        .doesNotContain("route -n get default");
    Duration left = Duration.between(guest.sim.timer().now(), report.lookAgain().orElseThrow());
    assertThat(left).isAtMost(DELAY.minus(TimeLimits.BEFOREHAND));
    assertThat(left).isGreaterThan(DELAY.minus(TimeLimits.BEFOREHAND.multipliedBy(2)));
  }

  @Test
  void twoProcessesComeBeforeTheFirstChange() throws Exception {
    GuestDaemon d = waiting(Scenario.azure());

    assertThat(readsOnVfUp(d)).containsExactly("ifconfig", "netstat").inOrder();
    assertThat(d.guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(d.guest.pair().dhcp()).containsExactly("lagg0");
    assertThat(d.guest.answers("10.0.2.15")).isTrue();
  }

  @Test
  void aStaticGuestToo() throws Exception {
    GuestDaemon d = waiting(Scenario.staticGuest());

    assertThat(readsOnVfUp(d)).containsExactly("ifconfig", "netstat").inOrder();
    assertThat(d.guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }

  @Test
  void aRouteAndAnAddressThatCameMeanwhileAreCarried() throws Exception {
    GuestDaemon d = waiting(Scenario.azure());
    assertThat(d.guest.type("route", "add", "192.0.2.0/24", "10.0.2.9").succeeded()).isTrue();
    assertThat(d.guest.type("ifconfig", "hn0", "inet", "10.0.2.77/24", "alias").succeeded())
        .isTrue();

    assertThat(readsOnVfUp(d)).containsExactly("ifconfig", "netstat");
    assertThat(d.guest.addresses("lagg0")).containsExactly("10.0.2.15/24", "10.0.2.77/24");
    assertThat(d.guest.staticRoutes("lagg0")).contains("192.0.2.0/24 10.0.2.9");
  }

  @Test
  void anRcConfThatChangedMeanwhileIsEvaluatedAnew() throws Exception {
    GuestDaemon d = waiting(Scenario.azure());
    d.guest.append("/etc/rc.conf", "ifconfig_hn0_alias0=\"inet 10.0.2.88/32\"\n");

    assertThat(readsOnVfUp(d)).containsExactly("ifconfig", "netstat", "/bin/sh");
    assertThat(d.guest.addresses("lagg0")).contains("10.0.2.88/32");
  }

  @Test
  void aClientThatWasStartedAnewMeanwhileMakesAllBeRead() throws Exception {
    GuestDaemon d = waiting(Scenario.azure());
    assertThat(d.guest.type("pkill", "-x", "dhclient").succeeded()).isTrue();
    assertThat(d.guest.type("dhclient", "hn0").succeeded()).isTrue();

    assertThat(readsOnVfUp(d)).containsExactly("ifconfig", "sysctl", "ifconfig", "netstat", "ps");
    assertThat(d.guest.pair().dhcp()).containsExactly("lagg0");
  }

  @Test
  void anInterfaceThatCameMeanwhileMakesAllBeRead() throws Exception {
    GuestDaemon d = waiting(Scenario.azure());
    assertThat(d.guest.type("ifconfig", "lagg9", "create").succeeded()).isTrue();

    assertThat(readsOnVfUp(d)).containsAtLeast("sysctl", "ps");
    assertThat(d.guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }

  @Test
  void aVfThatCameBackUnderAnotherNameMeanwhileIsNotTakenForTheOldOne() throws Exception {
    GuestDaemon d = waiting(Scenario.azure());
    d.guest.sim.host().unplug(Guest.UNIT);
    d.guest.sim.host().plug(Guest.UNIT, "mce");
    d.guest.sim.drainEvents();
    assertThat(d.guest.type("ifconfig", "mce0", "up").succeeded()).isTrue();

    assertThat(d.daemon.tell(VF_UP)).isTrue();
    d.run(Duration.ofSeconds(5));
    assertThat(d.guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(d.guest.pair().activePort().map(Object::toString)).hasValue("mce0");
  }

  @Test
  void aLookThatNobodyWaitsForReadsAll() throws Exception {
    GuestDaemon d = waiting(Scenario.azure());
    int before = (int) d.processes();
    assertThat(d.daemon.tell(new DevdEvent.LinkUp(Guest.HN))).isTrue();
    d.runDeaf(Duration.ofSeconds(2));
    assertThat(d.processes() - before).isEqualTo(4);
  }

  @Test
  void theDelayThatIsOverIsPreparedToo() throws Exception {
    GuestDaemon d = waiting(Scenario.azure());
    int before = (int) d.processes();
    d.runDeaf(DELAY);
    assertThat(d.guest.pairState()).isEqualTo(PairState.LAGG_VF);
    ImmutableList<String> programs =
        d.guest.sim.history().stream()
            .skip(before)
            .map(entry -> entry.result().command().program())
            .limit(2)
            .collect(ImmutableList.toImmutableList());
    assertThat(programs).containsExactly("ifconfig", "netstat").inOrder();
  }
}
