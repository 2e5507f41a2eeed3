package org.hnvf.doctor;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hnvf.model.Diagnosis;
import org.hnvf.model.Finding;
import org.hnvf.model.Severity;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each planted fault is found, alone, and the commands of its finding clear it. */
final class PlantedFaultsTest {

  private static final String RC = "/etc/rc.conf";
  private static final String STOCK = "^/bin/sh /usr/libexec/hyperv/hyperv_vf(attach|up) ";

  /** Plants a fault in a healthy guest. */
  @FunctionalInterface
  private interface Plant {
    void in(Patient patient) throws Exception;
  }

  /** The faults whose commands are run, by their names; the first word is the check. */
  private static final ImmutableMap<String, Plant> CLEARED =
      ImmutableMap.<String, Plant>builder()
          .put("mode-at-boot", p -> p.write("/boot/loader.conf", "autoboot_delay=\"2\"\n"))
          .put("devd-rules", p -> Files.delete(p.at("/usr/local/etc/devd/hnvf.conf")))
          .put(
              "devd-rules of an unknown directory",
              p -> p.write("/etc/devd.conf", "options { directory \"/etc/devd\"; };\n"))
          .put("devd-restart", p -> p.age("/var/run/devd.pid"))
          .put("devd-off", p -> p.append(RC, "devd_enable=NO\n"))
          .put("service-off", p -> p.append(RC, "hnvf_enable=NO\n"))
          .put("daemon-absent", p -> p.daemon = DaemonState.ABSENT)
          .put("daemon-hung", p -> p.daemon = DaemonState.HUNG)
          .put("daemon-old", p -> p.age("/var/run/hnvf/daemon.pid"))
          .put("stock-script", p -> p.answer(0, "4711\n", "pgrep", "-f", STOCK))
          .put("java gone", p -> Files.delete(p.at(Patient.JAVA)))
          .put("java too old", p -> p.java("openjdk 11.0.21 2023-10-17"))
          .put("archive stale", p -> p.age("/usr/local/share/java/hnvf/hnvf.jsa"))
          .put("archive missing", p -> Files.delete(p.at("/usr/local/share/java/hnvf/hnvf.jsa")))
          .put(
              "ifconfig-default",
              p ->
                  p.write(
                      RC, Files.readString(p.at(RC)).replace("ifconfig_hn0=", "ifconfig_DEFAULT=")))
          .put(
              "azure-agent",
              p -> {
                p.append(RC, "hyperv_vf_delay=120\n");
                p.write(
                    "/usr/local/etc/waagent.conf", "# the agent\nProvisioning.MonitorHostName=y\n");
              })
          .put(
              "azure-delay",
              p ->
                  p.answer(
                      0, "7783-7084-3265-9085-8269-3286-77\n", "kenv", "-q", "smbios.chassis.tag"))
          .put(
              "cut-off",
              p -> {
                p.sim.host().plug(Patient.UNIT);
                p.type("ifconfig", "mlxen0", "up");
              })
          .put(
              "stray-dhclient on a lagg port",
              p -> {
                p.plug();
                p.sim.host().unplug(Patient.UNIT);
                p.type("dhclient", "hn0");
              })
          .put(
              "vf-address",
              p -> {
                p.sim.host().plug(Patient.UNIT);
                p.type("ifconfig", "mlxen0", "inet", "192.0.2.9/24", "alias");
                p.type("ifconfig", "mlxen0", "down");
              })
          .put(
              "pair-state",
              p -> {
                p.plug();
                p.type("ifconfig", "lagg0", "-laggport", "mlxen0");
                p.type("ifconfig", "mlxen0", "up");
              })
          .put(
              "foreign-lagg",
              p -> {
                p.type("pkill", "-x", "dhclient");
                p.type("ifconfig", "hn0", "inet", "10.0.2.15", "-alias");
                p.type(
                    "ifconfig",
                    "lagg0",
                    "create",
                    "laggproto",
                    "failover",
                    "laggport",
                    "hn0",
                    "10.0.2.15/24",
                    "up");
                p.type("route", "-q", "add", "default", "10.0.2.2");
              })
          .put(
              "vf-driver of ConnectX-5",
              p ->
                  p.devices(
                      Patient.DEVICES
                          + "none0@pci2:0:2:0:\tclass=0x020000 rev=0x80 hdr=0x00 vendor=0x15b3"
                          + " device=0x101a subvendor=0x15b3 subdevice=0x0190\n"))
          .put("other-dhcp", p -> p.append(RC, "dhcpcd_enable=YES\n"))
          .put(
              "override-script",
              p -> script(p, "/usr/local/libexec/hnvf/hyperv_vfup.hn0", "rwxrwxr-x"))
          .put(
              "override-script that is not executable",
              p -> script(p, "/usr/local/libexec/hnvf/hyperv_vfup.hn0", "rw-r--r--"))
          .put("hook", p -> script(p, "/usr/local/etc/hnvf/hooks.d/mail", "rwxrwxrwx"))
          .put(
              "hook that is not executable",
              p -> script(p, "/usr/local/etc/hnvf/hooks.d/mail", "rw-r--r--"))
          .put(
              "state-dir",
              p -> {
                Files.createDirectories(p.at("/var/db/hnvf"));
                p.mode("/var/db/hnvf", "rwxrwxrwx");
              })
          .put(
              "settings-rights",
              p -> {
                p.write("/usr/local/etc/hnvf/hnvf.json", "{}");
                p.mode("/usr/local/etc/hnvf/hnvf.json", "rw-rw-rw-");
              })
          .put(
              "clock",
              p -> {
                p.write("/var/db/hnvf/hn0.ups", "2031-01-01T00:00:00Z\n");
                p.mode("/var/db/hnvf", "rwx------");
              })
          .put("root-shell", p -> p.write("/etc/passwd", "root:*:0:0::/root:/usr/local/bin/zsh\n"))
          .put("root-path", p -> p.path = Optional.of(".:" + Patient.PATH))
          .put(
              "root-path of a csh",
              p -> {
                p.path = Optional.of(".:" + Patient.PATH);
                p.write("/etc/passwd", "root:*:0:0:Charlie &:/root:/bin/csh\n");
              })
          .buildOrThrow();

  /**
   * The faults whose commands are only read here: vi(1) and the administrator correct a text,
   * shutdown(8) and an update replace the kernel, make(1) needs the sources, and the simulated
   * guest has none of them. A disk has no free space again when an administrator has chosen what to
   * delete. link random needs an Ethernet interface without a driver, which no simulated guest has.
   */
  private static final ImmutableMap<String, Plant> BY_HAND =
      ImmutableMap.<String, Plant>builder()
          .put(
              "mode-at-boot after an edit",
              p -> p.write("/boot/loader.conf", "hw.hn.vf_transparent=1\n"))
          .put(
              "devd-rules of a rival",
              p -> p.write("/usr/local/etc/devd/mine.conf", Patient.rule(100, "/root/mine")))
          .put("rc-conf", p -> p.append(RC, "if true; then\n"))
          .put("names-hn", p -> p.write("/etc/natd.conf", "# natd\ninterface hn0\n"))
          .put("settings", p -> p.write("/usr/local/etc/hnvf/hnvf.json", "{ \"look_evry\": 5 }"))
          .put("lagg-module", p -> Files.delete(p.at("/boot/kernel/if_lagg.ko")))
          .put(
              "lagg-module at a secure level",
              p -> p.answer(0, "2\n", "sysctl", "-n", "kern.securelevel"))
          .put("disk", p -> p.free("512"))
          .buildOrThrow();

  /** The commands of each, in the order of {@link #BY_HAND}. */
  private static final ImmutableMap<String, ImmutableList<String>> TEXTS =
      ImmutableMap.<String, ImmutableList<String>>builder()
          .put("mode-at-boot after an edit", ImmutableList.of("shutdown -r now"))
          .put(
              "devd-rules of a rival",
              ImmutableList.of("vi /usr/local/etc/devd/mine.conf", "service devd restart"))
          .put("rc-conf", ImmutableList.of("vi /etc/rc.conf"))
          .put("names-hn", ImmutableList.of("vi +2 /etc/natd.conf"))
          .put(
              "settings",
              ImmutableList.of("vi /usr/local/etc/hnvf/hnvf.json", "hnvf config --check"))
          .put("lagg-module", ImmutableList.of("make -C /usr/src/sys/modules/if_lagg all install"))
          .put(
              "lagg-module at a secure level",
              ImmutableList.of(
                  "echo 'if_lagg_load=\"YES\"' >>/boot/loader.conf", "shutdown -r now"))
          .put("disk", ImmutableList.of("du -xh -t 10M /var"))
          .buildOrThrow();

  private final Path directory;

  PlantedFaultsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  static Set<String> cleared() {
    return CLEARED.keySet();
  }

  static Set<String> byHand() {
    return BY_HAND.keySet();
  }

  private static void script(Patient patient, String path, String mode) throws IOException {
    patient.write(path, "#!/bin/sh\n");
    patient.mode(path, mode);
  }

  private static String check(String name) {
    return name.replaceFirst(" .*", "");
  }

  private Patient patient() throws Exception {
    return Patient.healthy(Scenario.azure(), false, directory.resolve("root"));
  }

  private static ImmutableList<Finding> found(Patient patient, String name) {
    Diagnosis diagnosis = patient.examine();
    assertWithMessage("%s", diagnosis)
        .that(diagnosis.findings().stream().map(Finding::check).collect(Collectors.toSet()))
        .containsExactly(check(name));
    Severity worst = diagnosis.findings().get(0).severity();
    assertThat(diagnosis.exitCode()).isEqualTo(worst.exitCode());
    return diagnosis.findings();
  }

  @ParameterizedTest
  @MethodSource("cleared")
  void itIsFoundAndItsCommandsClearIt(String name) throws Exception {
    Patient patient = patient();
    requireNonNull(CLEARED.get(name)).in(patient);
    for (Finding finding : found(patient, name)) {
      for (String command : finding.commands()) {
        new GuestShell(patient).run(command);
      }
    }
    patient.sim.timer().sleep(Duration.ofSeconds(30));
    assertThat(patient.examine().findings()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("byHand")
  void itIsFoundAndItsCommandsAreThese(String name) throws Exception {
    Patient patient = patient();
    requireNonNull(BY_HAND.get(name)).in(patient);
    ImmutableList<Finding> findings = found(patient, name);
    assertThat(findings.get(0).commands()).isEqualTo(TEXTS.get(name));
  }

  /** Two sets of commands that other tests find; the others must all be planted here. */
  @Test
  void everyCheckHasAPlantedFault() {
    Set<String> elsewhere = ImmutableSet.of("vflist", "journal", "same-mac", "vf-refused");
    Set<String> planted =
        Stream.of(CLEARED, BY_HAND)
            .flatMap(faults -> faults.keySet().stream())
            .map(PlantedFaultsTest::check)
            .collect(Collectors.toSet());
    assertThat(Sets.union(planted, elsewhere))
        .containsExactlyElementsIn(Checks.ALL.stream().map(Check::id).toList());
  }

  @Test
  void tenFaultsAtOnceAreAllFound() throws Exception {
    Patient patient = patient();
    List<String> ten =
        List.of(
            "devd-restart",
            "daemon-hung",
            "java gone",
            "archive missing",
            "stock-script",
            "azure-delay",
            "vf-address",
            "names-hn",
            "settings-rights",
            "disk");
    for (String name : ten) {
      Plant plant = CLEARED.get(name);
      (plant == null ? requireNonNull(BY_HAND.get(name)) : plant).in(patient);
    }
    assertThat(patient.ids())
        .containsExactlyElementsIn(ten.stream().map(PlantedFaultsTest::check).toList());
  }
}
