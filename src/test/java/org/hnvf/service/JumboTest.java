package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import org.hnvf.model.BackOff.Kind;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnvfException;
import org.hnvf.model.PairState;
import org.hnvf.model.Strategy;
import org.hnvf.sim.CommandPattern;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** hn0 with an MTU of 9000 keeps it, and its VF gets it while it is down, or is left out. */
final class JumboTest {

  private static final ImmutableList<String> ADDRESSES = ImmutableList.of("10.0.2.50/24");

  private static Guest jumbo(Scenario scenario, Strategy strategy) {
    Guest guest = Guest.of(scenario, strategy);
    guest.type("ifconfig", "hn0", "mtu", "9000");
    return guest;
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void theVfGetsItBeforeAnythingIsMoved(Strategy strategy) throws HnvfException {
    // A kernel that refuses a port of another MTU.
    Guest guest = jumbo(Scenario.staticGuest().laggRefusesOtherMtu(), strategy);
    int before = guest.sim.history().size();
    guest.plug();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.changesSince(before).get(0)).isEqualTo("ifconfig mlxen0 mtu 9000");
    for (String name : ImmutableList.of("hn0", "mlxen0", "lagg0")) {
      assertThat(guest.find(name).mtu()).isEqualTo(9000);
    }
    assertThat(guest.orchestrator.release(Guest.HN).exitStatus()).isEqualTo(0);
    assertThat(guest.find("hn0").mtu()).isEqualTo(9000);
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void aVfThatCannotHaveItStaysDownAndNoLaggIsMade(Strategy strategy) throws HnvfException {
    Guest guest = jumbo(Scenario.staticGuest().vfMaxMtu(1500), strategy);
    int before = guest.sim.history().size();
    guest.plug();
    assertThat(guest.lastReport().exitStatus()).isEqualTo(ExitCode.CONFIGURATION.status());
    String why = guest.lastReport().failures().get(0);
    assertThat(why).contains("mlxen0 cannot have the MTU 9000 of hn0 and is left out");
    assertThat(why).contains("give hn0 one that both can have (`ifconfig hn0 mtu 1500`");
    assertThat(why).contains("Invalid argument");
    assertThat(guest.pair().held().orElseThrow().kind()).isEqualTo(Kind.REFUSED);
    assertThat(guest.changesSince(before).stream().filter(line -> line.contains("lagg"))).isEmpty();
    assertThat(guest.isUp("mlxen0")).isFalse();
    assertThat(guest.find("hn0").mtu()).isEqualTo(9000);
    assertThat(guest.silent(ADDRESSES)).isEmpty();
  }

  @Test
  void whatIsRefusedIsTriedWithAnotherMtuAndWithFailback() throws HnvfException {
    Guest guest = jumbo(Scenario.staticGuest().vfMaxMtu(1500), Strategy.ON_VF_UP).plug();
    int before = guest.sim.history().size();
    guest.orchestrator.all(Trigger.OTHER);
    assertThat(guest.changesSince(before)).isEmpty();
    Report again = guest.orchestrator.failback(Guest.HN);
    assertThat(again.exitStatus()).isEqualTo(ExitCode.CONFIGURATION.status());
    assertThat(guest.isUp("mlxen0")).isFalse();
    guest.type("ifconfig", "hn0", "mtu", "1500");
    guest.orchestrator.all(Trigger.OTHER);
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.pair().backOff()).isEmpty();
  }

  /**
   * lagg(4) shows it where the VF is up already; then it is down, and asked for before anything.
   */
  @Test
  void oneThatIsUpAlreadyCutsTheGuestOffOnce() throws HnvfException, InterruptedException {
    Guest guest = jumbo(Scenario.staticGuest().vfMaxMtu(1500), Strategy.ON_VF_UP);
    guest.sim.host().plug(Guest.UNIT);
    guest.type("ifconfig", "mlxen0", "up");
    guest.events();
    assertThat(guest.isUp("mlxen0")).isFalse();
    int before = guest.sim.history().size();
    for (int i = 0; i < 8; i++) {
      guest.rest(Duration.ofHours(2));
      guest.orchestrator.patiently(guest.orchestrator.all(Trigger.OTHER), Trigger.OTHER);
    }
    assertThat(guest.pair().held().orElseThrow().kind()).isEqualTo(Kind.REFUSED);
    assertThat(guest.changesSince(before)).doesNotContain("ifconfig mlxen0 up");
    assertThat(guest.find("hn0").mtu()).isEqualTo(9000);
    assertThat(guest.silent(ADDRESSES)).isEmpty();
  }

  @Test
  void anotherFailureOfTheSameCommandIsAFailure() throws HnvfException {
    Guest guest = jumbo(Scenario.staticGuest(), Strategy.ON_VF_UP);
    guest
        .sim
        .faults()
        .failNext(
            CommandPattern.line("ifconfig mlxen0 mtu 9000"), 1, "ifconfig: ioctl: Device busy\n");
    guest.plug();
    assertThat(guest.lastReport().exitStatus()).isEqualTo(ExitCode.SYSTEM.status());
    assertThat(guest.pair().held().orElseThrow().kind()).isEqualTo(Kind.PASSING);
  }

  @Test
  void aVfThatReturnsToAStandingLaggGetsItBeforeItJoins() throws HnvfException {
    Guest guest = jumbo(Scenario.staticGuest().laggRefusesOtherMtu(), Strategy.ON_VF_UP).plug();
    guest.unplug();
    guest.plug("mce");
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.find("mce0").mtu()).isEqualTo(9000);
  }

  @Test
  void oneThatReturnsAndCannotHaveItIsLeftOut() throws HnvfException {
    Guest guest = jumbo(Scenario.staticGuest().vfMaxMtu(1500), Strategy.ON_VF_UP);
    guest.type("ifconfig", "hn0", "mtu", "1500");
    guest.plug();
    guest.unplug();
    guest.type("ifconfig", "lagg0", "mtu", "9000");
    guest.plug();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_SYNTHETIC);
    assertThat(guest.isUp("mlxen0")).isFalse();
    assertThat(guest.find("lagg0").mtu()).isEqualTo(9000);
    assertThat(guest.silent(ADDRESSES)).isEmpty();
    assertThat(guest.lastReport().exitStatus()).isEqualTo(ExitCode.CONFIGURATION.status());
    assertThat(guest.pair().held().orElseThrow().kind()).isEqualTo(Kind.REFUSED);
  }

  @Test
  void withTheSameMtuNothingIsSet() throws HnvfException {
    Guest guest = Guest.of(Scenario.staticGuest());
    int before = guest.sim.history().size();
    guest.plug();
    assertThat(guest.changesSince(before).stream().filter(line -> line.contains(" mtu ")))
        .isEmpty();
  }
}
