package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.time.Duration;
import org.hnvf.model.BackOff;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnvfException;
import org.hnvf.model.PairState;
import org.hnvf.model.Strategy;
import org.hnvf.sim.CommandPattern;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The host takes a VF away in the middle of a bring-up: that is no failure of anything. */
final class VfTakenMeanwhileTest {

  private static final ImmutableList<String> DHCP = ImmutableList.of("10.0.2.15/24");
  private static final String UP = "ifconfig mlxen0 up";
  private static final String TAKEN = "the host took the VF away; nothing failed";

  private static Guest rested(Strategy strategy) throws InterruptedException {
    return Guest.of(Scenario.azure(), strategy).rest(Duration.ofSeconds(20));
  }

  /** A bring-up in which the host takes the VF away before the command of this number. */
  private static Guest taken(Guest guest, int command) throws HnvfException {
    int at = guest.sim.commandsSoFar() + command;
    guest.sim.beforeCommand(
        (any, number) -> {
          if (number == at) {
            guest.sim.host().unplug(Guest.UNIT);
          }
        });
    return guest.plug();
  }

  private static Guest takenBefore(Guest guest, String line) throws HnvfException {
    boolean[] taken = {false};
    guest.sim.beforeCommand(
        (command, number) -> {
          if (command.line().startsWith(line) && !taken[0]) {
            taken[0] = true;
            guest.sim.host().unplug(Guest.UNIT);
          }
        });
    guest.plug();
    assertThat(taken[0]).isTrue();
    return guest;
  }

  private static Report ofTaken(Guest guest) {
    return guest.reports.stream().filter(r -> r.message().equals(TAKEN)).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void holdsNothingDownAtWhateverMomentItComes(Strategy strategy)
      throws HnvfException, InterruptedException {
    Guest whole = rested(strategy);
    int before = whole.sim.commandsSoFar();
    whole.plug();
    int commands = whole.sim.commandsSoFar() - before;
    assertThat(whole.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(commands).isAtLeast(10);
    for (int command = 1; command <= commands; command++) {
      String what = "taken before command " + command;
      Guest guest = taken(rested(strategy), command);
      assertWithMessage(what).that(guest.pair().backOff()).isEmpty();
      assertWithMessage(what).that(guest.silent(DHCP)).isEmpty();
      for (Report report : guest.reports) {
        assertWithMessage(what + ": " + report.failures())
            .that(report.exitStatus())
            .isEqualTo(ExitCode.OK.status());
      }
      guest.plug("mce").rest(Duration.ofSeconds(20));
      assertWithMessage(what).that(guest.pairState()).isEqualTo(PairState.LAGG_VF);
      assertWithMessage(what).that(guest.silent(DHCP)).isEmpty();
    }
  }

  @Test
  void isUndoneAndToldAsNoFailure() throws HnvfException, InterruptedException, IOException {
    Guest guest = takenBefore(rested(Strategy.ON_VF_UP), "route -q add default");
    Report report = ofTaken(guest);
    assertThat(report.exitStatus()).isEqualTo(ExitCode.OK.status());
    assertThat(report.failures()).isEmpty();
    assertThat(guest.pairState()).isEqualTo(PairState.SYNTHETIC);
    assertThat(guest.addresses("hn0")).containsExactlyElementsIn(DHCP);
    assertThat(guest.pair().dhcp()).containsExactly("hn0");
    assertThat(guest.pair().delayEnds()).isEmpty();
  }

  @Test
  void nextVfIsUsedAfterItsDelay() throws HnvfException, InterruptedException {
    Guest guest =
        takenBefore(Guest.of(Scenario.azure().vfDelay("30")).rest(Duration.ofSeconds(20)), UP);
    int before = guest.sim.history().size();
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    Report waiting = guest.orchestrator.all(Trigger.OTHER);
    assertThat(waiting.lookAgain()).hasValue(guest.pair().delayEnds().orElseThrow());
    assertThat(guest.changesSince(before)).doesNotContain(UP);
    guest.orchestrator.patiently(waiting, Trigger.OTHER);
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }

  /** Neither one attempt more, nor the end of what was held before. */
  @Test
  void attemptsThatWereCountedBeforeStay() throws HnvfException, InterruptedException {
    Guest guest = rested(Strategy.ON_VF_UP);
    guest.sim.faults().failNext(CommandPattern.line("route -q add default 10.0.2.2"), 1, "x\n");
    guest.plug();
    BackOff held = guest.pair().held().orElseThrow();
    guest.rest(Duration.ofMinutes(2));
    guest.sim.beforeCommand(
        (command, number) -> {
          if (command.line().equals(UP)) {
            guest.sim.host().unplug(Guest.UNIT);
          }
        });
    Report report = guest.orchestrator.all(Trigger.OTHER);
    assertThat(report.message()).isEqualTo(TAKEN);
    assertThat(guest.pair().backOff()).hasValue(held);
  }

  /** A step that fails while the VF stays is a failure as before. */
  @Test
  void failureWithTheVfThereIsHeld() throws HnvfException, InterruptedException {
    Guest guest = rested(Strategy.ON_VF_UP);
    guest.sim.faults().failNext(CommandPattern.line(UP), 1, "ifconfig: Device busy\n");
    guest.plug();
    assertThat(guest.pair().held()).isPresent();
  }

  @Test
  void oneThatAlwaysGoesSoSoonIsHeldDown() throws HnvfException, InterruptedException {
    Guest guest = rested(Strategy.ON_VF_UP);
    guest.sim.beforeCommand(
        (command, number) -> {
          if (command.line().startsWith("route -q add default")) {
            guest.sim.host().unplug(Guest.UNIT);
          }
        });
    for (int i = 0; i < 4; i++) {
      guest.plug().rest(Duration.ofSeconds(10));
      assertThat(guest.pairState()).isEqualTo(PairState.SYNTHETIC);
      assertThat(guest.pair().backOff()).isEmpty();
    }
    guest.plug();
    assertThat(guest.pair().held().orElseThrow().cause()).isEqualTo("came up 4 times in 6 hours");
    assertThat(guest.isUp("mlxen0")).isFalse();
  }
}
