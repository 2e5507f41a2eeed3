package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.exec.SystemTimer;
import org.hnvf.model.HnUnit;
import org.hnvf.model.Pair;
import org.hnvf.model.PairState;
import org.hnvf.override.OwnerPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hooks as processes of this machine. */
final class HookProcessesTest {

  private final Path root;
  private final List<String> facts = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private final HookRunner hooks;

  HookProcessesTest(@TempDir Path directory) {
    this.root = directory;
    ProcessRunner runner = new ProcessRunner();
    this.hooks =
        new HookRunner(
            new Machine(
                command ->
                    runner.run(
                        command.as(
                            root + command.program(), command.arguments(), command.environment())),
                new NioDurableFiles(root),
                new SystemTimer(),
                root),
            OwnerPolicy.ANYBODY,
            Runnable::run,
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
  }

  private void hook(String text) throws IOException {
    Path directory = Files.createDirectories(root.resolve("usr/local/etc/hnvf/hooks.d"));
    Path hook = Files.writeString(directory.resolve("10-hook"), "#!/bin/sh\n" + text);
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void run(Duration limit) {
    HnUnit unit = new HnUnit(0);
    hooks.after(
        new HookOccasion(
            new Pair(unit, unit.driverName(), Optional.empty(), Optional.empty()),
            "done",
            PairState.SYNTHETIC,
            PairState.LAGG_VF,
            "USE_LAGG",
            "VF_UP of hn0",
            Instant.EPOCH,
            Instant.EPOCH),
        limit);
  }

  @Test
  void theEnvironmentIsCleanAndTheInputIsEmpty() throws Exception {
    hook("env | sort\npwd\ncat\n");
    run(Duration.ofMinutes(10));
    assertThat(faults).isEmpty();
    List<String> lines = new ArrayList<>(facts);
    // Those of sh itself.
    lines.removeIf(line -> line.matches("  (_|PWD|OLDPWD|SHLVL)=.*"));
    assertThat(lines)
        .containsExactly(
            "the hook /usr/local/etc/hnvf/hooks.d/10-hook begins",
            "  HNVF_CAUSE=VF_UP of hn0",
            "  HNVF_CUTOFF_MS=",
            "  HNVF_FROM=SYNTHETIC",
            "  HNVF_HN=hn0",
            "  HNVF_INTENT=USE_LAGG",
            "  HNVF_LAGG=",
            "  HNVF_OUTCOME=done",
            "  HNVF_TIME=1970-01-01T00:00:00Z",
            "  HNVF_TO=LAGG_VF",
            "  HNVF_VF=",
            "  PATH=/sbin:/bin:/usr/sbin:/usr/bin",
            "  /");
  }

  @Test
  void oneThatHangsIsKilledWithItsDescendantsAtTheLimit() throws Exception {
    Path pid = root.resolve("pid");
    hook("sleep 100000 &\necho $! >" + pid + "\nsleep 100000\n");
    // It never ends by itself, so that only the limit can end it; sh may need long to start.
    run(Duration.ofSeconds(5));
    assertThat(faults).hasSize(1);
    assertThat(faults.get(0)).contains("did not end within");
    long child = Long.parseLong(Files.readString(pid).strip());
    await()
        .atMost(Duration.ofMinutes(5))
        .until(() -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void oneThatPrintsWithoutEndFillsNeitherTheMemoryNorTheLog() throws Exception {
    hook("while :; do echo a line that is long enough to fill something; done\n");
    run(Duration.ofSeconds(5));
    assertThat(facts).hasSize(22);
    assertThat(facts.get(21)).contains(" lines, is left out");
    assertThat(faults).hasSize(1);
    assertThat(faults.get(0)).contains("and was killed");
  }
}
