package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hnvf.model.Command;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.PairState;
import org.hnvf.model.UserException;
import org.hnvf.override.OverrideEntry;
import org.hnvf.sim.GuestProgram;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.Test;

/** The verbs on override scripts, on a guest with one that the operator lists, checks and runs. */
final class ScriptVerbsTest {

  private static final String PATH = "/usr/libexec/hyperv/hyperv_vfup.hn0";
  private static final ImmutableList<String> ADDRESS = ImmutableList.of("10.0.2.15/24");

  private static final String[] USE_LAGG = {
    "ifconfig lagg0 create laggproto failover laggport hn0 laggport mlxen0 10.0.2.15/24 up",
    "ifconfig hn0 inet 10.0.2.15 -alias",
    "route -q add default 10.0.2.2"
  };

  private final List<Command> runs = new ArrayList<>();
  private final List<String> syntaxChecks = new ArrayList<>();

  private Guest guest(Scenario scenario, int status, String... commands) throws IOException {
    Guest guest = Guest.of(scenario);
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

  /** The sh of this guest only checks the syntax; it cannot evaluate rc.conf. */
  private void syntaxEndsWith(Guest guest, int status) {
    guest.sim.program(
        "/bin/sh",
        command -> {
          syntaxChecks.add(command.line());
          return new GuestProgram.Answer(status, "", status == 0 ? "" : "2: fi\n");
        });
  }

  private Guest plugged(int status, String... commands) throws IOException {
    Guest guest = guest(Scenario.azure(), status, commands);
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    return guest;
  }

  private static ScriptRun run(Guest guest) throws HnvfException {
    return guest.orchestrator.scripts().run(Guest.HN);
  }

  private static ImmutableList<ScriptFinding> check(Guest guest) throws HnvfException {
    return guest.orchestrator.scripts().check(Guest.HN);
  }

  /** Returns the findings that prevent the run. */
  private static List<ScriptFinding> faults(Guest guest) throws HnvfException {
    return check(guest).stream().filter(finding -> !finding.isOk()).toList();
  }

  private static List<String> subjects(Guest guest) throws HnvfException {
    return faults(guest).stream().map(ScriptFinding::subject).toList();
  }

  private static String word(Guest guest) throws HnvfException {
    return faults(guest).stream()
        .filter(finding -> finding.subject().equals("word"))
        .map(ScriptFinding::text)
        .findFirst()
        .orElseThrow();
  }

  private static void assertRefused(Guest guest, ExitCode code, String words) {
    int before = guest.sim.history().size();
    UserException refused = assertThrows(UserException.class, () -> run(guest));
    assertThat(refused.getMessage()).contains(words);
    assertThat(refused.getMessage()).contains("nothing");
    assertThat(refused.exitCode()).isEqualTo(code);
    assertThat(guest.changesSince(before)).isEmpty();
  }

  @Test
  void runShowsThePairBeforeAndAfter() throws HnvfException, IOException {
    Guest guest = plugged(0, USE_LAGG);

    ScriptRun run = run(guest);

    assertThat(runs).hasSize(1);
    assertThat(runs.get(0).environment())
        .containsExactly(
            "HNVF_HN", "hn0", "HNVF_VF", "mlxen0", "HNVF_LAGG", "lagg0", "HNVF_EVENT", "VF_UP");
    assertThat(run.before().state()).isEqualTo(PairState.VF_ATTACHED);
    assertThat(run.report().exitStatus()).isEqualTo(0);
    assertThat(run.report().status().orElseThrow().pair().lagg()).isPresent();
    assertThat(guest.silent(ADDRESS)).isEmpty();
  }

  @Test
  void runEndsWithTheStatusOfTheScriptAndRescuesTheGuest() throws HnvfException, IOException {
    Guest guest = plugged(3);

    ScriptRun run = run(guest);

    assertThat(run.report().exitStatus()).isEqualTo(3);
    assertThat(run.report().message()).contains("reachable over hn0");
    assertThat(guest.isUp("mlxen0")).isFalse();
    assertThat(guest.silent(ADDRESS)).isEmpty();
  }

  @Test
  void runRunsItAgainOverTheLaggThatItHasMade() throws HnvfException, IOException {
    Guest guest = guest(Scenario.azure(), 0, USE_LAGG);
    guest.plug();
    assertThat(runs).hasSize(1);

    assertThat(run(guest).report().exitStatus()).isEqualTo(0);

    assertThat(runs).hasSize(2);
  }

  /** An administrator who has corrected a script does not wait for the pause. */
  @Test
  void runDoesNotWaitForTheEndOfABackOff() throws HnvfException, IOException {
    Guest guest = guest(Scenario.azure(), 3);
    guest.plug();
    assertThat(guest.pair().held()).isPresent();
    assertThat(subjects(guest)).contains("back-off");
    guest.sim.program(PATH, command -> new GuestProgram.Answer(0, "", ""));

    assertThat(run(guest).report().exitStatus()).isEqualTo(0);

    assertThat(guest.pair().held()).isEmpty();
    assertThat(subjects(guest)).doesNotContain("back-off");
  }

  @Test
  void runAgainstTheOperatorsWordIsRefused() throws HnvfException, IOException {
    Guest guest = plugged(0, USE_LAGG);
    guest.orchestrator.failover(Guest.HN, Optional.empty());
    assertRefused(guest, ExitCode.CONFIGURATION, "hn0 is PINNED");
    assertThat(word(guest)).contains("hn0 is PINNED");
    guest.orchestrator.release(Guest.HN);
    assertRefused(guest, ExitCode.CONFIGURATION, "hn0 is RELEASED");
    assertThat(word(guest)).contains("hn0 is RELEASED");
    assertThat(runs).isEmpty();
  }

  @Test
  void runWithoutAVfAScriptOrAPairIsRefused() throws HnvfException, IOException {
    Guest without = guest(Scenario.azure(), 0);
    assertRefused(without, ExitCode.UNAVAILABLE, "hn0 has no VF");
    syntaxEndsWith(without, 0);
    assertThat(faults(without)).isEmpty();
    Guest plain = Guest.of(Scenario.azure());
    plain.sim.host().plug(Guest.UNIT);
    plain.sim.drainEvents();
    assertRefused(plain, ExitCode.UNAVAILABLE, "there is neither /usr/local/libexec/hnvf/");
    for (String name : List.of("hn7", "lo0", "mlxen0")) {
      UserException refused =
          assertThrows(
              UserException.class, () -> plain.orchestrator.scripts().run(new InterfaceName(name)));
      assertWithMessage(name).that(refused.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
      assertThrows(
          UserException.class, () -> plain.orchestrator.scripts().check(new InterfaceName(name)));
    }
    assertThat(runs).isEmpty();
  }

  @Test
  void runOfARefusedScriptChangesNothing() throws HnvfException, IOException {
    Guest guest = plugged(0, USE_LAGG);
    BadInputTest.script(guest, "rwxrwxr-x");
    int before = guest.sim.history().size();

    ScriptRun run = run(guest);

    assertThat(run.report().exitStatus()).isEqualTo(ExitCode.CONFIGURATION.status());
    assertThat(run.report().failures().get(0)).contains("is writable by group or others");
    assertThat(guest.changesSince(before)).isEmpty();
    assertThat(runs).isEmpty();
  }

  @Test
  void inTransparentModeNothingIsRun() throws HnvfException, IOException {
    Guest guest = guest(Scenario.azure().transparent(), 0, USE_LAGG);
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    assertRefused(guest, ExitCode.CONFIGURATION, "hw.hn.vf_transparent is 1");
    assertThat(subjects(guest)).contains("mode");
    assertThat(guest.orchestrator.scripts().list().get(0).faults())
        .containsExactly("hw.hn.vf_transparent is 1, hnvf runs no script");
  }

  @Test
  void checkReadsTheScriptAndRunsOnlySh() throws HnvfException, IOException {
    Guest guest = plugged(0, USE_LAGG);
    syntaxEndsWith(guest, 0);
    int before = guest.sim.history().size();

    assertThat(faults(guest)).isEmpty();

    assertThat(guest.changesSince(before)).isEmpty();
    assertThat(syntaxChecks).containsExactly("/bin/sh -n " + PATH);
    assertThat(runs).isEmpty();
  }

  @Test
  void checkFindsASyntaxErrorAndARefusal() throws HnvfException, IOException {
    Guest guest = plugged(0);
    syntaxEndsWith(guest, 2);
    assertThat(faults(guest))
        .containsExactly(
            new ScriptFinding(
                "syntax", ExitCode.CONFIGURATION, "`/bin/sh -n " + PATH + "` exited 2: 2: fi"));
    syntaxChecks.clear();
    BadInputTest.script(guest, "rw-rw-r--");
    assertThat(faults(guest).stream().map(ScriptFinding::text).toList())
        .containsExactly(
            PATH + " is writable by group or others (mode 0664)", PATH + " is not executable")
        .inOrder();
    assertThat(syntaxChecks).isEmpty();
  }

  @Test
  void checkOnAMachineWithoutShIsAFaultOfTheSystem() throws HnvfException, IOException {
    Guest guest = Guest.of(Scenario.azure());
    BadInputTest.script(guest, "rwxr-xr-x");

    assertThat(faults(guest).get(0).exitCode()).isEqualTo(ExitCode.SYSTEM);
  }

  @Test
  void listNamesTheInterfaceThatDoesNotExist() throws HnvfException, IOException {
    Guest guest = plugged(0);
    for (String name : List.of("hn7", "mlxen0")) {
      guest.write("/usr/local/libexec/hnvf/hyperv_vfup." + name, "#!/bin/sh\n");
    }
    ImmutableList<OverrideEntry> all = guest.orchestrator.scripts().list();
    assertThat(all.stream().map(OverrideEntry::path).toList())
        .containsExactly(
            "/usr/local/libexec/hnvf/hyperv_vfup.hn7",
            "/usr/local/libexec/hnvf/hyperv_vfup.mlxen0",
            PATH)
        .inOrder();
    assertThat(all.get(0).faults()).contains("there is no interface hn7");
    assertThat(all.get(1).faults()).contains("mlxen0 is not a synthetic NIC (hn)");
    assertThat(all.get(2).faults()).isEmpty();
    assertThat(runs).isEmpty();
  }
}
