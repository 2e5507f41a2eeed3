package org.hnvf.override;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hnvf.exec.CommandRunner;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.CommandResult.Exited;
import org.hnvf.model.CommandResult.TimedOut;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.SystemException;
import org.hnvf.override.OverrideScript.Accepted;
import org.hnvf.override.OverrideScript.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OverrideScriptsTest {

  private static final String OURS = "/usr/local/libexec/hnvf/hyperv_vfup.hn0";
  private static final String STOCK = "/usr/libexec/hyperv/hyperv_vfup.hn0";
  private static final InterfaceName HN0 = new InterfaceName("hn0");
  private static final OverrideOccasion VF_UP =
      new OverrideOccasion(
          HN0,
          Optional.of(new InterfaceName("mlxen0")),
          Optional.of(new InterfaceName("lagg0")),
          "VF_UP");

  private final FileSystem memory =
      Jimfs.newFileSystem(
          Configuration.unix().toBuilder()
              .setAttributeViews("basic", "owner", "posix")
              .setDefaultAttributeValue("owner:owner", "root")
              .setDefaultAttributeValue("posix:permissions", "rwxr-xr-x")
              .build());
  private final List<Command> commands = new ArrayList<>();
  private final CommandRunner recorder =
      command -> {
        commands.add(command);
        return new CommandResult(command, new Exited(7), "out\n", "err\n", Duration.ZERO);
      };
  private final OverrideScripts scripts =
      new OverrideScripts(
          memory.getPath("/"), "/usr/local", recorder, OwnerPolicy.ROOT, Duration.ofMinutes(1));

  @Test
  void scriptOfTheBaseSystemsPlaceIsFound() throws IOException {
    create(STOCK);

    assertThat(scripts.find(HN0)).hasValue(new Accepted(STOCK));
  }

  @Test
  void scriptOfOurPlaceIsFound() throws IOException {
    create(OURS);

    assertThat(scripts.find(HN0)).hasValue(new Accepted(OURS));
  }

  @Test
  void ourPlaceComesFirst() throws IOException {
    create(STOCK);
    create(OURS);

    assertThat(scripts.find(HN0)).hasValue(new Accepted(OURS));
  }

  @Test
  void refusedScriptInTheFirstPlaceDoesNotLetTheSecondRun() throws IOException {
    create(STOCK);
    create(OURS);
    Files.setPosixFilePermissions(
        memory.getPath(OURS), PosixFilePermissions.fromString("rwxrwxr-x"));

    assertThat(scripts.find(HN0))
        .hasValue(new Refused(OURS, OURS + " is writable by group or others (mode 0775)"));
  }

  @Test
  void scriptIsForItsInterfaceOnly() throws IOException {
    create(STOCK);

    assertThat(scripts.find(new InterfaceName("hn1"))).isEmpty();
    assertThat(scripts.find(new InterfaceName("hn00"))).isEmpty();
  }

  @Test
  void findingRunsNothing() throws IOException {
    create(STOCK);

    assertThat(scripts.find(HN0)).isPresent();
    assertThat(commands).isEmpty();
  }

  @Test
  void scriptIsRunWithoutArgumentsAndWithFourVariables() {
    CommandResult result = scripts.run(new Accepted(OURS), VF_UP);

    assertThat(commands)
        .containsExactly(
            new Command(
                OURS,
                ImmutableList.of(),
                Duration.ofSeconds(60),
                Command.Effect.CHANGES,
                true,
                ImmutableMap.of(
                    "HNVF_HN", "hn0",
                    "HNVF_VF", "mlxen0",
                    "HNVF_LAGG", "lagg0",
                    "HNVF_EVENT", "VF_UP")));
    assertThat(result.ending()).isEqualTo(new Exited(7));
    assertThat(result.stdout()).isEqualTo("out\n");
    assertThat(result.stderr()).isEqualTo("err\n");
  }

  @Test
  void whatIsNotThereIsAnEmptyVariable() {
    CommandResult result =
        scripts.run(
            new Accepted(OURS),
            new OverrideOccasion(HN0, Optional.empty(), Optional.empty(), "VF_DOWN"));

    assertThat(result.command().environment())
        .containsExactly("HNVF_HN", "hn0", "HNVF_VF", "", "HNVF_LAGG", "", "HNVF_EVENT", "VF_DOWN");
  }

  @Test
  void ourPlaceIsWhereHnvfIsInstalled() throws IOException {
    create(OURS);
    create("/opt/libexec/hnvf/hyperv_vfup.hn0");
    OverrideScripts elsewhere =
        new OverrideScripts(
            memory.getPath("/"), "/opt", recorder, OwnerPolicy.ROOT, Duration.ofMinutes(1));
    assertThat(elsewhere.find(HN0)).hasValue(new Accepted("/opt/libexec/hnvf/hyperv_vfup.hn0"));
  }

  @Test
  void timeLimitIsTheCallersWhereOneIsGiven() {
    OverrideScripts patient =
        new OverrideScripts(
            memory.getPath("/"), "/usr/local", recorder, OwnerPolicy.ROOT, Duration.ofMinutes(10));

    assertThat(patient.run(new Accepted(OURS), VF_UP).command().timeLimit())
        .isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void realScriptSeesItsNameItsVariablesAndNothingElse(@TempDir Path directory) throws IOException {
    Path script = real(directory, "echo \"$# ${0##*.}\"; pwd; env | sort; cat; exit 3");

    CommandResult result = onThisMachine(Duration.ofMinutes(5)).run(accepted(script), VF_UP);

    assertThat(result.ending()).isEqualTo(new Exited(3));
    assertThat(result.stdout().lines().filter(line -> !isOfTheShell(line)).toList())
        .containsExactly(
            "0 hn0",
            "/",
            "HNVF_EVENT=VF_UP",
            "HNVF_HN=hn0",
            "HNVF_LAGG=lagg0",
            "HNVF_VF=mlxen0",
            "PATH=/sbin:/bin:/usr/sbin:/usr/bin")
        .inOrder();
  }

  @Test
  void realScriptThatHangsIsEnded(@TempDir Path directory) throws IOException {
    Path script = real(directory, "while :; do sleep 600; done");

    CommandResult result = onThisMachine(Duration.ofMillis(200)).run(accepted(script), VF_UP);

    assertThat(result.ending()).isEqualTo(new TimedOut(Duration.ofMillis(200)));
  }

  /** Variables that sh(1) itself adds on some systems. */
  private static boolean isOfTheShell(String line) {
    return line.startsWith("PWD=")
        || line.startsWith("OLDPWD=")
        || line.startsWith("_=")
        || line.startsWith("SHLVL=");
  }

  @Test
  void scriptWithoutItsInterpreterIsRefused() throws IOException {
    create(STOCK);
    Files.writeString(memory.getPath(STOCK), "#!/nowhere/bash\n");

    assertThat(scripts.find(HN0).orElseThrow()).isInstanceOf(Refused.class);
    assertThat(scripts.entry(HN0).orElseThrow().faults())
        .containsExactly(
            STOCK
                + " needs the interpreter /nowhere/bash, which does not exist or is not"
                + " executable");
  }

  @Test
  void everyFaultOfAScriptIsNamed() throws IOException {
    create(STOCK);
    Files.setPosixFilePermissions(
        memory.getPath(STOCK), PosixFilePermissions.fromString("rw-rw-r--"));

    assertThat(scripts.entry(HN0).orElseThrow().faults())
        .containsExactly(
            STOCK + " is writable by group or others (mode 0664)", STOCK + " is not executable")
        .inOrder();
  }

  @Test
  void everyScriptIsListedWithItsFaults() throws Exception {
    create(STOCK);
    create(OURS);
    create("/usr/libexec/hyperv/hyperv_vfup.hn1");
    create("/usr/libexec/hyperv/hyperv_vfdown.hn1");
    create("/usr/libexec/hyperv/hyperv_vfup.4\u001b");
    create("/usr/libexec/hyperv/hyperv_vfup");
    create("/usr/libexec/hyperv/hyperv_vfattach");

    assertThat(scripts.entries())
        .containsExactly(
            new OverrideEntry(OURS, Optional.of(HN0), "owner root mode 0755", ImmutableList.of()),
            new OverrideEntry(
                "/usr/libexec/hyperv/hyperv_vfdown.hn1",
                Optional.of(new InterfaceName("hn1")),
                "owner root mode 0755",
                ImmutableList.of("hnvf runs no script of this name, only hyperv_vfup.hnX")),
            new OverrideEntry(
                "/usr/libexec/hyperv/hyperv_vfup.4\u001b",
                Optional.empty(),
                "owner root mode 0755",
                ImmutableList.of("no interface can have the name after hyperv_vfup.")),
            new OverrideEntry(
                STOCK,
                Optional.of(HN0),
                "owner root mode 0755",
                ImmutableList.of(OURS + " comes before it")),
            new OverrideEntry(
                "/usr/libexec/hyperv/hyperv_vfup.hn1",
                Optional.of(new InterfaceName("hn1")),
                "owner root mode 0755",
                ImmutableList.of()))
        .inOrder();
    assertThat(commands).isEmpty();
  }

  @Test
  void noDirectoryHasNoScript() throws Exception {
    assertThat(scripts.entries()).isEmpty();
  }

  @Test
  void fileInThePlaceOfTheDirectoryIsReported() throws IOException {
    create("/usr/libexec/hyperv");

    assertThat(assertThrows(SystemException.class, scripts::entries).getMessage())
        .contains("cannot list the override scripts in /usr/libexec/hyperv");
  }

  @Test
  void syntaxIsCheckedOfScriptsForShOnly() throws Exception {
    create(STOCK);

    assertThat(scripts.syntaxCheck(STOCK, "/guest").orElseThrow().argv())
        .containsExactly("/bin/sh", "-n", "/guest" + STOCK)
        .inOrder();
    Files.writeString(memory.getPath(STOCK), "#!/bin/csh\n");
    assertThat(scripts.syntaxCheck(STOCK, "")).isEmpty();
  }

  private OverrideScripts onThisMachine(Duration timeLimit) {
    return new OverrideScripts(
        Path.of("/"), "/usr/local", new ProcessRunner(), OwnerPolicy.ROOT, timeLimit);
  }

  private static Accepted accepted(Path script) {
    return new Accepted(script.toString());
  }

  private static Path real(Path directory, String lines) throws IOException {
    Path script = directory.resolve("hyperv_vfup.hn0");
    Files.writeString(script, "#!/bin/sh\n" + lines + "\n");
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void create(String path) throws IOException {
    Path file = memory.getPath(path);
    Files.createDirectories(file.resolve("..").normalize());
    Files.createFile(file);
  }
}
