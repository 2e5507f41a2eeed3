package org.hnvf.doctor;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.hnvf.report.DiagnosisView;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole output, as an administrator reads it; {@code -Dhnvf.doctor=write} writes it. */
final class GoldenDoctorTest {

  private static final Path GOLDEN = Path.of("src/test/resources/org/hnvf/doctor");

  private final Path root;

  GoldenDoctorTest(@TempDir Path directory) {
    this.root = directory.resolve("root");
  }

  private static void isAsIn(String file, Patient patient) throws IOException {
    String text = DiagnosisView.text(patient.examine());
    Path golden = GOLDEN.resolve(file);
    if ("write".equals(System.getProperty("hnvf.doctor"))) {
      Files.writeString(golden, text);
    }
    assertThat(text).isEqualTo(Files.readString(golden));
    for (String line : text.lines().toList()) {
      assertWithMessage(line).that(line.length()).isAtMost(80);
    }
  }

  @Test
  void healthy() throws IOException {
    isAsIn("healthy.txt", Patient.healthy(Scenario.staticGuest(), false, root));
  }

  @Test
  void transparent() throws IOException {
    isAsIn("transparent.txt", Patient.healthy(Scenario.azure().transparent(), true, root));
  }

  @Test
  void sandboxWithoutHnvf() throws IOException {
    Patient patient = Patient.bare(Scenario.azure(), root);
    patient.daemon = DaemonState.ABSENT;
    patient.path = Optional.empty();
    isAsIn("not-installed.txt", patient);
  }

  @Test
  void manyFaults() throws IOException {
    Patient patient = Patient.healthy(Scenario.azure(), false, root);
    patient.age("/var/run/devd.pid");
    patient.daemon = DaemonState.HUNG;
    Files.delete(patient.at(Patient.JAVA));
    Files.delete(patient.at("/usr/local/share/java/hnvf/hnvf.jsa"));
    patient.answer(
        0, "4711\n", "pgrep", "-f", "^/bin/sh /usr/libexec/hyperv/hyperv_vf(attach|up) ");
    patient.answer(0, "7783-7084-3265-9085-8269-3286-77\n", "kenv", "-q", "smbios.chassis.tag");
    patient.sim.host().plug(Patient.UNIT);
    patient.type("ifconfig", "mlxen0", "inet", "192.0.2.9/24", "alias");
    patient.type("ifconfig", "mlxen0", "down");
    patient.write("/etc/natd.conf", "# natd\ninterface hn0\n");
    patient.write("/usr/local/etc/hnvf/hnvf.json", "{}");
    patient.mode("/usr/local/etc/hnvf/hnvf.json", "rw-rw-rw-");
    patient.free("512");
    isAsIn("ten-faults.txt", patient);
  }
}
