package org.hnvf.lab.soak;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.guest.GuestReader;
import org.hnvf.model.BackOff;
import org.hnvf.model.GuestState;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.OperatorWord;
import org.hnvf.model.Strategy;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.service.Machine;
import org.hnvf.service.Orchestrator;
import org.hnvf.service.Wiring;
import org.hnvf.sim.RcConfShell;
import org.hnvf.sim.Reachability;
import org.hnvf.sim.SimulatedGuest;
import org.hnvf.workflow.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each violation is found where it is planted, and none where there is none. */
final class InvariantsTest {

  private static final HnUnit UNIT = new HnUnit(0);

  private SimulatedGuest guest = boot();
  private Baseline baseline = Baseline.of(state());

  private static SimulatedGuest boot() {
    return boot(1);
  }

  private static SimulatedGuest boot(int nics) {
    GuestDraw draw =
        new GuestDraw(
            GuestDraw.Address.DHCP,
            GuestDraw.Ipv6.STATIC,
            false,
            true,
            1,
            nics,
            GuestDraw.Kernel.NETLINK,
            GuestDraw.Foreign.EMPTY,
            GuestDraw.Script.NONE,
            2,
            true,
            Strategy.ON_VF_UP);
    return GuestFactory.boot(draw, 1, new RcConfShell(new ProcessRunner()));
  }

  private GuestState state() {
    try {
      return new GuestReader(guest, new NioDurableFiles(guest.root())).snapshot();
    } catch (HnvfException e) {
      throw new AssertionError(e);
    }
  }

  private ImmutableList<String> violated(OperatorWord word) {
    return violated(new Stored(word, Optional.empty()));
  }

  private ImmutableList<String> violated(Stored stored) {
    return Invariants.violated(
        baseline,
        state(),
        guest.reachability(),
        ImmutableList.of(stored),
        Optional.empty(),
        ImmutableSet.of());
  }

  private ImmutableList<String> violated() {
    return violated(new OperatorWord.Auto());
  }

  private void type(String line) {
    assertThat(GuestFactory.type(guest, line)).isTrue();
  }

  /** Creates lagg1, because lagg0 belongs to another owner. */
  @BeforeEach
  void useLagg() throws HnvfException, InterruptedException {
    guest = boot();
    baseline = Baseline.of(state());
    Orchestrator hnvf =
        Wiring.orchestrator(
            new Machine(guest, new NioDurableFiles(guest.root()), guest.timer(), guest.root()),
            OwnerPolicy.ANYBODY,
            Progress.NONE);
    guest.host().plug(UNIT);
    hnvf.failback(UNIT.driverName());
    guest.timer().sleep(Duration.ofSeconds(20));
  }

  @Test
  void aGuestOnItsLaggViolatesNothing() {
    assertThat(violated()).isEmpty();
  }

  @Test
  void anAddressThatIsLost() {
    type("ifconfig lagg1 inet 10.0.2.62 -alias");
    assertThat(violated())
        .containsAtLeast("10.0.2.62/24 is not on lagg1", "10.0.2.62 does not answer");
  }

  @Test
  void anAddressThatWasNotThere() {
    type("ifconfig lagg1 inet 10.0.2.99/32 alias");
    assertThat(violated()).containsExactly("10.0.2.99/32 is on lagg1, and was not there");
  }

  @Test
  void anAddressOnAPortOrAVf() {
    type("ifconfig hn0 inet 10.0.9.1/24");
    type("ifconfig mlxen0 inet 10.0.8.1/24");
    assertThat(violated()).containsExactly("10.0.8.1/24 is on mlxen0", "10.0.9.1/24 is on hn0");
  }

  @Test
  void aDefaultRouteThatAScriptLostIsFreeForTheOtherNetwork() {
    guest = boot(2);
    baseline = Baseline.of(state());
    type("route -q delete default");
    type("route -q add default 10.0.3.2");
    Stored auto = new Stored(new OperatorWord.Auto(), Optional.empty());
    ImmutableList<Stored> stored = ImmutableList.of(auto, auto);
    assertThat(
            Invariants.violated(
                baseline, state(), guest.reachability(), stored, Optional.of(0), ImmutableSet.of()))
        .isEmpty();
    assertThat(
            Invariants.violated(
                baseline,
                state(),
                guest.reachability(),
                stored,
                Optional.empty(),
                ImmutableSet.of()))
        .contains("route default via 10.0.3.2 through hn1 is new");
  }

  @Test
  void aRouteThatIsLostOrNew() {
    type("route -q delete -net 192.0.2.0/24");
    type("route -q add -net 203.0.113.0/24 10.0.2.9");
    assertThat(violated())
        .containsExactly(
            "no route 192.0.2.0/24 via 10.0.2.9 through lagg1",
            "route 203.0.113.0/24 via 10.0.2.9 through lagg1 is new");
  }

  @Test
  void aDefaultRouteThatIsLost() {
    type("route delete default");
    assertThat(violated())
        .containsAtLeast(
            "no route default via 10.0.2.2 through lagg1", "10.0.2.15 does not answer");
  }

  @Test
  void aDhclientThatIsGone() {
    type("pkill -TERM -F /var/run/dhclient/dhclient.lagg1.pid");
    assertThat(violated()).containsExactly("0 dhclients on lagg1");
  }

  @Test
  void aDhclientOnAPort() {
    guest.host().unplug(new HnUnit(0));
    type("dhclient -b hn0");
    assertThat(violated()).contains("a dhclient runs on hn0");
  }

  @Test
  void aVfThatIsUpOutsideALagg() {
    type("ifconfig lagg1 -laggport mlxen0");
    assertThat(violated()).contains("mlxen0 is up outside a lagg");
  }

  @Test
  void aVfThatDoesNotCarryTheTraffic() {
    type("ifconfig mlxen0 down");
    assertThat(violated()).containsExactly("hn0 is AUTO, and mlxen0 does not carry its traffic");
  }

  @Test
  void aVfThatIsUsedAgainstTheOperatorsWord() {
    assertThat(violated(new OperatorWord.Pinned(Optional.empty())))
        .containsExactly("hn0 is PINNED, and its VF is used");
    assertThat(violated(new OperatorWord.Released()))
        .containsExactly(
            "hn0 is RELEASED, and its VF is used", "hn0 is RELEASED, and still in lagg1");
  }

  @Test
  void aHoldDownThatHasNoReason() {
    BackOff held = new BackOff("x", 1, guest.timer().now());
    assertThat(violated(new Stored(new OperatorWord.Auto(), Optional.of(held))))
        .containsExactly("hn0 is HELD though nothing is wrong any more");
  }

  @Test
  void aDescriptionAndAResolverThatAreLost() {
    type("ifconfig lagg1 -description");
    type("resolvconf -d lagg1");
    assertThat(violated())
        .containsExactly("no name server of lagg1", "lagg1 has the description none");
  }

  @Test
  void aForeignLaggThatWasTouchedAndOneThatWasLeftBehind() {
    type("ifconfig lagg0 description mine");
    type("ifconfig lagg7 create laggproto failover");
    assertThat(violated())
        .containsExactly(
            "lagg0 belongs to another owner, and was changed",
            "lagg7 has no hn and was left behind");
  }

  @Test
  void aStoredWordThatIsNotTheOperators() {
    OperatorWords words = new OperatorWords(1);
    Instant now = guest.timer().now();
    words.said(
        new ScenarioEvent.ByOperator(
            Duration.ZERO, ScenarioEvent.Verb.FAILOVER, 0, Optional.of(Duration.ofMinutes(1))),
        now);
    assertThat(words.violated(0, new OperatorWord.Auto(), now)).hasSize(1);
    assertThat(words.violated(0, new OperatorWord.Pinned(Optional.of(now.plusSeconds(60))), now))
        .isEmpty();
    assertThat(words.violated(0, new OperatorWord.Auto(), now.plusSeconds(61))).isEmpty();
    words.unknown(0);
    assertThat(words.violated(0, new OperatorWord.Released(), now)).isEmpty();
  }

  @Test
  void anOutageLongerThanItsCausesAllow() {
    Instant now = guest.timer().now();
    Bounds bounds = new Bounds();
    bounds.cause("work", now, now.plusSeconds(1), Duration.ofSeconds(2));
    Reachability.Outage allowed = new Reachability.Outage(now, now.plusSeconds(2));
    Reachability.Outage tooLong = new Reachability.Outage(now, now.plusSeconds(3));
    Reachability.Outage later = new Reachability.Outage(now.plusSeconds(5), now.plusSeconds(6));
    assertThat(bounds.breaches(ImmutableList.of(allowed))).isEmpty();
    assertThat(bounds.breaches(ImmutableList.of(tooLong, later))).hasSize(2);
    assertThat(bounds.breaches(ImmutableList.of(tooLong)).get(0).causes()).containsExactly("work");
  }
}
