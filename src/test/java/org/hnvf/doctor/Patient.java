package org.hnvf.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.hnvf.exec.DurableFiles;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.lab.EventFeed;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.Diagnosis;
import org.hnvf.model.Finding;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.service.Machine;
import org.hnvf.service.Orchestrator;
import org.hnvf.service.Wiring;
import org.hnvf.sim.GuestProgram;
import org.hnvf.sim.RcConfShell;
import org.hnvf.sim.Scenario;
import org.hnvf.sim.SimulatedGuest;
import org.hnvf.workflow.Progress;

/** A simulated guest on which hnvf is installed and enabled, with a daemon that answers. */
final class Patient {

  static final HnUnit UNIT = new HnUnit(0);
  static final String JAVA = "/usr/local/openjdk17/bin/java";
  static final String PATH = "/sbin:/bin:/usr/sbin:/usr/bin";

  static final String DEVICES =
      """
      hostb0@pci0:0:0:0:\tclass=0x060000 rev=0x03 hdr=0x00 vendor=0x8086 device=0x7192
      """;

  private static final String DF =
      """
      Filesystem  1024-blocks    Used    Avail Capacity  Mounted on
      /dev/da0p4     30444476 3208872 %s    11%%    /
      """;

  final SimulatedGuest sim;
  final Path root;
  final DurableFiles files;
  final Machine machine;
  final Orchestrator orchestrator;
  DaemonState daemon = DaemonState.ANSWERS;
  Optional<String> path = Optional.of(PATH);

  private final EventFeed feed;

  private Patient(SimulatedGuest sim) {
    this.sim = sim;
    this.root = sim.root();
    this.files = new NioDurableFiles(root);
    this.machine = new Machine(sim, files, sim.timer(), root);
    this.orchestrator = Wiring.orchestrator(machine, OwnerPolicy.ANYBODY, Progress.NONE);
    this.feed = new EventFeed(sim, event -> {});
    sim.drainEvents();
  }

  /** A guest without hnvf, with its files in a directory. */
  static Patient bare(Scenario scenario, Path directory) {
    return new Patient(
        scenario.root(directory).shell(new RcConfShell(new ProcessRunner())).start());
  }

  /** A guest with hnvf. */
  static Patient healthy(Scenario scenario, boolean transparent, Path directory)
      throws IOException {
    Patient patient = bare(scenario.rcConf("hnvf_enable=\"YES\""), directory);
    patient.install(transparent);
    return patient;
  }

  private void install(boolean transparent) throws IOException {
    String share = "/usr/local/share/java/hnvf/";
    write(share + "hnvf.jar", "");
    write(share + "installed", "");
    write("/usr/local/libexec/hnvf/archive", "#!/bin/sh\ninstalled_java=" + JAVA + "\n");
    write("/usr/local/etc/devd/hnvf.conf", Files.readString(Path.of("config/devd/hnvf.conf")));
    write(
        "/etc/devd.conf",
        """
        options {
        \tdirectory "/etc/devd";
        \tdirectory "/usr/local/etc/devd";
        };
        """);
    write("/etc/devd/hyperv.conf", rule(10, "/usr/libexec/hyperv/hyperv_vfup"));
    write(JAVA, "");
    java("openjdk 17.0.9 2023-10-17");
    write(share + "hnvf.jsa", "");
    write("/boot/loader.conf", "hw.hn.vf_transparent=\"" + (transparent ? 1 : 0) + "\"\n");
    write("/boot/kernel/kernel", "");
    write("/boot/kernel/if_lagg.ko", "");
    write("/etc/passwd", "root:*:0:0:Charlie &:/root:/bin/sh\n");
    write("/var/run/devd.pid", "415");
    write("/var/run/hnvf/daemon.pid", "900");
    Files.setPosixFilePermissions(
        at("/var/run/hnvf"), PosixFilePermissions.fromString("rwx------"));
    devices(DEVICES);
    free("24800048");
    answer(0, "-1\n", "sysctl", "-n", "kern.securelevel");
    answer(0, "None\n", "kenv", "-q", "smbios.chassis.tag");
  }

  /** A rule of devd(8) for VF_UP. */
  static String rule(int priority, String action) {
    return "notify "
        + priority
        + " {\n\tmatch \"system\" \"HYPERV_NIC_VF\";\n\tmatch \"type\" \"VF_UP\";\n\taction \""
        + action
        + "\";\n};\n";
  }

  void java(String version) {
    sim.program(JAVA, command -> new GuestProgram.Answer(0, version + "\nmore\n", ""));
  }

  void devices(String text) {
    answer(0, text, "pciconf", "-l");
  }

  void free(String kib) {
    for (String directory : ImmutableList.of("/var/db", "/var/db/hnvf")) {
      answer(0, DF.formatted(kib), "df", "-k", directory);
    }
  }

  void answer(int status, String text, String... argv) {
    sim.answers(Arrays.asList(argv), new GuestProgram.Answer(status, text, ""));
  }

  Path at(String absolute) {
    return root.resolve(absolute.substring(1));
  }

  void write(String absolute, String text) throws IOException {
    Path file = at(absolute);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, UTF_8);
  }

  void append(String absolute, String text) throws IOException {
    write(absolute, (Files.exists(at(absolute)) ? Files.readString(at(absolute)) : "") + text);
  }

  /** Makes a file look as if it had been written an hour ago. */
  void age(String absolute) throws IOException {
    Files.setLastModifiedTime(
        at(absolute), FileTime.from(Instant.now().minus(Duration.ofHours(1))));
  }

  void mode(String absolute, String permissions) throws IOException {
    Files.setPosixFilePermissions(at(absolute), PosixFilePermissions.fromString(permissions));
  }

  void plug() throws HnvfException {
    sim.host().plug(UNIT);
    feed.deliverAll(orchestrator, report -> {});
  }

  CommandResult type(String... argv) {
    return sim.run(
        Command.changing(Duration.ofMinutes(3), argv[0], Arrays.copyOfRange(argv, 1, argv.length)));
  }

  Diagnosis examine() {
    return new Doctor(machine, OwnerPolicy.ANYBODY, () -> daemon, path).examine();
  }

  ImmutableList<String> ids() {
    return examine().findings().stream()
        .map(Finding::check)
        .collect(ImmutableList.toImmutableList());
  }
}
