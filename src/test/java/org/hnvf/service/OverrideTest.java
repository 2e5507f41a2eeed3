package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hnvf.model.Command;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HistoryEvent;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Intent;
import org.hnvf.model.PairState;
import org.hnvf.model.PastScript;
import org.hnvf.model.UserException;
import org.hnvf.report.HistoryView;
import org.hnvf.sim.CommandPattern;
import org.hnvf.sim.GuestProgram;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.Test;

/** An administrator's own script in the place of the workflow. */
final class OverrideTest {

  private static final String PATH = "/usr/libexec/hyperv/hyperv_vfup.hn0";
  private static final ImmutableList<String> ADDRESS = ImmutableList.of("10.0.2.15/24");

  private final List<Command> runs = new ArrayList<>();

  /** A guest with a script that does this and exits so. */
  private Guest guest(int status, String... commands) throws IOException {
    Guest guest = Guest.of(Scenario.azure());
    BadInputTest.script(guest, "rwxr-xr-x");
    guest.sim.program(
        PATH,
        command -> {
          runs.add(command);
          for (String line : commands) {
            guest.type(line.split(" ", -1));
          }
          return new GuestProgram.Answer(status, "", status == 0 ? "" : "script: no\n");
        });
    return guest;
  }

  @Test
  void itRunsInThePlaceOfTheWorkflowAfterTheVfIsUp() throws HnvfException, IOException {
    Guest guest =
        guest(
            0,
            "ifconfig lagg0 create laggproto failover laggport hn0 laggport mlxen0 10.0.2.15/24 up",
            "ifconfig hn0 inet 10.0.2.15 -alias",
            "route -q add default 10.0.2.2");
    guest.plug();
    assertThat(runs).hasSize(1);
    Command run = runs.get(0);
    assertThat(run.program()).isEqualTo(PATH);
    assertThat(run.arguments()).isEmpty();
    assertThat(run.environment())
        .containsExactly(
            "HNVF_HN", "hn0", "HNVF_VF", "mlxen0", "HNVF_LAGG", "lagg0", "HNVF_EVENT", "VF_UP");
    assertThat(guest.changesSince(0).stream().filter(c -> c.contains("laggport")).toList())
        .hasSize(1);
    assertThat(guest.silent(ADDRESS)).isEmpty();
  }

  @Test
  void aScriptThatFailsWithTheGuestCutOffEndsOverHnWithItsStatus()
      throws HnvfException, IOException {
    Guest guest = guest(3);
    guest.plug();
    assertThat(runs).hasSize(1);
    Report report = guest.reports.get(1);
    assertThat(report.exitStatus()).isEqualTo(3);
    assertThat(report.message()).contains("reachable over hn0");
    assertThat(guest.isUp("mlxen0")).isFalse();
    assertThat(guest.silent(ADDRESS)).isEmpty();
    assertThat(guest.pair().held()).isPresent();
  }

  @Test
  void nothingElseOfItsWorkIsTouched() throws HnvfException, IOException {
    Guest guest =
        guest(1, "ifconfig lagg7 create laggproto failover laggport hn0 laggport mlxen0 up");
    guest.plug();
    int before = guest.sim.history().size();
    guest.orchestrator.all(Trigger.OTHER);
    assertThat(guest.find("lagg7").ports()).hasSize(2);
    assertThat(guest.addresses("hn0")).containsExactly("10.0.2.15/24");
    assertThat(guest.changesSince(before).stream().filter(c -> !c.contains(" down")).toList())
        .isEmpty();
  }

  @Test
  void aVfThatAFailedScriptLeftOutsideItsLaggIsTakenDown() throws HnvfException, IOException {
    Guest guest = guest(1, "ifconfig lagg7 create laggproto failover laggport hn0 up");
    guest.plug();
    assertThat(guest.isUp("mlxen0")).isFalse();
    assertThat(guest.find("lagg7").ports()).hasSize(1);
    assertThat(guest.pair().held()).isPresent();
  }

  @Test
  void aVfThatComesUpOutsideALaggCallsTheScriptAlsoWithoutAnEvent()
      throws HnvfException, IOException {
    Guest guest = guest(1, "ifconfig lagg7 create laggproto failover laggport hn0 up");
    guest.type("ifconfig", "lagg7", "create", "laggproto", "failover", "laggport", "hn0", "up");
    guest.sim.host().plug(Guest.UNIT);
    guest.type("ifconfig", "mlxen0", "up");
    guest.sim.drainEvents();

    guest.orchestrator.all(Trigger.OTHER);

    assertThat(runs).hasSize(1);
    assertThat(guest.isUp("mlxen0")).isFalse();
  }

  @Test
  void aScriptThatHangsIsEndedAndTheGuestEndsOverHn() throws HnvfException, IOException {
    Guest guest = guest(0, "dhclient nosuch0");
    guest.sim.faults().hangNext(CommandPattern.line(".*/hyperv_vfup.hn0"));
    guest.plug();
    assertThat(guest.isUp("mlxen0")).isFalse();
    assertThat(guest.silent(ADDRESS)).isEmpty();
    assertThat(guest.reports.get(1).exitStatus()).isEqualTo(ExitCode.SYSTEM.status());
  }

  @Test
  void aLookDoesNotRunItAgain() throws HnvfException, IOException {
    Guest guest =
        guest(
            0,
            "ifconfig lagg0 create laggproto failover laggport hn0 laggport mlxen0 10.0.2.15/24 up",
            "ifconfig hn0 inet 10.0.2.15 -alias",
            "route -q add default 10.0.2.2",
            "pkill -TERM -F /var/run/dhclient/dhclient.hn0.pid");
    guest.plug();
    assertThat(guest.pair().reasons()).isEmpty();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    guest.orchestrator.all(Trigger.OTHER);
    guest.orchestrator.vfUp(Guest.HN);
    assertThat(runs).hasSize(1);
  }

  @Test
  void aLookRunsItWhereTheEventThatCallsItWasLost() throws HnvfException, IOException {
    Guest guest = guest(0, USE_LAGG);
    guest.sim.host().plug(Guest.UNIT);
    guest.type("ifconfig", "mlxen0", "up");
    guest.sim.drainEvents();
    assertThat(guest.silent(ADDRESS)).isNotEmpty();

    guest.orchestrator.all(Trigger.OTHER);

    assertThat(runs).hasSize(1);
    assertThat(guest.silent(ADDRESS)).isEmpty();
  }

  @Test
  void aLookDoesNotRunAgainOneThatUsesTheVfWithoutALagg() throws HnvfException, IOException {
    Guest guest = guest(0, "ifconfig mlxen0 inet 10.0.2.77/24");
    guest.plug();
    int ran = runs.size();
    assertThat(ran).isAtLeast(1);

    guest.orchestrator.all(Trigger.OTHER);
    guest.orchestrator.all(Trigger.OTHER);

    assertThat(runs).hasSize(ran);
    assertThat(guest.isUp("mlxen0")).isTrue();
  }

  /** Otherwise the caller of hnvf would take the VF down, which the script wants up. */
  @Test
  void oneThatSucceededIsNoFailureWhereTheDiskIsFull() throws HnvfException, IOException {
    Guest guest = guest(0);
    guest.sim.host().plug(Guest.UNIT);
    guest.type("ifconfig", "mlxen0", "up");
    Report report = guest.onAFullDisk().vfUp(Guest.HN);
    assertThat(runs).hasSize(1);
    assertThat(report.exitStatus()).isEqualTo(ExitCode.OK.status());
    assertThat(report.notes().toString()).contains("cannot store that the script has run");
    assertThat(guest.isUp("mlxen0")).isTrue();
  }

  @Test
  void failoverTakesTheVfOutAndLeavesTheLaggAsTheScriptMadeIt() throws HnvfException, IOException {
    Guest guest =
        guest(
            0,
            "ifconfig lagg0 create laggproto failover laggport hn0 laggport mlxen0 10.0.2.15/24 up",
            "ifconfig hn0 inet 10.0.2.15 -alias",
            "route -q add default 10.0.2.2");
    guest.plug();
    guest.orchestrator.failover(Guest.HN, Optional.empty());
    assertThat(guest.isUp("mlxen0")).isFalse();
    assertThat(guest.addresses("lagg0")).containsExactly("10.0.2.15/24");
    assertThat(guest.silent(ADDRESS)).isEmpty();
  }

  @Test
  void thePlanShowsTheScriptInThePlaceOfTheWorkflow() throws HnvfException, IOException {
    Guest guest = guest(0);
    guest.sim.host().plug(Guest.UNIT);
    assertThat(
            guest.orchestrator.plan(Guest.HN, Intent.USE_LAGG).steps().stream()
                .flatMap(step -> step.actions().stream())
                .map(action -> action.line())
                .toList())
        .containsExactly("ifconfig mlxen0 up", PATH)
        .inOrder();
    BadInputTest.script(guest, "rwxrwxrwx");
    UserException refused =
        assertThrows(UserException.class, () -> guest.orchestrator.plan(Guest.HN, Intent.USE_LAGG));
    assertThat(refused.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(runs).isEmpty();
  }

  private static final String[] USE_LAGG = {
    "ifconfig lagg0 create laggproto failover laggport hn0 laggport mlxen0 10.0.2.15/24 up",
    "ifconfig hn0 inet 10.0.2.15 -alias",
    "route -q add default 10.0.2.2"
  };

  /** hnvf is killed in a failover, over a lagg that a script has made without a dhclient. */
  private Guest killedInAFailover() throws HnvfException, IOException {
    Guest guest = guest(0, USE_LAGG);
    guest.plug();
    guest.type("pkill", "-x", "dhclient");
    guest.sim.beforeCommand(
        (command, number) -> {
          if (command.line().startsWith("ifconfig mlxen0 down") && !guest.isKilled()) {
            guest.killBefore(number + 1);
          }
        });
    assertThrows(Guest.Killed.class, () -> guest.orchestrator.failover(Guest.HN, Optional.empty()));
    return guest.restarted();
  }

  @Test
  void recoveryDoesNotRepairWhatAScriptHasMade() throws HnvfException, IOException {
    Guest guest = killedInAFailover();
    int before = guest.sim.history().size();
    guest.orchestrator.start();
    assertThat(guest.changesSince(before)).containsExactly("ifconfig lagg0 -laggport mlxen0");
    assertThat(guest.isUp("mlxen0")).isFalse();
    assertThat(guest.silent(ADDRESS)).isEmpty();
  }

  @Test
  void journalThatNobodyCanReadIsNoReasonToRepairWhatAScriptHasMade()
      throws HnvfException, IOException {
    Guest guest = guest(0, USE_LAGG);
    guest.plug();
    guest.type("pkill", "-x", "dhclient");
    guest.write("/var/db/hnvf/hn0.journal", "x");
    int before = guest.sim.history().size();
    guest.orchestrator.start();
    assertThat(guest.changesSince(before)).isEmpty();
    assertThat(guest.silent(ADDRESS)).isEmpty();
  }

  @Test
  void theHistoryHasEachRunWithItsDurationAndItsFailure() throws Exception {
    Guest guest = guest(3);
    guest.orchestrator.start();
    guest.plug();
    ImmutableList<PastScript> scripts = guest.orchestrator.history(Guest.UNIT).scripts();
    assertThat(scripts).hasSize(1);
    assertThat(scripts.get(0).path()).isEqualTo(PATH);
    assertThat(scripts.get(0).failure().orElseThrow()).contains("exited 3: script: no");
    assertThat(HistoryView.text(HistoryEvent.of(List.of(guest.orchestrator.history(Guest.UNIT)))))
        .containsMatch("  hn0  override script " + PATH + ": failed after \\S+ m?s: `" + PATH);
    // The line of a script does not make the next look record the same state once more.
    int sightings = guest.orchestrator.history(Guest.UNIT).sightings().size();
    guest.orchestrator.start();
    assertThat(guest.orchestrator.history(Guest.UNIT).sightings()).hasSize(sightings);
  }

  @Test
  void aRunThatSucceededIsDoneInTheHistory() throws Exception {
    Guest guest = guest(0);
    guest.plug();
    assertThat(HistoryView.text(HistoryEvent.of(List.of(guest.orchestrator.history(Guest.UNIT)))))
        .containsMatch("  hn0  override script " + PATH + ": done in \\S+ m?s\n");
  }
}
