package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code scripts/event} where a daemon answers, hangs, or has died. */
@Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class EventDaemonIT {

  private static final String VF_UP = "!system=HYPERV_NIC_VF subsystem=hn0 type=VF_UP";
  private static final String ONE_SHOT = "hnvf event '" + VF_UP + "'";
  private static final String LEFT =
      "logger: the daemon does not answer, and hn0 is cut off: its VF is taken down";

  /** For what may become of the event afterwards, which {@link EventWatchIT} is about. */
  private static final String WAITS = "sleep 15";

  private static final String TAKEN_DOWN =
      "logger: mlxen0 was up outside a lagg; hnvf took it down, and the guest is on its hn again";

  private final Path directory;

  EventDaemonIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @MethodSource("org.hnvf.it.EventRig#shells")
  void theDaemonGetsTheEventAndNothingElseIsRun(String shell)
      throws IOException, InterruptedException {
    EventRig rig = new EventRig(directory, shell);
    try (FakeDaemon daemon = FakeDaemon.answering(rig.socket(), "ok\n")) {

      assertThat(rig.run("vf_up", "hn0")).containsExactly(WAITS);

      assertThat(daemon.asked()).containsExactly("event " + VF_UP + "\n");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ifattach mlxen0, !system=ETHERNET subsystem=mlxen0 type=IFATTACH",
    "ifattach em0, !system=ETHERNET subsystem=em0 type=IFATTACH",
    "vf_down hn0, !system=HYPERV_NIC_VF subsystem=hn0 type=VF_DOWN",
    "detach mlxen0, !system=IFNET subsystem=mlxen0 type=DETACH",
    "rename hn0 wan0, !system=IFNET subsystem=hn0 type=RENAME name=wan0",
    "link_up hn0, !system=IFNET subsystem=hn0 type=LINK_UP",
    "link_up lagg0, !system=IFNET subsystem=lagg0 type=LINK_UP",
    "link_down mlxen0, !system=IFNET subsystem=mlxen0 type=LINK_DOWN",
    "attach mlxen0, !system=IFNET subsystem=mlxen0 type=ATTACH",
  })
  void itIsToldAlsoWhatIsSuppressed(String event, String line)
      throws IOException, InterruptedException {
    EventRig rig = rig();
    try (FakeDaemon daemon = FakeDaemon.answering(rig.socket(), "ok\n")) {

      assertThat(rig.run(event.split(" ", -1))).isEmpty();

      assertThat(daemon.asked()).containsExactly("event " + line + "\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "detach epair0a",
        "rename epair0a foo0",
        "ifattach epair0a",
        "link_down hn0",
        "link_down epair0a",
        "attach vm-public",
        "link_up em0",
        "kvp create",
      })
  void itIsNotBotheredWithWhatIsNoneOfItsBusiness(String event)
      throws IOException, InterruptedException {
    EventRig rig = rig();
    try (FakeDaemon daemon = FakeDaemon.answering(rig.socket(), "ok\n")) {

      assertThat(rig.run(event.split(" ", -1))).containsNoneIn(ImmutableList.of(ONE_SHOT));

      assertThat(daemon.asked()).isEmpty();
    }
  }

  @Test
  void rcConfIsNotReadWhereItAnswers() throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.rcConf("echo read >>" + rig.path("log") + "\nhnvf_enable=NO\n");
    try (FakeDaemon daemon = FakeDaemon.answering(rig.socket(), "ok\n")) {

      assertThat(rig.run("vf_down", "hn0")).isEmpty();
      assertThat(rig.run("link_up", "hn0")).isEmpty();

      assertThat(daemon.asked()).hasSize(2);
    }
  }

  @Test
  void anotherInterfaceGetsItsActionOnceAndAtOnceAlsoWhereTheDaemonHangs()
      throws IOException, InterruptedException {
    EventRig rig = rig();
    try (FakeDaemon daemon = hung(rig)) {

      assertThat(rig.run("link_up", "em0")).containsExactly("service dhclient quietstart em0");
      assertThat(rig.run("attach", "em0"))
          .containsExactly("service dhclient quietstart em0", "pccard_ether em0 start");

      daemon.wakeUp("ok\n");
      assertThat(daemon.asked()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ok",
        "okay\n",
        "err hnvf: 32 clients are served; try again\nexit 75\n",
        "exit 0\n"
      })
  void onlyAnOkIsAnOk(String answer) throws IOException, InterruptedException {
    EventRig rig = rig();
    try (FakeDaemon daemon = FakeDaemon.answering(rig.socket(), answer)) {

      ImmutableList<String> ran = rig.run("vf_up", "hn0");

      daemon.awaitAsked();
      if (answer.equals("ok")) {
        // sh takes line ends away before it compares.
        assertThat(ran).containsExactly(WAITS);
      } else {
        assertThat(ran).containsExactly(ONE_SHOT);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("org.hnvf.it.EventRig#shells")
  void oneThatDiedIsReplacedByAOneShot(String shell) throws IOException, InterruptedException {
    EventRig rig = new EventRig(directory, shell);
    FakeDaemon.dead(rig.socket());

    assertThat(rig.run("vf_up", "hn0")).containsExactly(ONE_SHOT);
  }

  @ParameterizedTest
  @MethodSource("org.hnvf.it.EventRig#shells")
  void oneThatHangsIsReplacedByAOneShotAfterItsTime(String shell)
      throws IOException, InterruptedException {
    EventRig rig = new EventRig(directory, shell);
    try (FakeDaemon daemon = hung(rig)) {

      assertThat(rig.run("vf_up", "hn0")).containsExactly(ONE_SHOT);
      daemon.wakeUp("ok\n");
    }
  }

  @Test
  void thatOneDiedIsNoReasonToServeWhereHnvfIsNotEnabled()
      throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.rcConf("");
    FakeDaemon.dead(rig.socket());

    assertThat(rig.run("vf_up", "hn0")).containsExactly("hyperv_vfup hn0");
    assertThat(rig.run("link_up", "hn0"))
        .containsExactly("hyperv_vfup hn0", "service dhclient quietstart hn0");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 75})
  void oneThatHangsWithThePairInItsHandsDoesNotLeaveTheGuestCutOff(int status)
      throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.noLagg();
    rig.hnvfEndsWith(status);
    try (FakeDaemon daemon = hung(rig)) {

      assertThat(rig.run("vf_up", "hn0"))
          .containsExactly(ONE_SHOT, "sleep 5", "sleep 5", LEFT, "ifconfig mlxen0 down", TAKEN_DOWN)
          .inOrder();
      daemon.wakeUp("ok\n");
    }
  }

  @Test
  void oneThatAnswersAgainGetsTheEvent() throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.noLagg();
    rig.makeFifo("gate");
    try (FakeDaemon daemon = hung(rig)) {
      rig.start("vf_up", "hn0");
      rig.awaitLog(ONE_SHOT);
      rig.theDaemonMayTake(Duration.ofMinutes(10));
      daemon.wakeUp("ok\n");
      daemon.awaitAsked();
      rig.write("on-sleep", "[ \"$1\" = 5 ] || printf 'lagg0\\n' >\"$rig/ifconfig/-g lagg\"\n");
      rig.write("gate", "go on\n");

      assertThat(rig.ran()).containsExactly(ONE_SHOT, "sleep 5", WAITS).inOrder();
    }
  }

  @Test
  void aPairThatComesIntoOrderMeanwhileIsLeftAlone() throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.noLagg();
    rig.write("on-sleep", "printf 'lagg0\\n' >\"$rig/ifconfig/-g lagg\"\n");
    try (FakeDaemon daemon = hung(rig)) {

      assertThat(rig.run("vf_up", "hn0")).containsExactly(ONE_SHOT, "sleep 5").inOrder();
      daemon.wakeUp("ok\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hyperv_vfup.hn0", "bin/hyperv_vfup.hn0"})
  void whereAScriptOfTheAdministratorRulesItsVfIsLeftUp(String script)
      throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.noLagg();
    rig.write(script, "");
    try (FakeDaemon daemon = hung(rig)) {

      assertThat(rig.run("vf_up", "hn0")).containsExactly(ONE_SHOT);
      daemon.wakeUp("ok\n");
    }
  }

  @Test
  void withoutAnyJavaTheVfIsTakenDownAsSoonAsTheDaemonDidNotAnswer()
      throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.noLagg();
    rig.removeProgram("hnvf");
    FakeDaemon.dead(rig.socket());

    assertThat(rig.run("vf_up", "hn0")).containsAtLeast("ifconfig mlxen0 down", TAKEN_DOWN);
  }

  @Test
  void aVfWithoutALinkThatIsDownOnPurposeStartsNoJvm() throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.isUp("mlxen0", false);

    assertThat(rig.run("link_down", "mlxen0")).isEmpty();
  }

  /** One that does not answer, however long it may take: a second tells that as well as three. */
  private static FakeDaemon hung(EventRig rig) throws IOException {
    rig.theDaemonMayTake(Duration.ofSeconds(1));
    return FakeDaemon.hung(rig.socket());
  }

  private EventRig rig() throws IOException {
    return new EventRig(directory, EventRig.SHELL);
  }
}
