package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code scripts/event} where a daemon hears devd's socket itself. */
@Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class EventHeardIT {

  private static final long ALIVE = ProcessHandle.current().pid();
  private static final String ONE_SHOT =
      "hnvf event '!system=HYPERV_NIC_VF subsystem=hn0 type=VF_UP'";
  private static final String NAP = "sleep 5";
  private static final String WATCHES = "sleep 15";
  private static final String CAME = ": >\"$rig/hn0.came\"\n";

  private final EventRig rig;

  EventHeardIT(@TempDir Path directory) throws IOException {
    this.rig = new EventRig(directory, EventRig.SHELL);
    rig.daemonHears(ALIVE, "hn0 mlxen0");
    rig.write("hn0.lagg", "lagg0\n");
  }

  /** One process for an event, the script itself: it finds no program to start. */
  private void nothingIsStartedFor(EventRig its, String event)
      throws IOException, InterruptedException {
    for (String program : ImmutableList.of("daemon", "nc", "sysctl", "ifconfig", "rm", "ls")) {
      its.removeProgram(program);
    }
    its.start(event.split(" ", -1));
    assertThat(its.read("log")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vf_down hn0",
        "detach mlxen0",
        "detach em0",
        "rename hn0 wan0",
        "link_down hn0",
        "link_down em0",
        "link_up hn0",
        "link_up lagg0",
        "attach lagg0",
        "attach mlxen0",
        "ifattach lagg0",
        "ifattach epair0a",
      })
  void nothingIsStarted(String event, @TempDir Path scratch)
      throws IOException, InterruptedException {
    for (String shell : EventRig.SHELLS) {
      EventRig its = new EventRig(scratch.resolve(shell.replaceAll("\\W", "_")), shell);
      its.daemonHears(ALIVE, "hn0 mlxen0");
      its.write("hn0.lagg", "lagg0\n");
      nothingIsStartedFor(its, event);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"link_up lagg3", "attach lagg3", "link_up hn1"})
  void norForALaggThatIsAboutToBeMade(String event) throws IOException, InterruptedException {
    rig.write("hn1.lagg", "lagg3\n");
    nothingIsStartedFor(rig, event);
  }

  @ParameterizedTest
  @CsvSource({
    "link_up em0, service dhclient quietstart em0",
    "attach em0, pccard_ether em0 start",
    "link_up vm-public, service dhclient quietstart vm-public",
    "attach vm-public, pccard_ether vm-public start",
    "link_up hn1, service dhclient quietstart hn1",
    "link_up lagg7, service dhclient quietstart lagg7",
  })
  void anotherInterfaceGetsItsAction(String event, String expected)
      throws IOException, InterruptedException {
    assertThat(rig.run(event.split(" ", -1))).containsExactly(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "x\n\n", "1 2\n\n", "4194305\nhn0\n", "DEAD\nhn0\n", "ALIVE\n"})
  void aFileThatNobodyStandsForIsNone(String text) throws IOException, InterruptedException {
    Process dead = new ProcessBuilder("true").start();
    assertThat(dead.waitFor()).isEqualTo(0);
    rig.write("ready", text.replace("DEAD", "" + dead.pid()).replace("ALIVE", "" + ALIVE));

    assertThat(rig.run("vf_up", "hn0")).containsExactly(ONE_SHOT);
  }

  /** The administrator's own: it has hn0 as a port, and rc.conf configures it. */
  @Test
  void aLaggThatHnvfHasNotMadeGetsItsAction() throws IOException, InterruptedException {
    Files.delete(rig.path("hn0.lagg"));
    rig.rcConf("hnvf_enable=YES\nifconfig_lagg0=DHCP\n");

    assertThat(rig.run("link_up", "lagg0")).containsExactly("service dhclient quietstart lagg0");
  }

  /** A VF that is up without a link keeps the traffic, and the daemon may have been stopped. */
  @Test
  void whereAVfLosesItsLinkTheDaemonHasToAnswer() throws IOException, InterruptedException {
    assertThat(rig.run("link_down", "mlxen0"))
        .containsExactly("hnvf event '!system=IFNET subsystem=mlxen0 type=LINK_DOWN'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rename hn0 vm-pub", "vf_down wan-0"})
  void aNameThatHnvfDoesNotActOnIsTold(String event) throws IOException, InterruptedException {
    assertThat(rig.run(event.split(" ", -1)).get(0)).contains("does not act on interfaces");
  }

  @Test
  void aWatchThatWasToldAlreadyIsNotReliedOn() throws IOException, InterruptedException {
    rig.write("hn0.watcher", ALIVE + "\n");
    rig.write("hn0.came", "");

    assertThat(rig.run("vf_up", "hn0")).containsExactly(WATCHES);
  }

  @Test
  void aVfUpWakesTheWatchThatSleeps() throws IOException, InterruptedException {
    rig.write("hn0.watcher", ALIVE + "\n");

    nothingIsStartedFor(rig, "vf_up hn0");

    assertThat(Files.exists(rig.path("hn0.came"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "4194305\n", "x\n"})
  void whereNoneSleepsOneIsStarted(String watcher) throws IOException, InterruptedException {
    rig.write("hn0.watcher", watcher);

    assertThat(rig.run("vf_up", "hn0")).containsExactly(WATCHES);
  }

  @Test
  void aVfThatAttachesHasAWatchWhichSleepsUntilItComes() throws IOException, InterruptedException {
    rig.noLagg();
    rig.write("on-hnvf", "printf 'lagg0\\n' >\"$rig/ifconfig/-g lagg\"\n");
    rig.write("on-sleep", "cp \"$rig/hn0.watcher\" \"$rig/seen\" || :\n" + CAME);

    ImmutableList<String> ran = rig.run("ifattach", "mlxen0");

    assertThat(ran).containsAtLeast(NAP, WATCHES, ONE_SHOT).inOrder();
    assertThat(Collections.frequency(ran, NAP)).isEqualTo(1);
    assertThat(rig.read("seen").strip()).matches("[0-9]+");
    assertThat(Files.exists(rig.path("hn0.watcher"))).isFalse();
    assertThat(Files.exists(rig.path("hn0.came"))).isFalse();
  }

  @Test
  void whereItIsInItsLaggByThenNothingIsDone() throws IOException, InterruptedException {
    rig.write("on-sleep", CAME);

    assertThat(rig.run("ifattach", "mlxen0")).containsExactly(NAP, WATCHES);
  }

  @Test
  void whereItNeverComesTheWatchEnds() throws IOException, InterruptedException {
    ImmutableList<String> ran = rig.run("ifattach", "mlxen0");

    assertThat(ran).containsExactlyElementsIn(Collections.nCopies(61, NAP));
    assertThat(Files.exists(rig.path("hn0.watcher"))).isFalse();
  }

  /** One that was stopped is alive, and does nothing. */
  @Test
  void whereTheDaemonDoesNotAnswerHnvfIsStartedForTheVf() throws IOException, InterruptedException {
    rig.theDaemonMayTake(Duration.ofSeconds(1));
    rig.write("on-sleep", CAME);
    try (FakeDaemon hung = FakeDaemon.hung(rig.socket())) {
      ImmutableList<String> ran = rig.run("ifattach", "mlxen0");

      assertThat(ran)
          .containsExactly(
              NAP,
              "logger: the daemon does not answer: hnvf is started for mlxen0",
              "hnvf event '!system=ETHERNET subsystem=mlxen0 type=IFATTACH'",
              WATCHES)
          .inOrder();
      hung.wakeUp("ok\n");
    }
  }

  @Test
  void whereItAnswersNoneIs() throws IOException, InterruptedException {
    rig.write("on-sleep", CAME);
    try (FakeDaemon daemon = FakeDaemon.answering(rig.socket(), "ok\n")) {
      assertThat(rig.run("ifattach", "mlxen0")).containsExactly(NAP, WATCHES);
      assertThat(daemon.asked())
          .containsExactly("event !system=IFNET subsystem=mlxen0 type=LINK_UP\n");
    }
  }

  /** The watch of a VF that went again sleeps; the daemon may have been stopped since. */
  @Test
  void anotherVfThatAttachesMeanwhileIsAskedForAsWell() throws IOException, InterruptedException {
    rig.write(
        "on-sleep",
        "echo >>\"$rig/naps\"\n"
            + "[ \"$(wc -l <\"$rig/naps\")\" -ne 2 ] || echo >\"$rig/hn0.again\"\n"
            + "[ \"$(wc -l <\"$rig/naps\")\" -lt 4 ] || "
            + CAME);
    try (FakeDaemon daemon = FakeDaemon.answering(rig.socket(), "ok\n")) {
      assertThat(rig.run("ifattach", "mlxen0")).containsExactly(NAP, NAP, NAP, NAP, WATCHES);
      assertThat(daemon.asked())
          .containsExactly(
              "event !system=IFNET subsystem=mlxen0 type=LINK_UP\n",
              "event !system=IFNET subsystem=mlxen0 type=LINK_UP\n");
    }
    assertThat(Files.exists(rig.path("hn0.again"))).isFalse();
  }

  @Test
  void aVfThatAttachesTellsTheWatchThatSleeps() throws IOException, InterruptedException {
    Process asleep =
        new ProcessBuilder(
                "flock", rig.path("hn0.attached").toString(), "sh", "-c", "echo; exec cat")
            .start();
    try {
      assertThat(asleep.getInputStream().read()).isEqualTo('\n');

      assertThat(rig.run("ifattach", "mlxen0")).isEmpty();

      assertThat(Files.exists(rig.path("hn0.again"))).isTrue();
    } finally {
      asleep.getOutputStream().close();
    }
  }

  @Test
  void anInterfaceThatIsNoVfHasNoWatch() throws IOException, InterruptedException {
    assertThat(rig.run("ifattach", "em0")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hyperv_vfup.hn0", "bin/hyperv_vfup.hn0"})
  void norHasOneThatAScriptTakesCareOf(String script) throws IOException, InterruptedException {
    rig.write(script, "");

    assertThat(rig.run("ifattach", "mlxen0")).isEmpty();
  }

  @Test
  void theIntegrationServicesAreServedAllTheSame() throws IOException, InterruptedException {
    rig.device("hv_kvp_dev");

    assertThat(rig.run("kvp", "create")).containsExactly("hv_kvp_daemon");
  }
}
