package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.hnvf.exec.CommandRunner;
import org.hnvf.journal.History;
import org.hnvf.model.Command;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Pair;
import org.hnvf.model.PairState;
import org.hnvf.model.PastWorkflow;
import org.hnvf.model.Settings;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.sim.CommandPattern;
import org.hnvf.sim.GuestProgram;
import org.hnvf.sim.Scenario;
import org.hnvf.workflow.Progress;
import org.junit.jupiter.api.Test;

/** The hooks of an administrator, after the outcomes of workflows on a simulated guest. */
final class HooksTest {

  private static final String DIRECTORY = "/usr/local/etc/hnvf/hooks.d/";

  private final Guest guest = Guest.of(Scenario.azure());
  private final List<Command> runs = new ArrayList<>();
  private final List<String> facts = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private final List<Runnable> due = new ArrayList<>();
  private final HookRunner hooks =
      new HookRunner(
          new Machine(guest.sim, guest.files, guest.sim.timer(), guest.sim.root()),
          OwnerPolicy.ANYBODY,
          due::add,
          new HookLog() {
            @Override
            public void fact(HnUnit unit, String text) {
              facts.add(text);
            }

            @Override
            public void fault(HnUnit unit, String text) {
              faults.add(text);
            }
          });
  private final Orchestrator orchestrator = orchestrator(guest.sim, hooks);

  private Orchestrator orchestrator(CommandRunner runner, Hooks receiver) {
    return Wiring.orchestrator(
        new Machine(runner, guest.files, guest.sim.timer(), guest.sim.root()),
        Settings.DEFAULTS,
        OwnerPolicy.ANYBODY,
        Progress.NONE,
        receiver);
  }

  private void hook(String name, String mode, GuestProgram program) throws IOException {
    guest.write(DIRECTORY + name, "#!/bin/sh\n");
    Files.setPosixFilePermissions(
        guest.path(DIRECTORY + name), PosixFilePermissions.fromString(mode));
    guest.sim.program(
        DIRECTORY + name,
        command -> {
          runs.add(command);
          return program.run(command);
        });
  }

  private void hook(String name) throws IOException {
    hook(name, "rwxr-xr-x", command -> new GuestProgram.Answer(0, "", ""));
  }

  private void runDue() {
    List<Runnable> now = new ArrayList<>(due);
    due.clear();
    now.forEach(Runnable::run);
  }

  private Orchestrator plugged() throws HnvfException {
    guest.sim.host().plug(Guest.UNIT);
    guest.feed.deliverAll(orchestrator, guest.reports::add);
    return orchestrator;
  }

  private String told(int run, String variable) {
    return String.valueOf(runs.get(run).environment().get(variable));
  }

  @Test
  void aHookRunsAfterTheOutcomeWithAnEnvironmentOfNothingElse() throws Exception {
    hook("10-note");
    plugged();
    assertThat(runs).isEmpty();
    runDue();
    assertThat(runs).hasSize(1);
    Command run = runs.get(0);
    assertThat(run.program()).isEqualTo(DIRECTORY + "10-note");
    assertThat(run.arguments()).isEmpty();
    assertThat(run.mayLeaveDaemon()).isFalse();
    PastWorkflow past = new History(guest.files).read(Guest.UNIT, 9).lastWorkflow().orElseThrow();
    assertThat(run.environment())
        .containsExactlyEntriesIn(
            ImmutableMap.builder()
                .put("HNVF_HN", "hn0")
                .put("HNVF_VF", "mlxen0")
                .put("HNVF_LAGG", "lagg0")
                .put("HNVF_OUTCOME", "done")
                .put("HNVF_FROM", "VF_ATTACHED")
                .put("HNVF_TO", "LAGG_VF")
                .put("HNVF_INTENT", "USE_LAGG")
                .put("HNVF_CAUSE", past.cause())
                .put("HNVF_CUTOFF_MS", "" + past.cutOff().orElseThrow().toMillis())
                .put("HNVF_TIME", told(0, "HNVF_TIME"))
                .buildOrThrow());
    assertThat(Instant.parse(told(0, "HNVF_TIME"))).isAtMost(guest.sim.timer().now());
    assertThat(faults).isEmpty();
  }

  @Test
  void withoutHooksTheGuestGetsTheSameCommandsAndALookHasNoOutcome() throws Exception {
    plugged();
    int before = guest.sim.history().size();
    runDue();
    assertThat(guest.sim.history()).hasSize(before);
    hook("10-note");
    orchestrator.all(Trigger.OTHER);
    assertThat(due).isEmpty();
    assertThat(facts).isEmpty();
  }

  @Test
  void theLockOfThePairIsFreeByThenAndTheHookMayUseHnvf() throws Exception {
    List<Boolean> free = new ArrayList<>();
    Orchestrator watched =
        orchestrator(
            guest.sim,
            (occasion, limit) -> {
              try (var lock =
                  guest.files.tryLock("/var/run/hnvf/hn0.lock", "a test").orElseThrow()) {
                free.add(lock != null);
              } catch (HnvfException e) {
                throw new AssertionError(e);
              }
            });
    guest.sim.host().plug(Guest.UNIT);
    guest.feed.deliverAll(watched, guest.reports::add);
    assertThat(free).containsExactly(true);
  }

  @Test
  void aWorkflowThatFailedIsToldAsRolledBack() throws Exception {
    hook("10-note");
    guest.sim.faults().failNext(CommandPattern.line("route .*add default.*"), 1, "no\n");
    plugged();
    runDue();
    assertThat(runs).isNotEmpty();
    assertThat(told(0, "HNVF_OUTCOME")).isEqualTo("rolled-back");
    assertThat(told(0, "HNVF_TO")).isEqualTo("VF_ATTACHED");
    assertThat(told(0, "HNVF_CUTOFF_MS")).matches("[0-9]+");
  }

  @Test
  void outcomesThatComeWhileAHookRunsAreMergedAndTheNewestCounts() throws Exception {
    hook(
        "10-note",
        "rwxr-xr-x",
        command -> {
          if (runs.size() == 1) {
            hooks.after(occasion("first"), Duration.ofSeconds(9));
            hooks.after(occasion("second"), Duration.ofSeconds(9));
            // None of them runs beside the first hook.
            assertThat(due).isEmpty();
          }
          return new GuestProgram.Answer(0, "", "");
        });
    hooks.after(occasion("zeroth"), Duration.ofSeconds(9));
    runDue();
    assertThat(runs.stream().map(run -> run.environment().get("HNVF_CAUSE")))
        .containsExactly("zeroth", "second")
        .inOrder();
    // A later one starts a thread again.
    hooks.after(occasion("third"), Duration.ofSeconds(9));
    runDue();
    assertThat(told(2, "HNVF_CAUSE")).isEqualTo("third");
  }

  @Test
  void anotherPairDoesNotWait() throws Exception {
    hook("10-note");
    hooks.after(occasion("one"), Duration.ofSeconds(9));
    hooks.after(
        new HookOccasion(
            new Pair(new HnUnit(1), new HnUnit(1).driverName(), Optional.empty(), Optional.empty()),
            "done",
            PairState.SYNTHETIC,
            PairState.SYNTHETIC,
            "TIDY",
            "two",
            Instant.EPOCH,
            Instant.EPOCH),
        Duration.ofSeconds(9));
    assertThat(due).hasSize(2);
    due.get(1).run();
    assertThat(told(0, "HNVF_CAUSE")).isEqualTo("two");
  }

  @Test
  void theyRunByNameAndAFailureIsToldAndStopsNoOther() throws Exception {
    hook("20-b");
    hook("10-a", "rwxr-xr-x", command -> new GuestProgram.Answer(3, "", "no mail today\n"));
    guest.write(DIRECTORY + "README.sample", "text");
    guest.write(DIRECTORY + ".hidden", "text");
    guest.write(DIRECTORY + "20-b~", "text");
    hooks.after(occasion("x"), Duration.ofSeconds(9));
    runDue();
    assertThat(runs.stream().map(Command::program))
        .containsExactly(DIRECTORY + "10-a", DIRECTORY + "20-b")
        .inOrder();
    assertThat(faults).containsExactly("the hook `" + DIRECTORY + "10-a` exited 3: no mail today");
    assertThat(facts).contains("  no mail today");
  }

  @Test
  void oneThatOthersCanWriteOrThatCannotBeRunIsRefused() throws Exception {
    hook("10-a", "rwxrwxr-x", command -> new GuestProgram.Answer(0, "", ""));
    hook("20-b", "rw-r--r--", command -> new GuestProgram.Answer(0, "", ""));
    hook("30-c");
    hooks.after(occasion("x"), Duration.ofSeconds(9));
    runDue();
    assertThat(runs.stream().map(Command::program)).containsExactly(DIRECTORY + "30-c");
    assertThat(faults).hasSize(2);
    assertThat(faults.get(0)).contains("10-a was not run: " + DIRECTORY + "10-a is writable by");
    assertThat(faults.get(1)).contains("20-b was not run: " + DIRECTORY + "20-b is not executable");
    Files.setPosixFilePermissions(
        guest.path("/usr/local/etc/hnvf/hooks.d"), PosixFilePermissions.fromString("rwxrwxrwx"));
    faults.clear();
    hooks.after(occasion("x"), Duration.ofSeconds(9));
    runDue();
    assertThat(runs).hasSize(1);
    assertThat(faults).hasSize(3);
  }

  @Test
  void theTimeIsForAllHooksTogether() throws Exception {
    hook("10-a");
    hook("20-b");
    guest.sim.faults().hangNext(CommandPattern.line(".*/10-a"));
    hooks.after(occasion("x"), Duration.ofSeconds(9));
    runDue();
    assertThat(runs).isEmpty();
    assertThat(faults).hasSize(2);
    assertThat(faults.get(0)).contains("did not end within 9000 ms and was killed");
    assertThat(faults.get(1)).contains("20-b was not run: the hooks before it took all");
  }

  @Test
  void anOverrideScriptHasAnOutcome() throws Exception {
    BadInputTest.script(guest, "rwxr-xr-x");
    guest.sim.program(
        "/usr/libexec/hyperv/hyperv_vfup.hn0", command -> new GuestProgram.Answer(3, "", "no\n"));
    hook("10-note");
    plugged();
    runDue();
    assertThat(told(0, "HNVF_OUTCOME")).isEqualTo("failed");
    assertThat(told(0, "HNVF_INTENT")).isEqualTo("SCRIPT");
    assertThat(told(0, "HNVF_CUTOFF_MS")).isEmpty();
  }

  @Test
  void aDirectoryThatCannotBeReadAndAnExecutorThatTakesNothingAreTold() throws Exception {
    guest.write("/usr/local/etc/hnvf/hooks.d", "a file");
    hooks.after(occasion("x"), Duration.ofSeconds(9));
    runDue();
    assertThat(faults).hasSize(1);
    assertThat(faults.get(0)).startsWith("the hooks were not run: cannot list the hooks in ");
    Files.delete(guest.path("/usr/local/etc/hnvf/hooks.d"));
    HookRunner ended =
        new HookRunner(
            new Machine(guest.sim, guest.files, guest.sim.timer(), guest.sim.root()),
            OwnerPolicy.ANYBODY,
            work -> {
              throw new RejectedExecutionException();
            },
            new HookLog() {
              @Override
              public void fact(HnUnit unit, String text) {}

              @Override
              public void fault(HnUnit unit, String text) {
                faults.add(text);
              }
            });
    ended.after(occasion("x"), Duration.ofSeconds(9));
    assertThat(faults.get(1)).contains("the daemon stops, or too many hooks run");
  }

  private static HookOccasion occasion(String cause) {
    return new HookOccasion(
        new Pair(Guest.UNIT, Guest.HN, Optional.empty(), Optional.empty()),
        "done",
        PairState.SYNTHETIC,
        PairState.SYNTHETIC,
        "USE_LAGG",
        cause,
        Instant.EPOCH,
        Instant.EPOCH);
  }
}
