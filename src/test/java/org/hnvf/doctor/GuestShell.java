package org.hnvf.doctor;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.rcconf.RcConf;
import org.hnvf.sim.GuestProgram;

/**
 * The shell of an administrator on a {@link Patient}. Programs that work on files are those of this
 * machine, with their paths under the guest's root. Those of the simulated guest run there, and the
 * verbs of hnvf are hnvf's own. The others, which neither has, are acted here.
 */
final class GuestShell {

  private static final Pattern SYSRC = Pattern.compile("sysrc ([A-Za-z0-9_]+)(\\+?)=(.*)");

  private final Patient patient;

  GuestShell(Patient patient) {
    this.patient = patient;
  }

  void run(String line) throws IOException, HnvfException {
    List<String> words = Splitter.on(' ').splitToList(line);
    switch (words.get(0)) {
      case "ifconfig", "kill" -> inGuest(line);
      case "echo", "sed", "chmod", "rm" -> onFiles(line);
      case "sysrc" -> sysrc(line);
      case "service" -> service(words.get(1));
      case "hnvf" -> hnvf(words);
      case "/usr/local/libexec/hnvf/archive" ->
          patient.write("/usr/local/share/java/hnvf/hnvf.jsa", "");
      case "pkg" -> pkg(words.get(words.size() - 1));
      case "scripts/install" ->
          patient.write(
              "/usr/local/etc/devd/hnvf.conf", Files.readString(Path.of("config/devd/hnvf.conf")));
      case "pkill" -> pkill(line);
      case "kldload" -> patient.devices(Patient.DEVICES.replace("hostb0", "mlx5_core0"));
      // Everything belongs to the user of the test, as everything of a guest does to root.
      case "chown" -> {}
      case "export" -> setPath("/bin/sh", line.substring("export PATH=".length()));
      case "setenv" -> setPath("/bin/csh", line.substring("setenv PATH ".length()));
      case "pw" -> patient.write("/etc/passwd", "root:*:0:0:Charlie &:/root:/bin/sh\n");
      default -> throw new IllegalArgumentException("the test cannot run: " + line);
    }
  }

  /** Only the shell of root has this command. */
  private void setPath(String shell, String path) throws IOException {
    if (!Files.readString(patient.at("/etc/passwd")).endsWith(":" + shell + "\n")) {
      throw new AssertionError("the shell of root is not " + shell);
    }
    patient.path = Optional.of(path);
  }

  private void inGuest(String line) {
    List<String> words = Splitter.on(' ').splitToList(line);
    CommandResult result = patient.type(words.toArray(String[]::new));
    if (!result.succeeded()) {
      throw new AssertionError(result.summary());
    }
  }

  private void onFiles(String line) {
    String there = line.replaceAll("(?<=[ >])/", Matcher.quoteReplacement(patient.root + "/"));
    CommandResult result =
        new ProcessRunner()
            .run(Command.changing(RcConf.DEFAULT_TIME_LIMIT, "/bin/sh", "-c", there));
    if (!result.succeeded()) {
      throw new AssertionError(result.summary());
    }
  }

  private void sysrc(String line) throws IOException {
    if (line.startsWith("sysrc -x ")) {
      String name = line.substring("sysrc -x ".length());
      String text = Files.readString(patient.at("/etc/rc.conf"));
      patient.write("/etc/rc.conf", text.replaceAll("(?m)^" + name + "=.*\n", ""));
      return;
    }
    Matcher assignment = SYSRC.matcher(line);
    if (!assignment.matches()) {
      throw new IllegalArgumentException("the test cannot run: " + line);
    }
    String name = assignment.group(1);
    patient.append(
        "/etc/rc.conf",
        assignment.group(2).isEmpty()
            ? name + "=" + assignment.group(3) + "\n"
            : name + "=\"${" + name + "} " + assignment.group(3) + "\"\n");
  }

  private void service(String name) throws IOException {
    switch (name) {
      case "devd" -> patient.write("/var/run/devd.pid", "415");
      case "hnvf" -> {
        patient.daemon = DaemonState.ANSWERS;
        patient.write("/var/run/hnvf/daemon.pid", "901");
      }
      default -> {}
    }
  }

  private void hnvf(List<String> words) throws HnvfException {
    InterfaceName hn = new InterfaceName(words.get(2));
    switch (words.get(1)) {
      case "vf-up" -> patient.orchestrator.vfUp(hn);
      case "vf-down" -> patient.orchestrator.vfDown(hn);
      default -> throw new IllegalArgumentException("the test cannot run: " + words);
    }
  }

  private void pkg(String name) throws IOException {
    patient.write("/usr/local/" + name + "/bin/java", "");
    patient.java("openjdk 17.0.9 2023-10-17");
    patient.sim.program(
        "/usr/local/" + name + "/bin/java",
        command -> new GuestProgram.Answer(0, "openjdk 17.0.9 2023-10-17\n", ""));
  }

  private void pkill(String line) {
    String pattern = line.substring("pkill -f ".length()).replace("'", "");
    patient.answer(1, "", "pgrep", "-f", pattern);
  }
}
