package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.hnvf.model.HnUnit;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.UserException;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.Test;

/** The host takes hn1 away while its lagg stands. */
final class LeftLaggsTest {

  private static final HnUnit UNIT = new HnUnit(1);
  private static final InterfaceName HN1 = UNIT.driverName();

  private static Guest without() throws Exception {
    Guest guest = Guest.of(Scenario.azure().nics(2).dhcpOnAllNics());
    guest.sim.host().plug(UNIT);
    guest.events();
    assertThat(guest.orchestrator.vfUp(HN1).exitStatus()).isEqualTo(0);
    guest.sim.host().unplug(UNIT);
    guest.sim.takeOver().hasNoInterface("hn1");
    return guest;
  }

  @Test
  void itIsShownAndReleaseTakesItAway() throws Exception {
    Guest guest = without();
    assertThat(guest.orchestrator.leftLaggs(guest.state()))
        .containsExactly(
            "lagg1 was created for hn1, which no longer exists; `hnvf release hn1` removes it");

    Report report = guest.orchestrator.release(HN1);

    assertThat(report.exitStatus()).isEqualTo(0);
    assertThat(report.message()).contains("lagg1");
    assertThat(guest.state().find(new InterfaceName("lagg1"))).isEmpty();
    assertThat(guest.orchestrator.leftLaggs(guest.state())).isEmpty();
    assertThat(guest.answers("10.0.2.15")).isTrue();
  }

  @Test
  void anHnThatNeverWasIsStillRefused() {
    Guest guest = Guest.of(Scenario.azure());
    UserException e =
        assertThrows(
            UserException.class, () -> guest.orchestrator.release(new InterfaceName("hn7")));
    assertThat(e).hasMessageThat().contains("hn7");
  }

  @Test
  void aLaggThatStillHasAPortIsNotTakenAway() throws Exception {
    Guest guest = without();
    guest.type("ifconfig", "epair0", "create");
    guest.type("ifconfig", "lagg1", "laggport", "epair0a");
    assertThat(guest.orchestrator.leftLaggs(guest.state())).isEmpty();
    assertThrows(UserException.class, () -> guest.orchestrator.release(HN1));
    assertThat(guest.state().find(new InterfaceName("lagg1"))).isPresent();
  }
}
