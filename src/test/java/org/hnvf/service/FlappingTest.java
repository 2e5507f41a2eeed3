package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import org.hnvf.model.BackOff;
import org.hnvf.model.HnvfException;
import org.hnvf.model.PairState;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.Test;

/** A VF that comes and goes, and comes and goes. */
final class FlappingTest {

  private static Guest flapped(int times) throws HnvfException, InterruptedException {
    Guest guest = Guest.of(Scenario.azure()).rest(Duration.ofSeconds(20));
    for (int i = 0; i < times; i++) {
      guest.plug().rest(Duration.ofSeconds(10)).unplug().rest(Duration.ofSeconds(10));
    }
    return guest;
  }

  @Test
  void isUsedAtOnceTheFirstTimes() throws HnvfException, InterruptedException {
    Guest guest = flapped(3).plug();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }

  @Test
  void isHeldDownThenAndStatusSaysWhy() throws HnvfException, InterruptedException {
    Guest guest = flapped(4).plug();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_SYNTHETIC);
    assertThat(guest.isUp("mlxen0")).isFalse();
    BackOff held = guest.pair().held().orElseThrow();
    assertThat(held.cause()).isEqualTo("came up 4 times in 6 hours");
    assertThat(guest.silent(ImmutableList.of("10.0.2.15/24"))).isEmpty();
  }

  @Test
  void isUsedAgainWhenThePauseIsOverAndThePauseGrows() throws HnvfException, InterruptedException {
    Guest guest = flapped(4).plug().rest(Duration.ofMinutes(2));
    guest.orchestrator.patiently(guest.orchestrator.all(Trigger.OTHER), Trigger.OTHER);
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);

    guest.unplug().plug().rest(Duration.ofSeconds(90));
    guest.orchestrator.patiently(guest.orchestrator.all(Trigger.OTHER), Trigger.OTHER);
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_SYNTHETIC);
  }

  @Test
  void operatorNeedNotWait() throws HnvfException, InterruptedException {
    Guest guest = flapped(4).plug();
    guest.orchestrator.failback(Guest.HN);
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }

  /** Every minute for a day, and yet brought up a bounded number of times. */
  @Test
  void isBroughtUpABoundedNumberOfTimesADay() throws HnvfException, InterruptedException {
    Guest guest = Guest.of(Scenario.azure()).rest(Duration.ofSeconds(20));
    int before = guest.sim.history().size();
    for (int i = 0; i < 24 * 20; i++) {
      guest.sim.host().plug(Guest.UNIT);
      guest.events();
      guest.rest(Duration.ofSeconds(90));
      guest.orchestrator.patiently(guest.orchestrator.all(Trigger.OTHER), Trigger.OTHER);
      guest.unplug().rest(Duration.ofSeconds(90));
    }
    long ups = guest.changesSince(before).stream().filter("ifconfig mlxen0 up"::equals).count();
    assertThat(ups).isAtLeast(10);
    assertThat(ups).isAtMost(60);
  }

  @Test
  void repairIsNoBringingUp() throws HnvfException, InterruptedException {
    Guest guest = flapped(0).plug();
    for (int i = 0; i < 4; i++) {
      guest.type("ifconfig", "hn0", "inet", "10.0.2.9" + i + "/32", "alias");
      assertThat(guest.pairState()).isEqualTo(PairState.INCONSISTENT);
      guest.sim.drainEvents();
      guest.orchestrator.all(Trigger.OTHER);
      assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    }
    guest.unplug().plug();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }
}
