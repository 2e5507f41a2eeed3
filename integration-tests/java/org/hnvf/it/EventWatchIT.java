package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code scripts/event} where a daemon takes the event of a VF, and does nothing with it. */
@Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class EventWatchIT {

  private static final String ONE_SHOT =
      "hnvf event '!system=HYPERV_NIC_VF subsystem=hn0 type=VF_UP'";
  private static final String WAITS = "sleep 15";
  private static final String STARTED = "logger: hn0 is cut off: hnvf is started for it";
  private static final String LEFT =
      "logger: hn0 stays cut off while another process has its lock: its VF is taken down";
  private static final String DOWN = "ifconfig mlxen0 down";
  private static final String TAKEN_DOWN =
      "logger: mlxen0 was up outside a lagg; hnvf took it down, and the guest is on its hn again";
  private static final String USE_LAGG = "printf 'lagg0\\n' >\"$rig/ifconfig/-g lagg\"\n";

  private final EventRig rig;
  private final FakeDaemon daemon;

  EventWatchIT(@TempDir Path directory) throws IOException {
    this.rig = new EventRig(directory, EventRig.SHELL);
    this.daemon = FakeDaemon.answering(rig.socket(), "ok\n");
    rig.noLagg();
  }

  @AfterEach
  void end() throws IOException {
    daemon.close();
  }

  @ParameterizedTest
  @MethodSource("org.hnvf.it.EventRig#shells")
  void whoeverHasThePairGetsThreeMinutesAndThenTheVfIsTakenDown(String shell, @TempDir Path other)
      throws IOException, InterruptedException {
    EventRig its = new EventRig(other, shell);
    its.noLagg();
    try (FakeDaemon silent = FakeDaemon.answering(its.socket(), "ok\n")) {

      ImmutableList<String> ran = its.run("vf_up", "hn0");

      assertThat(ran)
          .containsExactlyElementsIn(
              ImmutableList.<String>builder()
                  .add(WAITS, STARTED, ONE_SHOT)
                  .addAll(Collections.nCopies(11, WAITS))
                  .add(LEFT, DOWN, TAKEN_DOWN)
                  .build())
          .inOrder();
      assertThat(silent.asked()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 12})
  void aWorkflowThatIsSlowWithinThatTimeIsLeftAlone(int sleeps)
      throws IOException, InterruptedException {
    rig.write(
        "on-sleep",
        "echo >>\"$rig/slept\"\n"
            + ("[ \"$(grep -c '' \"$rig/slept\")\" -lt " + sleeps + " ] || " + USE_LAGG));

    ImmutableList<String> ran = rig.run("vf_up", "hn0");

    assertThat(Collections.frequency(ran, WAITS)).isEqualTo(sleeps);
    assertThat(ran).containsNoneOf(LEFT, DOWN);
    assertThat(Collections.frequency(ran, ONE_SHOT)).isEqualTo(sleeps == 1 ? 0 : 1);
  }

  @Test
  void aLaggIsLookedAtOnceAndLeftAlone() throws IOException, InterruptedException {
    rig.lagg("lagg0", "hn0", "mlxen0");

    assertThat(rig.run("vf_up", "hn0")).containsExactly(WAITS);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 75})
  void whatTheHnvfThatIsStartedPutsRightIsRight(int status)
      throws IOException, InterruptedException {
    rig.hnvfEndsWith(status);
    rig.write("on-hnvf", USE_LAGG);

    assertThat(rig.run("vf_up", "hn0")).containsExactly(WAITS, STARTED, ONE_SHOT).inOrder();
  }

  @Test
  void whereThatFailsTooTheVfIsTakenDownAtOnce() throws IOException, InterruptedException {
    rig.hnvfEndsWith(71);

    ImmutableList<String> ran = rig.run("vf_up", "hn0");

    assertThat(ran).containsAtLeast(WAITS, STARTED, ONE_SHOT, DOWN, TAKEN_DOWN).inOrder();
    assertThat(Collections.frequency(ran, WAITS)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hyperv_vfup.hn0", "bin/hyperv_vfup.hn0"})
  void whereAScriptOfTheAdministratorRulesNobodyWaits(String script)
      throws IOException, InterruptedException {
    rig.write(script, "");

    assertThat(rig.run("vf_up", "hn0")).isEmpty();
  }

  @Test
  void norIsAnythingDoneWhereItHasComeMeanwhile() throws IOException, InterruptedException {
    rig.write("on-sleep", ": >\"$rig/hyperv_vfup.hn0\"\n");

    assertThat(rig.run("vf_up", "hn0")).containsExactly(WAITS);
  }

  @Test
  void norInTransparentMode() throws IOException, InterruptedException {
    rig.hn("hw.hn.vf_transparent: 1", "hw.hn.vflist: mlxen0", "hw.hn.vfmap: mlxen0:hn0");

    assertThat(rig.run("vf_up", "hn0")).containsExactly(WAITS);
  }

  @Test
  void nothingIsRunForAnEventThatNoCutBeginsWith() throws IOException, InterruptedException {
    assertThat(rig.run("ifattach", "mlxen0")).isEmpty();
    assertThat(rig.run("vf_down", "hn0")).isEmpty();
    assertThat(rig.run("link_down", "mlxen0")).isEmpty();
  }

  @Test
  void howeverManyEventsComeOneWaitsForEachHn() throws IOException, InterruptedException {
    rig.makeFifo("waiting");
    rig.write("on-sleep", "[ -e \"$rig/go-on\" ] || read -r _ <\"$rig/waiting\"\n");
    rig.start("vf_up", "hn0");
    rig.awaitLog(WAITS);

    for (int i = 0; i < 20; i++) {
      assertThat(rig.run("vf_up", "hn0")).containsExactly(WAITS);
    }

    rig.write("go-on", "");
    rig.lagg("lagg0", "hn0", "mlxen0");
    assertThat(rig.run("vf_up", "hn1")).containsExactly(WAITS, WAITS);
    rig.expectAnotherEnd();
    rig.write("waiting", "go on\n");
    assertThat(rig.ran()).containsExactly(WAITS, WAITS);
  }

  @Test
  void andOneActs() throws IOException, InterruptedException {
    rig.makeFifo("gate");
    rig.start("vf_up", "hn0");
    rig.awaitLog(ONE_SHOT);

    for (int i = 0; i < 3; i++) {
      rig.start("vf_up", "hn0");
      assertThat(Collections.frequency(rig.jobRan(), ONE_SHOT)).isEqualTo(1);
    }

    rig.write("on-hnvf", USE_LAGG);
    rig.expectAnotherEnd();
    rig.write("gate", "go on\n");
    assertThat(rig.ran()).containsNoneOf(LEFT, DOWN);
  }

  @Test
  void withoutALockItIsLookedAtAllTheSame() throws IOException, InterruptedException {
    rig.write("lockf-fails", "");
    rig.hnvfEndsWith(71);

    assertThat(rig.run("vf_up", "hn0")).containsAtLeast(WAITS, ONE_SHOT, DOWN).inOrder();
  }
}
