package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.hnvf.it.Scripts.Ended;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code service hnvf stop}, with real processes and signals: a supervisor that does what daemon(8)
 * does, on FreeBSD 14 and later or on 13, and something in the place of Java.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RcStopIT {

  private static final String UNFINISHED = "hnvf journal 1\nunit 0\nplan\n  1 x\nrun\n";

  /** Java, that ends a moment after it was asked to. */
  private static final String ORDERLY =
      """
      trap 'sleep 0.5; : >"%1$s/orderly"; exit 0' TERM
      : >"%1$s/up"
      while :; do sleep 0.1; done
      """;

  private static final String DAEMON_OF_14 =
      """
      pass='stop=yes; [ -z "$pid" ] || kill -TERM "$pid"'
      stop= pid=
      trap "$pass" TERM
      while :; do
        "$@" & pid=$!
        printf %s "$pid" >"$child"
        while kill -0 "$pid" 2>/dev/null; do wait "$pid"; done
        pid=
        [ -z "$stop" ] || break
        trap '' TERM
        : >"$scratch/pause"
        sleep "$delay"
        trap "$pass" TERM
      done
      rm -f "$supervisor" "$child"
      """;

  private static final String DAEMON_OF_13 =
      """
      trap 'kill -TERM "$pid"; rm -f "$supervisor" "$child"; exit 1' TERM
      "$@" & pid=$!
      printf %s "$pid" >"$child"
      while kill -0 "$pid" 2>/dev/null; do wait "$pid"; done
      """;

  private final Path directory;
  private final RcRig rig;
  private final Scripts scripts;
  private final Path state;

  RcStopIT(@TempDir Path directory) throws IOException, InterruptedException {
    this.directory = directory.toRealPath();
    this.rig = new RcRig(this.directory);
    this.scripts = rig.scripts();
    this.state = Files.createDirectories(this.directory.resolve("state"));
    rig.change("/var/db/hnvf", state.toString());
    rig.change("hnvf_again=3", "hnvf_again=1");
    scripts.fake(
        "sysctl", "[ \"$1 $2\" != '-N dev.hn' ] || printf 'dev.hn.%s\\n' 0.vf 0.rxvf 1.vf %parent");
    // pwait(1) of FreeBSD: 124 where the time is over. A zombie has ended. For one that was stopped
    // the time is over as soon as all others have ended: it will not, and a second tells no more.
    scripts.fake(
        "pwait",
        """
        [ "$1" = -t ] || exit 64
        left=$(($2 * 10))
        shift 2
        while :; do
          runs= stopped=
          for pid; do
            case $(ps -o stat= -p "$pid") in
            '' | Z*) ;;
            T*) stopped=yes ;;
            *) runs=yes ;;
            esac
          done
          [ -n "$runs$stopped" ] || exit 0
          [ -n "$runs" ] && [ "$left" -gt 0 ] || exit 124
          left=$((left - 1))
          sleep 0.1
        done
        """);
    front("");
    java(ORDERLY);
    supervisor(DAEMON_OF_14);
  }

  @AfterEach
  void end() throws IOException {
    Installation.patiently()
        .until(
            () -> {
              ImmutableList<ProcessHandle> left = running(directory + "/");
              left.forEach(ProcessHandle::destroyForcibly);
              return left.isEmpty();
            });
  }

  static ImmutableList<String> shells() {
    return EventRig.shells();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void aDaemonThatEndsIsWaitedFor(String shell) throws Exception {
    start();
    Ended ended = rig.rc(shell, "stop");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).isEqualTo("Stopping hnvf.\n");
    assertThat(ended.status()).isEqualTo(0);
    assertThat(Files.exists(directory.resolve("orderly"))).isTrue();
    assertNobodyRuns();
    assertThat(looks()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void alsoWhereDaemonOfFreeBsd13DoesNotWait(String shell) throws Exception {
    supervisor(DAEMON_OF_13);
    start();
    Ended ended = rig.rc(shell, "stop");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.status()).isEqualTo(0);
    assertThat(Files.exists(directory.resolve("orderly"))).isTrue();
    assertNobodyRuns();
  }

  @ParameterizedTest
  @ValueSource(strings = {DAEMON_OF_14, DAEMON_OF_13})
  void aDaemonThatHangsIsKilledAndThePairsAreLookedAt(String supervisor) throws Exception {
    rig.change("hnvf_patience=75", "hnvf_patience=3");
    supervisor(supervisor);
    start();
    String pid = Files.readString(rig.rundir().resolve("daemon.pid"));
    signal("STOP", pid);
    Ended ended = rig.rc("/bin/sh", "stop");
    assertThat(ended.err())
        .startsWith("WARNING: process " + pid + " did not end within 3 s: killed, which is safe;");
    assertThat(ended.status()).isEqualTo(0);
    assertNobodyRuns();
    // It may have taken an event of any pair.
    assertThat(looks()).containsExactly("hnvf vf-down hn0", "hnvf vf-down hn1").inOrder();
  }

  @Test
  void aSupervisorThatHangsKeepsNobodyAlive() throws Exception {
    rig.change("hnvf_patience=75", "hnvf_patience=30");
    start();
    signal("STOP", Files.readString(rig.rundir().resolve("supervisor.pid")));
    Ended ended = rig.rc("/bin/sh", "stop");
    assertThat(ended.status()).isEqualTo(0);
    // It heard of the end by itself.
    assertThat(Files.exists(directory.resolve("orderly"))).isTrue();
    assertThat(ended.err()).contains("did not end within 30 s: killed");
    assertNobodyRuns();
  }

  @Test
  void aSignalThatIsLostInThePauseBeforeARestartIsSentAgain() throws Exception {
    rig.rcConf(
        "hnvf_enable=YES\nhnvf_restart_delay=2\nhnvf_java=" + directory.resolve("java") + "\n");
    java("[ -e \"%1$s/crashed\" ] || { : >\"%1$s/crashed\"; exit 70; }\n" + ORDERLY);
    Ended started = rig.rc("/bin/sh", "start");
    assertWithMessage(started.err()).that(started.status()).isEqualTo(0);
    Installation.patiently().until(() -> Files.exists(directory.resolve("pause")));
    Ended ended = rig.rc("/bin/sh", "stop");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.status()).isEqualTo(0);
    assertNobodyRuns();
  }

  @Test
  void aDaemonWhoseSupervisorWasKilledIsFoundByItsOwnPidFile() throws Exception {
    start();
    signal("KILL", Files.readString(rig.rundir().resolve("supervisor.pid")));
    Installation.patiently().until(() -> running(directory + "/supervise").isEmpty());

    Ended second = rig.rc("/bin/sh", "start");
    assertThat(second.status()).isEqualTo(1);
    assertThat(second.err()).contains("is an hnvf daemon without daemon(8): service hnvf stop");

    Ended ended = rig.rc("/bin/sh", "stop");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.status()).isEqualTo(0);
    assertThat(Files.exists(directory.resolve("orderly"))).isTrue();
    assertNobodyRuns();
  }

  @Test
  void somebodyElseWithTheNumberOfADeadDaemonIsLeftAlone() throws Exception {
    Process stranger = new ProcessBuilder("sleep", "1000").start();
    try {
      Files.createDirectories(rig.rundir());
      Files.writeString(rig.rundir().resolve("daemon.pid"), "" + stranger.pid());
      Ended ended = rig.rc("/bin/sh", "stop");
      assertThat(ended.err()).isEqualTo("hnvf is not running.\n");
      assertThat(ended.status()).isEqualTo(1);
      assertThat(stranger.isAlive()).isTrue();
      assertThat(rig.rc("/bin/sh", "faststop").status()).isEqualTo(0);
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void whatTheDaemonLeavesUnfinishedIsFinishedBeforeStopReturns() throws Exception {
    Files.writeString(state.resolve("hn0.journal"), UNFINISHED);
    Path history = Files.createDirectory(state.resolve("history"));
    Path finished = history.resolve("20261122T132000.000Z-hn0.journal");
    Files.writeString(
        history.resolve("20261122T131000.000Z-hn1.journal"), UNFINISHED + "outcome done\n");
    // The terminal may be lost in it: it may be one over this very network.
    front("kill -HUP \"$$\"; mv '" + state + "'/\"$2.journal\" '" + finished + "'");
    start();
    Ended ended = rig.rc("/bin/sh", "stop");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).contains("Looking at hn0 once more");
    assertThat(ended.status()).isEqualTo(0);
    assertThat(looks()).containsExactly("hnvf vf-down hn0");
    assertThat(Files.exists(finished)).isTrue();
  }

  @Test
  void whatCannotBeFinishedIsSaid() throws Exception {
    Files.writeString(state.resolve("hn0.journal"), UNFINISHED);
    front("exit 75");
    start();
    Ended ended = rig.rc("/bin/sh", "stop");
    assertThat(ended.err())
        .isEqualTo(
            "WARNING: "
                + state
                + "/hn0.journal is still unfinished: service hnvf start, or hnvf vf-down hn0,"
                + " finishes it\n");
    assertThat(ended.status()).isEqualTo(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"restart", "faststop"})
  void aStartOrABootThatFollowsFinishesItInstead(String verb) throws Exception {
    Files.writeString(state.resolve("hn0.journal"), UNFINISHED);
    start();
    Ended ended = rig.rc("/bin/sh", verb);
    assertThat(ended.err()).isEmpty();
    assertThat(ended.status()).isEqualTo(0);
    assertNobodyRuns();
    assertThat(looks()).isEmpty();
  }

  private void front(String body) throws IOException {
    scripts.script(
        rig.prefix().resolve("sbin/hnvf"),
        "echo \"hnvf $*\" >>'" + scripts.logFile() + "'\n" + body + "\n");
  }

  private void java(String body) throws IOException {
    scripts.script(directory.resolve("java"), body.formatted(directory));
    rig.rcConf("hnvf_enable=YES\nhnvf_java=" + directory.resolve("java") + "\n");
  }

  private void supervisor(String body) throws IOException {
    scripts.script(
        directory.resolve("supervise"),
        "scratch=$1 supervisor=$2 child=$3 delay=$4\nshift 4\n"
            + "printf %s \"$$\" >\"$supervisor\"\n"
            + body);
    scripts.fake(
        "daemon",
        """
        supervisor= child= delay=1
        while [ $# -gt 0 ] && [ "${1##*/}" != java ]; do
          case $1 in
          -P) supervisor=$2 ;;
          -p) child=$2 ;;
          -R) delay=$2 ;;
          esac
          shift
        done
        [ -n "$supervisor" ] || exit 0
        exec setsid -f '%1$s/supervise' '%1$s' "$supervisor" "$child" "$delay" "$@" >>'%1$s/said' 2>&1
        """
            .formatted(directory));
  }

  private void start() throws Exception {
    Ended started = rig.rc("/bin/sh", "start");
    assertWithMessage(started.err()).that(started.status()).isEqualTo(0);
    Path pid = rig.rundir().resolve("daemon.pid");
    Installation.patiently()
        .until(
            () ->
                Files.exists(directory.resolve("up"))
                    && Files.exists(pid)
                    && !Files.readString(pid).isEmpty());
  }

  private void signal(String name, String pid) throws Exception {
    assertThat(scripts.run("/bin/sh", "-c", "kill -s " + name + " " + pid).status()).isEqualTo(0);
  }

  private ImmutableList<String> looks() throws IOException {
    return scripts.log().stream()
        .filter(line -> line.startsWith("hnvf "))
        .collect(ImmutableList.toImmutableList());
  }

  private void assertNobodyRuns() {
    assertThat(running(directory + "/supervise")).isEmpty();
    assertThat(running(directory + "/java ")).isEmpty();
  }

  private static ImmutableList<ProcessHandle> running(String words) {
    return ProcessHandle.allProcesses()
        .filter(p -> p.info().commandLine().orElse("").contains(words))
        .collect(ImmutableList.toImmutableList());
  }
}
