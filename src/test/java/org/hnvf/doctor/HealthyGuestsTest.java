package org.hnvf.doctor;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hnvf.model.Command;
import org.hnvf.model.Diagnosis;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnvfException;
import org.hnvf.sim.HistoryEntry;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The doctor finds nothing on a healthy guest, and changes nothing. */
final class HealthyGuestsTest {

  private final Path directory;

  HealthyGuestsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private Patient patient(String kind) throws IOException {
    Scenario scenario =
        switch (kind) {
          case "static" -> Scenario.staticGuest();
          case "slaac" -> Scenario.azure().slaac();
          case "two" -> Scenario.azure().nics(2).dhcpOnAllNics();
          case "transparent" -> Scenario.azure().transparent();
          case "old kernel" -> Scenario.azure().oldKernel();
          case "own lagg" -> Scenario.azure().foreignLagg();
          case "vlans" ->
              Scenario.staticGuest()
                  .rcConf("cloned_interfaces=\"vlan7\"")
                  .rcConf("ifconfig_vlan7=\"inet 198.51.100.5/24 vlan 7 vlandev hn0\"")
                  .rcConf("vlans_hn0=\"100\"")
                  .rcConf("ifconfig_hn0_100=\"inet 192.0.2.5/24\"");
          default -> Scenario.azure();
        };
    return Patient.healthy(scenario, kind.equals("transparent"), directory.resolve("root"));
  }

  private static void isHealthy(Patient patient) {
    Diagnosis diagnosis = patient.examine();
    assertThat(diagnosis.findings()).isEmpty();
    assertThat(diagnosis.notKnown()).isEmpty();
    assertThat(diagnosis.checks()).isEqualTo(Checks.ALL.size());
    assertThat(diagnosis.exitCode()).isEqualTo(ExitCode.OK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dhcp",
        "static",
        "slaac",
        "vlans",
        "two",
        "transparent",
        "old kernel",
        "own lagg"
      })
  void withoutAVfWhileItsDelayRunsAndWithIt(String kind) throws IOException, HnvfException {
    Patient patient = patient(kind);
    isHealthy(patient);
    patient.sim.host().plug(Patient.UNIT);
    isHealthy(patient);
    patient.plug();
    isHealthy(patient);
    patient.sim.host().unplug(Patient.UNIT);
    isHealthy(patient);
  }

  @Test
  void nothingIsChanged() throws IOException, HnvfException {
    Patient patient = patient("vlans");
    patient.plug();
    patient.append("/etc/rc.conf", "dhcpcd_enable=YES\n");
    patient.mode("/var/db/hnvf", "rwxrwxrwx");
    Map<String, String> before = tree();
    int commands = patient.sim.history().size();

    assertThat(patient.ids()).isNotEmpty();

    assertThat(tree()).isEqualTo(before);
    for (HistoryEntry entry :
        patient.sim.history().subList(commands, patient.sim.history().size())) {
      Command command = entry.result().command();
      assertWithMessage(command.line()).that(command.effect()).isEqualTo(Command.Effect.READS);
    }
  }

  private Map<String, String> tree() throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.toList()) {
        PosixFileAttributes facts = Files.readAttributes(file, PosixFileAttributes.class);
        all.put(
            file.toString(),
            PosixFilePermissions.toString(facts.permissions())
                + facts.lastModifiedTime()
                + (facts.isRegularFile() ? Files.readString(file) : ""));
      }
    }
    return all;
  }

  /** On a guest without hnvf the doctor does not guess. */
  @ParameterizedTest
  @ValueSource(strings = {"dhcp", "static", "transparent"})
  void unknownFactsAreShownAndAreNoFindings(String kind) {
    Scenario scenario =
        switch (kind) {
          case "static" -> Scenario.staticGuest();
          case "transparent" -> Scenario.azure().transparent();
          default -> Scenario.azure();
        };
    Patient patient = Patient.bare(scenario, directory.resolve("root"));
    patient.daemon = DaemonState.ABSENT;
    patient.path = Optional.empty();

    Diagnosis diagnosis = patient.examine();

    assertThat(diagnosis.findings()).isEmpty();
    assertThat(diagnosis.notKnown())
        .containsEntry("vf-driver", "`pciconf -l` was not found in /sbin:/bin:/usr/sbin:/usr/bin");
    assertThat(diagnosis.notKnown())
        .containsEntry("java", "hnvf is not installed on this guest under /usr/local");
    assertThat(diagnosis.notKnown()).containsKey("disk");
    assertThat(diagnosis.exitCode()).isEqualTo(ExitCode.OK);
  }
}
