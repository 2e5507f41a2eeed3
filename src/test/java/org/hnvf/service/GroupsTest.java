package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.hnvf.model.Dependent;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Intent;
import org.hnvf.model.PairState;
import org.hnvf.model.Strategy;
import org.hnvf.sim.CommandPattern;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The groups and the description of hn0 move to lagg0 and back, and a rule of a firewall for a
 * group always sees whichever of them has the traffic (transcripts 67 and 73).
 */
final class GroupsTest {

  private static Guest guest(Strategy strategy) {
    Guest guest = Guest.of(Scenario.staticGuest(), strategy);
    guest.type("ifconfig", "hn0", "group", "outside", "group", "egress");
    guest.type("ifconfig", "hn0", "description", "the way out");
    return guest;
  }

  private static void haveMoved(Guest guest) throws HnvfException {
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.find("lagg0").groups()).containsExactly("lagg", "outside", "egress");
    assertThat(guest.find("lagg0").description()).hasValue("the way out");
    assertThat(guest.find("hn0").groups()).isEmpty();
  }

  private static void areBack(Guest guest) throws HnvfException {
    assertThat(guest.find("hn0").groups()).containsExactly("outside", "egress");
    assertThat(guest.find("hn0").description()).hasValue("the way out");
  }

  private static int at(List<String> lines, String part) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(part)) {
        return i;
      }
    }
    throw new AssertionError("no command with " + part + " in " + lines);
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void moveBeforeTheLaggHasAPortAndComeBackBeforeHnLeavesIt(Strategy strategy)
      throws HnvfException {
    Guest guest = guest(strategy);
    int before = guest.sim.history().size();
    guest.plug();
    haveMoved(guest);
    ImmutableList<String> there = guest.changesSince(before);
    assertThat(at(there, "lagg0 create laggproto failover group outside group egress"))
        .isLessThan(at(there, "lagg0 inet6 laggport hn0"));
    assertThat(at(there, "lagg0 inet6 laggport hn0"))
        .isLessThan(at(there, "ifconfig hn0 -group outside"));

    before = guest.sim.history().size();
    assertThat(guest.orchestrator.release(Guest.HN).exitStatus()).isEqualTo(0);
    areBack(guest);
    ImmutableList<String> back = guest.changesSince(before);
    assertThat(at(back, "ifconfig hn0 group egress")).isLessThan(at(back, "-laggport hn0"));
  }

  @Test
  void moveInTheOneCommandWhereTheVfIsUp() throws HnvfException {
    Guest guest = guest(Strategy.ON_VF_UP);
    guest.sim.host().plug(Guest.UNIT);
    guest.type("ifconfig", "mlxen0", "up");
    guest.sim.drainEvents();
    int before = guest.sim.history().size();
    assertThat(guest.orchestrator.vfUp(Guest.HN).exitStatus()).isEqualTo(0);
    haveMoved(guest);
    assertThat(guest.changesSince(before))
        .contains(
            "ifconfig lagg0 create laggproto failover group outside group egress laggport hn0"
                + " laggport mlxen0 10.0.2.50/24 up");
  }

  @Test
  void areBackAfterAnUndo() throws HnvfException {
    for (String command :
        ImmutableList.of(
            "ifconfig lagg0 create .*",
            "ifconfig lagg0 .*laggport hn0.*",
            "ifconfig hn0 -group outside",
            "ifconfig hn0 -group egress",
            "ifconfig lagg0 description .*")) {
      Guest guest = guest(Strategy.ON_VF_UP);
      guest.sim.host().plug(Guest.UNIT);
      guest.sim.faults().doneButFails(CommandPattern.line(command), 1, "ifconfig: no\n");
      assertWithMessage(command).that(guest.orchestrator.vfUp(Guest.HN).exitStatus()).isEqualTo(71);
      assertThat(guest.isUp("mlxen0")).isFalse();
      areBack(guest);
    }
  }

  @Test
  void areInOnePlaceWhereverHnvfIsKilled() throws HnvfException {
    Guest rehearsal = guest(Strategy.ON_VF_UP);
    int begun = rehearsal.sim.commandsSoFar();
    rehearsal.plug();
    int commands = rehearsal.sim.commandsSoFar() - begun;
    for (int i = 0; i < commands; i++) {
      Guest guest = guest(Strategy.ON_VF_UP);
      guest.killBefore(guest.sim.commandsSoFar() + i);
      try {
        guest.plug();
      } catch (Guest.Killed e) {
        guest = guest.restarted();
      }
      Report unused = guest.orchestrator.start();
      unused = guest.orchestrator.failback(Guest.HN);
      haveMoved(guest);
      unused = guest.orchestrator.release(Guest.HN);
      areBack(guest);
    }
    assertThat(commands).isGreaterThan(10);
  }

  @Test
  void aDescriptionThatWasChangedOnTheLaggComesBack() throws HnvfException {
    Guest guest = guest(Strategy.ON_VF_UP).plug();
    guest.type("ifconfig", "lagg0", "description", "set later");
    assertThat(guest.orchestrator.release(Guest.HN).exitStatus()).isEqualTo(0);
    assertThat(guest.find("hn0").description()).hasValue("set later");
  }

  @Test
  void aPlanSaysThatTheyMove() throws HnvfException {
    Guest guest = guest(Strategy.ON_VF_UP);
    guest.sim.host().plug(Guest.UNIT);
    assertThat(
            guest.orchestrator.planned(Guest.HN, Intent.USE_LAGG).dependents().dependents().stream()
                .filter(one -> one.verdict() == Dependent.Verdict.MOVE)
                .map(Dependent::who))
        .containsExactly("group outside", "group egress");
  }
}
