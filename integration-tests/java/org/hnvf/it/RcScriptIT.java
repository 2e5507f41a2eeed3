package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.hnvf.it.Scripts.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rc.d script: what start, restart and reload come to. */
final class RcScriptIT {

  private final Path directory;
  private final RcRig rig;
  private final Path prefix;
  private final Path rundir;
  private final Scripts scripts;

  RcScriptIT(@TempDir Path directory) throws IOException, InterruptedException {
    this.directory = directory;
    this.rig = new RcRig(directory);
    this.prefix = rig.prefix();
    this.rundir = rig.rundir();
    this.scripts = rig.scripts();
    scripts.fake("daemon", "echo \"$LC_ALL\" >>'" + directory + "/environment'");
    scripts.fake("sysctl", "cat '" + directory + "/transparent'");
    scripts.script(prefix.resolve("sbin/hnvf"), "echo \"hnvf: the file is wrong\" >&2; exit 78\n");
    Files.writeString(directory.resolve("transparent"), "0\n");
  }

  @Test
  void rcorderKnowsWhereItBelongs() throws IOException {
    List<String> lines = Files.readAllLines(Scripts.BASE.resolve("scripts/port/files/hnvf.in"));
    assertThat(lines)
        .containsAtLeast(
            "# PROVIDE: hnvf",
            "# REQUIRE: FILESYSTEMS netif routing devd syslogd",
            "# KEYWORD: nojail shutdown")
        .inOrder();
  }

  static ImmutableList<String> shells() {
    return EventRig.shells();
  }

  /** Each check is a Java, for which the guest waits without a daemon. */
  @Test
  void aRestartChecksTheConfigurationOnce() throws Exception {
    Path checks = directory.resolve("checks");
    scripts.script(prefix.resolve("sbin/hnvf"), "echo \"$*\" >>'" + checks + "'\n");
    scripts.fake("daemon", "echo \"$1 $2\" >>'" + directory + "/started'");
    Files.writeString(prefix.resolve("etc/hnvf/hnvf.json"), "{}");
    rig.rcConf("hnvf_enable=YES\nrig_starts_again=yes\n");

    assertThat(rig.rc("/bin/sh", "restart").status()).isEqualTo(0);

    assertThat(Files.readAllLines(checks)).containsExactly("config --check");
    assertThat(Files.readAllLines(directory.resolve("started"))).hasSize(2);
  }

  @Test
  void aDirectoryThatOthersCanEnterIsClosedToThem() throws Exception {
    Files.createDirectory(rundir);
    Files.setPosixFilePermissions(rundir, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(rig.rc("/bin/sh", "start").status()).isEqualTo(0);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(rundir)))
        .isEqualTo("rwx------");
  }

  @ParameterizedTest
  @ValueSource(strings = {"link", "file", "rwxrwx---", "rwx----w-", "another's"})
  void whereTheDirectoryIsNotRootsAloneItIsNotStarted(String kind) throws Exception {
    Path target = Files.createDirectory(rundir.resolveSibling("target"));
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    switch (kind) {
      case "link" -> Files.createSymbolicLink(rundir, target);
      case "file" -> Files.createFile(rundir);
      case "another's" -> {
        Files.createDirectory(rundir);
        rig.change("-user ", "-user 5432");
      }
      default -> {
        Files.createDirectory(rundir);
        Files.setPosixFilePermissions(rundir, PosixFilePermissions.fromString(kind));
      }
    }
    Ended ended = rig.rc("/bin/sh", "start");
    assertThat(ended.err())
        .contains(rundir + " is a link, or not root's alone: hnvf is not started");
    assertThat(ended.status()).isEqualTo(1);
    assertThat(scripts.log().stream().filter(l -> l.startsWith("daemon"))).isEmpty();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
        .isEqualTo("rwxr-xr-x");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void startRunsItUnderDaemonInADirectoryOfItsOwn(String shell) throws Exception {
    rig.rcConf("hnvf_enable=YES\nhnvf_flags='--flag one'\n");
    Ended ended = rig.rc(shell, "start");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.status()).isEqualTo(0);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(rundir)))
        .isEqualTo("rwx------");
    String run = scripts.log().stream().filter(l -> l.startsWith("daemon -c")).findFirst().get();
    List<String> words = Splitter.on(' ').splitToList(run);
    assertThat(words)
        .containsAtLeast(
            "-P", rundir + "/supervisor.pid", "-p", rundir + "/daemon.pid", "-T", "hnvf")
        .inOrder();
    assertThat(words).containsAtLeast("-R", "5").inOrder();
    assertThat(words)
        .containsAtLeast(
            Scripts.JAVA.toString(),
            "-Xmx24m",
            "-XX:SharedArchiveFile=" + prefix + "/share/java/hnvf/hnvf.jsa",
            "-Dhnvf.prefix=" + prefix,
            "-jar",
            prefix + "/share/java/hnvf/hnvf.jar",
            "daemon",
            "--flag",
            "one")
        .inOrder();
    // Were they daemon(8)'s, it would not know them.
    assertThat(words.indexOf("--flag")).isGreaterThan(words.indexOf("daemon"));
    assertThat(words.lastIndexOf("--flag")).isEqualTo(words.size() - 2);
    assertThat(Files.readAllLines(directory.resolve("environment")).get(0)).isEqualTo("C.UTF-8");
    assertThat(scripts.log())
        .contains("daemon -c -f " + prefix + "/libexec/hnvf/archive " + Scripts.JAVA);
  }

  @Test
  void notEnabledUnlessSaidSo() throws Exception {
    rig.rcConf("");
    assertThat(rig.rc("/bin/sh", "start").err()).isEqualTo("not enabled\n");
    assertThat(scripts.log().stream().filter(l -> l.startsWith("daemon"))).isEmpty();
  }

  @Test
  void withoutJavaItSaysWhatToInstall() throws Exception {
    rig.rcConf("hnvf_enable=YES\nhnvf_java=/nowhere/java\n");
    Ended ended = rig.rc("/bin/sh", "start");
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err()).contains("there is no /nowhere/java: install openjdk17");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void scriptOfTheBaseSystemThatStillRunsIsEnded(boolean runs) throws Exception {
    scripts.fake("pkill", "exit " + (runs ? 0 : 1));
    Ended ended = rig.rc("/bin/sh", "start");
    assertThat(ended.status()).isEqualTo(0);
    assertThat(scripts.log())
        .contains("pkill -f ^/bin/sh /usr/libexec/hyperv/hyperv_vf(attach|up) ");
    assertThat(ended.err().contains("was still running, and was ended")).isEqualTo(runs);
  }

  @Test
  void transparentModeIsSaid() throws Exception {
    Files.writeString(directory.resolve("transparent"), "1\n");
    Ended ended = rig.rc("/bin/sh", "start");
    assertThat(ended.err()).contains("hw.hn.vf_transparent is 1");
    assertThat(ended.status()).isEqualTo(0);
  }

  @Test
  void itStartsWithTheDefaultsWhereTheFileIsWrong() throws Exception {
    thereIsAConfiguration();
    Ended ended = rig.rc("/bin/sh", "start");
    assertThat(ended.err()).contains("the file is wrong");
    assertThat(ended.err()).contains("hnvf starts with the defaults");
    assertThat(ended.status()).isEqualTo(0);
    assertThat(scripts.log().stream().anyMatch(l -> l.startsWith("daemon -c"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"restart", "reload"})
  void whatRunsGoesOnWhereTheFileIsWrong(String verb) throws Exception {
    thereIsAConfiguration();
    Ended ended = rig.rc("/bin/sh", verb);
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err()).contains("the file is wrong");
    assertThat(scripts.log().stream().filter(l -> l.startsWith("pkill"))).isEmpty();
  }

  @Test
  void reloadReachesTheDaemonItself() throws Exception {
    assertThat(rig.rc("/bin/sh", "reload").status()).isEqualTo(0);
    assertThat(scripts.log()).contains("pkill -HUP -L -F " + rundir + "/daemon.pid");
    scripts.fake("pkill", "exit 1");
    Ended ended = rig.rc("/bin/sh", "reload");
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err()).isEqualTo("hnvf is not running.\n");
  }

  @Test
  void onecheckIsTheDoctorWithItsAnswerAlsoIfTheServiceIsOff() throws Exception {
    rig.rcConf("hnvf_enable=NO\n");
    scripts.script(prefix.resolve("sbin/hnvf"), "echo \"hnvf $*\"\n");
    Ended ended = rig.rc("/bin/sh", "onecheck");
    assertThat(ended.out()).isEqualTo("hnvf doctor\n");
    assertThat(ended.status()).isEqualTo(0);

    scripts.script(prefix.resolve("sbin/hnvf"), "exit 69\n");
    assertThat(rig.rc("/bin/sh", "onecheck").status()).isNotEqualTo(0);
  }

  private void thereIsAConfiguration() throws IOException {
    Files.writeString(prefix.resolve("etc/hnvf/hnvf.json"), "{");
  }
}
