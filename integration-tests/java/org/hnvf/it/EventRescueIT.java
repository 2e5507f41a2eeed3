package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code scripts/event} where hnvf fails and the guest would be left cut off. */
@Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class EventRescueIT {

  private static final String VF_UP_OF_HN0 =
      "hnvf event '!system=HYPERV_NIC_VF subsystem=hn0 type=VF_UP'";
  private static final String TAKEN_DOWN =
      "logger: mlxen0 was up outside a lagg; hnvf took it down, and the guest is on its hn again";

  private final Path directory;

  EventRescueIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @MethodSource("org.hnvf.it.EventRig#shells")
  void whatHnvfLeftRunningDoesNotHoldUpTheRescue(String shell)
      throws IOException, InterruptedException {
    EventRig rig = new EventRig(directory, shell);
    rig.noLagg();
    rig.hnvfEndsWith(71);
    rig.makeFifo("leftover-gate");
    // Its standard error stays open in a process that waits.
    rig.write("on-hnvf", "( read -r _ <\"$rig/leftover-gate\" ) &\n");

    rig.start("vf_up", "hn0");

    rig.awaitLog(TAKEN_DOWN);
    assertThat(rig.read("syslog")).doesNotContain("end");
    rig.write("leftover-gate", "go on\n");
    assertThat(rig.ran()).contains("ifconfig mlxen0 down");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 64, 65, 69, 70, 71, 77, 78, 126, 127, 137})
  void aVfThatIsUpOutsideALaggIsTakenDownWhenHnvfFails(int status)
      throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.noLagg();
    rig.hnvfEndsWith(status);

    assertThat(rig.run("vf_up", "hn0"))
        .containsExactly(
            VF_UP_OF_HN0,
            "logger: "
                + directory.resolve("bin/hnvf")
                + " could not serve \"!system=HYPERV_NIC_VF subsystem=hn0 type=VF_UP\""
                + " (exit status "
                + status
                + ")",
            "ifconfig mlxen0 down",
            TAKEN_DOWN)
        .inOrder();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 75})
  void itIsLeftAloneWhenHnvfDidItsWorkOrAnotherRunIsAtIt(int status)
      throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.noLagg();
    rig.hnvfEndsWith(status);

    assertThat(rig.run("vf_up", "hn0")).containsExactly(VF_UP_OF_HN0);
  }

  @Test
  void theVfOfAnIfattachIsTakenDownToo() throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.noLagg();
    rig.removeProgram("hnvf");

    assertThat(rig.run("ifattach", "mlxen0"))
        .containsAtLeast("ifconfig mlxen0 down", TAKEN_DOWN)
        .inOrder();
  }

  @Test
  void aVfThatIsDownStaysAsItIs() throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.noLagg();
    rig.isUp("mlxen0", false);
    rig.removeProgram("hnvf");

    assertThat(rig.run("vf_up", "hn0")).doesNotContain("ifconfig mlxen0 down");
    assertThat(rig.run("ifattach", "mlxen0")).doesNotContain("ifconfig mlxen0 down");
  }

  @Test
  void theVfIsFoundByTheSysctlOfTheUnitWhereThereIsNoMap()
      throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.hn("hw.hn.vflist: mlxen0");
    rig.noLagg();
    rig.hnvfEndsWith(70);

    assertThat(rig.run("vf_up", "hn0")).contains("ifconfig mlxen0 down");
  }

  @Test
  void theVfOfARenamedHnIsFoundByTheMap() throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.hn(
        "hw.hn.vf_transparent: 0", "hw.hn.vflist: mce1 mlxen0", "hw.hn.vfmap: mce1:x mlxen0:wan0");
    rig.noLagg();
    rig.hnvfEndsWith(70);

    assertThat(rig.run("vf_up", "wan0")).contains("ifconfig mlxen0 down");
  }

  @Test
  void theVfIsTheOneThatIsThereWhenHnvfFailed() throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.noLagg();
    rig.isUp("mce0", true);
    rig.hnvfEndsWith(70);
    rig.write("on-hnvf", "printf 'hw.hn.vflist: mce0\\nhw.hn.vfmap: mce0:hn0\\n' >\"$rig/hn\"\n");

    assertThat(rig.run("vf_up", "hn0")).contains("ifconfig mce0 down");
  }

  @Test
  void whatIsNoNameOfAVfIsNoArgumentOfIfconfig() throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.hn("hw.hn.vflist: -l");
    rig.write("dev.hn.0.vf", "-l\n");
    rig.isUp("-l", true);
    rig.noLagg();
    rig.hnvfEndsWith(70);

    assertThat(rig.run("vf_up", "hn0")).hasSize(2);
  }

  @Test
  void thatItCannotBeTakenDownIsSaid() throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.noLagg();
    rig.hnvfEndsWith(70);
    rig.write("ifconfig-fails", "");

    assertThat(rig.run("vf_up", "hn0"))
        .contains(
            "logger: mlxen0 is up outside a lagg and could not be taken down: the guest is cut"
                + " off");
  }

  @Test
  void andItsVfIsNotLeftUp() throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.hn("hw.hn.vf_transparent: 0", "hw.hn.vflist: vf-0", "hw.hn.vfmap: vf-0:wan-0");
    rig.isUp("vf-0", true);
    rig.noLagg();

    ImmutableList<String> ran = rig.run("vf_up", "wan-0");

    assertThat(ran).hasSize(3);
    assertThat(ran.get(0)).startsWith("logger: vf_up wan-0: hnvf does not act on");
    assertThat(ran.get(1)).isEqualTo("ifconfig vf-0 down");
  }

  private EventRig rig() throws IOException {
    return new EventRig(directory, EventRig.SHELL);
  }
}
