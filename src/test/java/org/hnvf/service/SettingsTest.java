package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.model.HnvfException;
import org.hnvf.model.PairStatus;
import org.hnvf.model.Settings;
import org.hnvf.model.Strategy;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.sim.CommandPattern;
import org.hnvf.sim.GuestProgram;
import org.hnvf.sim.RcConfShell;
import org.hnvf.sim.Scenario;
import org.hnvf.sim.SimulatedGuest;
import org.hnvf.workflow.Progress;
import org.junit.jupiter.api.Test;

/** The settings of the configuration file take effect. */
final class SettingsTest {

  private static final String SCRIPT = "/usr/libexec/hyperv/hyperv_vfup.hn0";

  private final SimulatedGuest sim =
      Scenario.azure().shell(new RcConfShell(new ProcessRunner())).start();

  @Test
  void scriptTimeLimitAndHoldFirst() throws HnvfException, IOException {
    Settings settings =
        new Settings(
            Strategy.ON_VF_UP,
            Duration.ofMinutes(1),
            Duration.ofSeconds(7),
            Settings.DEFAULTS.hookTimeLimit(),
            Duration.ofMinutes(20),
            Duration.ofMinutes(30),
            Settings.DEFAULTS.logLevel(),
            Settings.DEFAULTS.moving(),
            Settings.DEFAULTS.reporting());
    Orchestrator orchestrator = orchestrator(settings);
    thereIsAScript();
    sim.faults().hangNext(CommandPattern.line(".*/hyperv_vfup.hn0"));
    sim.host().plug(Guest.UNIT);
    Instant before = sim.timer().now();
    orchestrator.vfUp(Guest.HN);
    Instant after = sim.timer().now();
    assertThat(Duration.between(before, after)).isAtLeast(Duration.ofSeconds(7));
    assertThat(Duration.between(before, after)).isLessThan(Duration.ofSeconds(20));
    PairStatus status = orchestrator.status(orchestrator.guest(), Optional.of(Guest.HN)).get(0);
    Instant nextTry = status.held().orElseThrow().nextTry();
    assertThat(nextTry).isAtMost(after.plus(Duration.ofMinutes(20)));
    assertThat(nextTry).isGreaterThan(after.plus(Duration.ofMinutes(19)));
  }

  private Orchestrator orchestrator(Settings settings) {
    return Wiring.orchestrator(
        new Machine(sim, new NioDurableFiles(sim.root()), sim.timer(), sim.root()),
        settings,
        OwnerPolicy.ANYBODY,
        Progress.NONE);
  }

  private void thereIsAScript() throws IOException {
    Path script = sim.root().resolve(SCRIPT.substring(1));
    Files.createDirectories(sim.root().resolve("usr/libexec/hyperv"));
    Files.writeString(script, "#!/bin/sh\n");
    sim.program(SCRIPT, command -> new GuestProgram.Answer(0, "", ""));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
