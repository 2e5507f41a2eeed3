package org.hnvf.doctor;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.freebsd.Ifconfig;
import org.hnvf.model.Diagnosis;
import org.hnvf.model.Finding;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.service.Machine;
import org.hnvf.sim.CommandPattern;
import org.hnvf.sim.GuestProgram;
import org.hnvf.sim.Scenario;
import org.hnvf.sim.SimulatedGuest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults that need a guest of their own. */
final class OtherFaultsTest {

  private final Path root;

  OtherFaultsTest(@TempDir Path directory) {
    this.root = directory.resolve("root");
  }

  /** {@code kill -9}. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static Finding only(Patient patient) {
    ImmutableList<Finding> findings = patient.examine().findings();
    assertThat(findings).hasSize(1);
    return findings.get(0);
  }

  @Test
  void anUnfinishedJournalIsFoundAndFinished() throws Exception {
    Patient patient = Patient.healthy(Scenario.staticGuest(), false, root);
    boolean[] killed = {false};
    patient.sim.beforeCommand(
        (command, number) -> {
          if (!killed[0] && command.line().startsWith("route -q add default")) {
            killed[0] = true;
            throw new Killed();
          }
        });
    assertThrows(Killed.class, patient::plug);

    ImmutableList<Finding> findings = patient.examine().findings();

    assertThat(findings.stream().map(Finding::check).toList()).contains("journal");
    for (Finding finding : findings) {
      for (String command : finding.commands()) {
        new GuestShell(patient).run(command);
      }
    }
    assertThat(patient.examine().findings()).isEmpty();
  }

  @Test
  void aJournalThatIsNotReadableIsFoundAndSetAside() throws Exception {
    Patient patient = Patient.healthy(Scenario.azure(), false, root);
    patient.write("/var/db/hnvf/hn0.journal", "not a journal\n");
    patient.mode("/var/db/hnvf", "rwx------");
    patient.mode("/var/db/hnvf/hn0.journal", "rw-------");

    Finding finding = only(patient);

    assertThat(finding.check()).isEqualTo("journal");
    new GuestShell(patient).run(finding.commands().get(0));
    assertThat(patient.examine().findings()).isEmpty();
    assertThat(Files.exists(patient.at("/var/db/hnvf/hn0.journal.unreadable"))).isTrue();
  }

  /** ifconfig(8) of the simulated guest knows no {@code link random}. */
  @Test
  void anInterfaceWithTheMacAddressOfHnIsFound() throws Exception {
    Patient patient =
        Patient.healthy(
            Scenario.azure()
                .nics(2)
                .macs(ImmutableList.of("00:15:5d:0a:0b:10", "00:15:5d:0a:0b:10")),
            false,
            root);
    ImmutableList<Finding> findings = patient.examine().findings();
    assertThat(findings.stream().map(Finding::check).distinct().toList())
        .containsExactly("same-mac");
    assertThat(findings.get(0).commands()).containsExactly("ifconfig hn1 link random");
  }

  /** An update of FreeBSD cannot be simulated. */
  @Test
  void aKernelWithoutTheListOfVfsIsFound() throws Exception {
    Patient patient = Patient.healthy(Scenario.azure().withoutVfList(), false, root);
    Finding finding = only(patient);
    assertThat(finding.check()).isEqualTo("vflist");
    assertThat(finding.commands()).containsExactly("freebsd-update fetch install");
  }

  /** Which of two users of hn is right is for the administrator to say. */
  @Test
  void anotherUserThatMakesHnvfRefuseTheVfIsFound() throws Exception {
    Patient patient =
        Patient.healthy(Scenario.azure().rcConf("ifconfig_hn0=\"SYNCDHCP vnet web\""), false, root);
    Finding finding = only(patient);
    assertThat(finding.check()).isEqualTo("vf-refused");
    assertThat(finding.remedy()).isPresent();
    assertThat(finding.commands()).containsExactly("hnvf plan hn0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hnvf_enable=YES", "hnvf_enable=NO"})
  void aFileOfTheServiceThatHnvfDoesNotEvaluateMakesTheServiceUnknown(String line)
      throws Exception {
    Patient patient = Patient.healthy(Scenario.azure(), false, root);
    patient.write("/etc/rc.conf.d/hnvf", line + "\n");
    assertThat(patient.examine().notKnown())
        .containsExactly(
            "service-off", "hnvf does not evaluate /etc/rc.conf.d/hnvf, which may set hnvf_enable");
  }

  /** The base system's actions are right for a guest on which the kernel does the failover. */
  @Test
  void inTransparentModeTheServiceMayBeOff() throws Exception {
    Patient patient = Patient.healthy(Scenario.azure().transparent(), true, root);
    patient.append("/etc/rc.conf", "hnvf_enable=NO\n");
    patient.daemon = DaemonState.ABSENT;
    assertThat(patient.examine().findings()).isEmpty();
  }

  @Test
  void oneUnreadableFileMakesOnlyItsOwnChecksUnknown() throws Exception {
    Patient patient = Patient.healthy(Scenario.azure(), false, root);
    Files.delete(patient.at("/etc/passwd"));
    Files.createDirectory(patient.at("/etc/passwd"));
    assertThat(patient.examine().findings()).isEmpty();
    assertThat(patient.examine().notKnown().keySet()).containsExactly("root-shell");
  }

  /** A guest that cannot be read is where a doctor is needed most. */
  @Test
  void aGuestWhoseInterfacesCannotBeReadStillGetsTheOtherChecks() throws Exception {
    Patient patient = Patient.healthy(Scenario.azure(), false, root);
    patient.sim.answers(
        Ifconfig.all().argv(), new GuestProgram.Answer(1, "", "ifconfig: out of memory\n"));
    patient.daemon = DaemonState.HUNG;

    assertThat(patient.ids()).containsExactly("daemon-hung");
    assertThat(patient.examine().notKnown().get("cut-off")).contains("out of memory");
    assertThat(patient.examine().mode()).startsWith("not known: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/boot/loader.conf.d/hn.conf", "/boot/loader.conf.local"})
  void theFilesOfTheLoaderAreReadInItsOrder(String last) throws Exception {
    Patient patient = Patient.healthy(Scenario.azure(), false, root);
    patient.write(last, "hw.hn.vf_transparent=1\n");
    assertThat(only(patient).check()).isEqualTo("mode-at-boot");
    patient.write("/boot/loader.conf.local", "hw.hn.vf_transparent=\"0\"\n");
    assertThat(patient.examine().findings()).isEmpty();
  }

  @Test
  void aLinkInThePlaceOfTheSettingsIsOneFinding() throws Exception {
    Patient patient = Patient.healthy(Scenario.azure(), false, root);
    patient.write("/root/hnvf.json", "{}");
    Files.createDirectories(patient.at("/usr/local/etc/hnvf"));
    Files.createSymbolicLink(
        patient.at("/usr/local/etc/hnvf/hnvf.json"), patient.at("/root/hnvf.json"));

    Finding finding = only(patient);

    assertThat(finding.check()).isEqualTo("settings-rights");
    assertThat(finding.commands())
        .containsExactly("ls -l /usr/local/etc/hnvf/hnvf.json", "rm /usr/local/etc/hnvf/hnvf.json")
        .inOrder();
    new GuestShell(patient).run(finding.commands().get(1));
    assertThat(patient.examine().findings()).isEmpty();
  }

  /** The owner of the files of a guest in memory is not root, and that of a directory may be. */
  @Test
  void theOwnerOfAScriptIsCorrectedByChown() throws Exception {
    SimulatedGuest sim = Scenario.azure().start();
    Path script = sim.root().resolve("usr/libexec/hyperv/hyperv_vfup.hn0");
    Files.createDirectories(script.getParent());
    Files.writeString(script, "#!/bin/sh\n");
    Machine machine = new Machine(sim, new NioDurableFiles(sim.root()), sim.timer(), sim.root());
    Diagnosis diagnosis =
        new Doctor(machine, OwnerPolicy.ROOT, () -> DaemonState.ABSENT, Optional.empty()).examine();
    assertThat(diagnosis.findings().stream().map(Finding::check).toList())
        .containsExactly("override-script");
    assertThat(diagnosis.findings().get(0).commands()).containsExactly("chown root:wheel /");
  }

  /** Each command ends by its limit; none is repeated without end. */
  @Test
  void aGuestThatHangsInEveryCommandIsExaminedInABoundedTime() throws Exception {
    Patient patient = Patient.healthy(Scenario.azure(), false, root);
    for (int command = 0; command < 100; command++) {
      patient.sim.faults().hangNext(CommandPattern.any());
    }
    Instant begun = patient.sim.timer().now();

    Diagnosis diagnosis = patient.examine();

    assertThat(Duration.between(begun, patient.sim.timer().now()))
        .isLessThan(Duration.ofMinutes(2));
    assertThat(patient.sim.faults().pending()).isAtLeast(50);
    assertThat(diagnosis.notKnown()).containsKey("cut-off");
    assertThat(diagnosis.notKnown()).containsKey("java");
    // An rc.conf that is not read to its end is a fault of its own: rc(8) would wait for it, too.
    assertThat(diagnosis.findings().stream().map(Finding::check).toList())
        .containsExactly("rc-conf");
  }
}
