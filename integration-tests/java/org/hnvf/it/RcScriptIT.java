package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.hnvf.it.Scripts.Ended;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rc.d script, as it is installed, under an rc.subr that does what the real one does with the
 * variables that are set: methods before and after, flags, environment.
 */
final class RcScriptIT {

  private static final String RC_SUBR =
      """
      load_rc_config() { . "%1$s/rc.conf"; }
      warn() { echo "WARNING: $*" >&2; }
      run_rc_command() {
        [ -n "$name" ] && [ -n "$rcvar" ] || exit 3
        [ -r "$required_files" ] || { echo "no $required_files" >&2; exit 4; }
        eval "rc_flags=\\$${name}_flags"
        case $1 in
        start)
          eval "enabled=\\$$rcvar"
          [ "$enabled" = YES ] || { echo "not enabled" >&2; exit 0; }
          $start_precmd || exit 1
          eval "env $hnvf_env $command $rc_flags $command_args" || exit 1
          $start_postcmd
          ;;
        reload)
          [ "$extra_commands" = reload ] || exit 3
          $reload_precmd || exit 1
          $reload_cmd
          ;;
        restart)
          $restart_precmd || exit 1
          echo restarted
          ;;
        esac
      }
      """;

  private final Path directory;
  private final Path prefix;
  private final Scripts scripts;
  private final Path rundir;

  RcScriptIT(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.prefix = directory.resolve("opt");
    this.rundir = directory.resolve("run");
    this.scripts = new Scripts(directory.resolve("rig"));
  }

  @BeforeEach
  void install() throws Exception {
    Ended ended =
        scripts.run(
            ImmutableMap.of(
                "PREFIX", prefix.toString(), "DESTDIR", "/", "JAVA", Scripts.JAVA.toString()),
            ImmutableList.of(Scripts.BASE.resolve("scripts/install").toString()));
    assertWithMessage(ended.err()).that(ended.status()).isEqualTo(0);
    Path daemon = scripts.fake("daemon", "echo \"$LC_ALL\" >>'" + directory + "/environment'");
    scripts.fake("sysctl", "cat '" + directory + "/transparent'");
    scripts.fake("pkill", "");
    scripts.script(prefix.resolve("sbin/hnvf"), "echo \"hnvf: the file is wrong\" >&2; exit 78\n");
    Files.delete(prefix.resolve("etc/hnvf/hnvf.json"));
    Files.writeString(directory.resolve("transparent"), "0\n");
    Files.writeString(directory.resolve("rc.subr"), RC_SUBR.formatted(directory));
    rcConf("hnvf_enable=YES\n");
    Path script = prefix.resolve("etc/rc.d/hnvf");
    String text = Files.readString(script);
    scripts.script(
        script,
        text.replace(". /etc/rc.subr", ". " + directory.resolve("rc.subr"))
            .replace("/var/run/hnvf", rundir.toString())
            .replace("/usr/sbin/daemon", daemon.toString())
            .replace("-o root -g wheel", ""));
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

  @ParameterizedTest
  @MethodSource("shells")
  void startRunsItUnderDaemonInADirectoryOfItsOwn(String shell) throws Exception {
    rcConf("hnvf_enable=YES\nhnvf_flags='--flag one'\n");
    Ended ended = rc(shell, "start");
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
    rcConf("");
    assertThat(rc("/bin/sh", "start").err()).isEqualTo("not enabled\n");
    assertThat(scripts.log().stream().filter(l -> l.startsWith("daemon"))).isEmpty();
  }

  @Test
  void withoutJavaItSaysWhatToInstall() throws Exception {
    rcConf("hnvf_enable=YES\nhnvf_java=/nowhere/java\n");
    Ended ended = rc("/bin/sh", "start");
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err()).contains("there is no /nowhere/java: install openjdk17");
  }

  @Test
  void transparentModeIsSaid() throws Exception {
    Files.writeString(directory.resolve("transparent"), "1\n");
    Ended ended = rc("/bin/sh", "start");
    assertThat(ended.err()).contains("hw.hn.vf_transparent is 1");
    assertThat(ended.status()).isEqualTo(0);
  }

  @Test
  void itStartsWithTheDefaultsWhereTheFileIsWrong() throws Exception {
    thereIsAConfiguration();
    Ended ended = rc("/bin/sh", "start");
    assertThat(ended.err()).contains("the file is wrong");
    assertThat(ended.err()).contains("hnvf starts all the same, with the defaults");
    assertThat(ended.status()).isEqualTo(0);
    assertThat(scripts.log().stream().anyMatch(l -> l.startsWith("daemon -c"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"restart", "reload"})
  void whatRunsGoesOnWhereTheFileIsWrong(String verb) throws Exception {
    thereIsAConfiguration();
    Ended ended = rc("/bin/sh", verb);
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err()).contains("the file is wrong");
    assertThat(scripts.log().stream().filter(l -> l.startsWith("pkill"))).isEmpty();
  }

  @Test
  void reloadReachesTheDaemonItself() throws Exception {
    assertThat(rc("/bin/sh", "reload").status()).isEqualTo(0);
    assertThat(scripts.log()).contains("pkill -HUP -L -F " + rundir + "/daemon.pid");
    scripts.fake("pkill", "exit 1");
    Ended ended = rc("/bin/sh", "reload");
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err()).isEqualTo("hnvf is not running.\n");
  }

  private void thereIsAConfiguration() throws IOException {
    Files.writeString(prefix.resolve("etc/hnvf/hnvf.json"), "{");
  }

  private void rcConf(String text) throws IOException {
    Files.writeString(directory.resolve("rc.conf"), text);
  }

  private Ended rc(String shell, String verb) throws Exception {
    return scripts.run(
        ImmutableMap.of(),
        ImmutableList.<String>builder()
            .addAll(Splitter.on(' ').split(shell))
            .add(prefix.resolve("etc/rc.d/hnvf").toString())
            .add(verb)
            .build());
  }
}
