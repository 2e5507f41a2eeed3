package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.io.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hnvf.event.DevdRules;
import org.hnvf.event.RecordedEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code scripts/event} with real shells and fake programs. The time limit only ends a run in which
 * the script waits for its job, as it must not.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class EventScriptIT {

  private static final String VF_UP_OF_HN0 =
      "hnvf event '!system=HYPERV_NIC_VF subsystem=hn0 type=VF_UP'";

  private final Path directory;

  EventScriptIT(@TempDir Path directory) {
    this.directory = directory;
  }

  /** The rows of event-script.txt, each with every shell. */
  static Stream<Arguments> rows() throws IOException {
    String table =
        Resources.toString(
            Resources.getResource(EventScriptIT.class, "event-script.txt"), StandardCharsets.UTF_8);
    ImmutableList.Builder<Arguments> rows = ImmutableList.builder();
    for (String shell : EventRig.SHELLS) {
      for (String line : table.split("\n", -1)) {
        if (line.isEmpty() || line.startsWith("#")) {
          continue;
        }
        String[] cells = line.split(" +\\| +", 4);
        for (String hnvf : ImmutableList.of("works", "missing")) {
          if (cells[2].equals("any") || cells[2].equals(hnvf)) {
            rows.add(Arguments.of(shell, cells[0], cells[1], hnvf, cells[3]));
          }
        }
      }
    }
    return rows.build().stream();
  }

  @ParameterizedTest(name = "{1}, {2}, hnvf {3}, {0}")
  @MethodSource("rows")
  void whatIsRun(String shell, String event, String enable, String hnvf, String expected)
      throws IOException, InterruptedException {
    EventRig rig = new EventRig(directory, shell);
    if (enable.equals("disabled")) {
      rig.rcConf("ifconfig_hn0=\"DHCP\"\n");
    }
    if (hnvf.equals("missing")) {
      rig.removeProgram("hnvf");
    }

    if (event.endsWith(" create")) {
      rig.device("hv_kvp_dev");
      rig.device("hv_fsvss_dev");
    } else if (event.endsWith(" destroy")) {
      rig.write("runs-hv_kvp_daemon", "");
      rig.write("runs-hv_vss_daemon", "");
    }

    ImmutableList<String> ran = rig.run(event.split(" ", -1));

    assertThat(ran)
        .containsExactlyElementsIn(
            expected.equals("-")
                ? ImmutableList.of()
                : ImmutableList.of(
                    expected.replace("HNVF", directory.resolve("bin/hnvf").toString())))
        .inOrder();
  }

  @ParameterizedTest
  @CsvSource({"NO,false", "YES,true", "yes,true", "TRUEISH,false", "'',false"})
  void onlyAYesEnables(String value, boolean enabled) throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.rcConf("hnvf_enable=\"" + value + "\"\n");

    assertThat(rig.run("vf_up", "hn0")).contains(enabled ? VF_UP_OF_HN0 : "hyperv_vfup hn0");
  }

  @Test
  void anRcConfThatCannotBeReadLeavesEverythingToTheBaseSystem()
      throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.removeProgram("rc_subr");

    assertThat(rig.run("link_up", "hn0")).containsExactly("service dhclient quietstart hn0");
  }

  @ParameterizedTest
  @MethodSource("org.hnvf.it.EventRig#shells")
  void theScriptEndsWhileItsJobIsStillAtWork(String shell)
      throws IOException, InterruptedException {
    EventRig rig = new EventRig(directory, shell);
    rig.makeFifo("gate");

    rig.start("vf_up", "hn0");

    rig.awaitLog(VF_UP_OF_HN0);
    assertThat(rig.jobHasEnded()).isFalse();
    rig.write("gate", "go on\n");
    assertThat(rig.ran()).containsExactly(VF_UP_OF_HN0);
    assertThat(rig.read("ended")).isEqualTo("0\n");
  }

  @ParameterizedTest
  @MethodSource("org.hnvf.it.EventRig#shells")
  void theJobHoldsNothingOfDevd(String shell) throws IOException, InterruptedException {
    EventRig rig = new EventRig(directory, shell);

    rig.startThrough(
        ImmutableList.of("/bin/sh", "-c", "exec 3</dev/zero 5>held 9>held; exec \"$0\" \"$@\""),
        "link_up",
        "em0");

    assertThat(rig.ran()).containsExactly("service dhclient quietstart em0");
    assertThat(rig.read("directory")).isEqualTo("/\n");
    ImmutableList<String> descriptors =
        ImmutableList.copyOf(rig.read("descriptors").split("\n", -1));
    assertThat(descriptors).containsAtLeast("0 /dev/null", "1 /dev/null", "2 /dev/null");
    assertThat(descriptors.stream().filter(line -> line.matches(".*/(zero|held)"))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("org.hnvf.it.EventRig#shells")
  void whatHnvfSaysGoesToSyslog(String shell) throws IOException, InterruptedException {
    EventRig rig = new EventRig(directory, shell);

    assertThat(rig.run("vf_up", "hn0")).containsExactly(VF_UP_OF_HN0);

    assertThat(rig.read("syslog")).isEqualTo("hnvf says this\nend\n");
  }

  @Test
  void thatHnvfIsMissingGoesToSyslog() throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.removeProgram("hnvf");

    assertThat(rig.run("vf_down", "hn0")).hasSize(1);

    assertThat(rig.read("syslog")).contains(directory.resolve("bin/hnvf") + ": not found");
  }

  @ParameterizedTest
  @CsvSource({"kvp, hv_kvp_dev", "vss, hv_fsvss_dev"})
  void aDaemonOfAnIntegrationServiceRunsWhileItsDeviceIsThere(String which, String device)
      throws IOException, InterruptedException {
    String daemon = "hv_" + which + "_daemon";
    for (String event : ImmutableList.of("create", "destroy")) {
      // Events of a burst come in any order: what counts is whether the device is there.
      EventRig rig = new EventRig(directory.resolve(event), EventRig.SHELL);
      assertThat(rig.run(which, event)).isEmpty();
      rig.device(device);
      assertThat(rig.run(which, event)).containsExactly(daemon);
      rig.write("runs-" + daemon, "");
      assertThat(rig.run(which, event)).containsExactly(daemon);
      Files.delete(rig.path("dev/" + device));
      assertThat(rig.run(which, event)).containsExactly(daemon, "pkill -x " + daemon);
      assertThat(rig.read("locks").lines().distinct())
          .containsExactly("120 " + rig.path(which + ".lock"));
    }
  }

  @Test
  void withoutALockItIsServedAllTheSame() throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.write("lockf-fails", "");
    rig.device("hv_kvp_dev");

    assertThat(rig.run("kvp", "create")).containsExactly("hv_kvp_daemon");
  }

  @Test
  void aHnvfThatHangsIsKilledAndTheVfTakenDown() throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.noLagg();
    rig.rcConf("hnvf_enable=\"YES\"\nhyperv_vf_delay=\"120\"\n");
    rig.write("hnvf-hangs", "");
    // ran() waits for what hnvf says, and this one says nothing.
    rig.start("vf_up", "hn0");

    assertThat(rig.jobRan()).containsAtLeast("killed hnvf", "ifconfig mlxen0 down").inOrder();
    assertThat(rig.read("limits")).isEqualTo("300\n");
  }

  @ParameterizedTest
  @CsvSource({"'', 182", "x, 182", "2, 182", "99999, 182", "7, 187"})
  void itsLimitIsThatOfTheWatchAndTheDelay(String delay, String limit)
      throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.rcConf("hnvf_enable=\"YES\"\nhyperv_vf_delay=\"" + delay + "\"\n");

    assertThat(rig.run("vf_down", "hn0")).hasSize(1);

    assertThat(rig.read("limits")).isEqualTo(limit + "\n");
  }

  /** At boot the daemon is started later, and its first look sees what these would tell. */
  @ParameterizedTest
  @CsvSource({
    "vf_down hn0, ''",
    "detach mlxen0, ''",
    "link_down mlxen0, ''",
    "rename hn0 wan0, ''",
    "vf_up hn0, sleep 15"
  })
  void whileTheDaemonIsAboutToStartNoJvmIsStarted(String event, String expected)
      throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.write("now", "1299\n");

    assertThat(rig.run(event.split(" ", -1)))
        .containsExactlyElementsIn(
            expected.isEmpty() ? ImmutableList.of() : ImmutableList.of(expected));
  }

  @Test
  void aVfThatAttachesThenHasAWatch() throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.write("now", "1299\n");
    rig.write("on-sleep", ": >\"$rig/hn0.came\"\n");

    assertThat(rig.run("ifattach", "mlxen0")).containsExactly("sleep 5", "sleep 15");
  }

  @ParameterizedTest
  @ValueSource(strings = {"late", "again", "odd"})
  void laterOrAfterADaemonThatWasThereOneIs(String when) throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.write("now", when.equals("late") ? "1300\n" : "1001\n");
    if (when.equals("again")) {
      rig.write("daemon.lock", "");
    }
    if (when.equals("odd")) {
      rig.write("kern.boottime", "?\n");
    }

    assertThat(rig.run("vf_down", "hn0")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "detach epair0a",
        "detach tap12",
        "detach bridge0",
        "detach vnet0",
        "detach vnet0.3",
        "detach wg0",
        "detach lo1",
        "detach vlan100",
        "detach tun0",
        "rename epair0a foo0",
        "rename epair0a vm-web",
        "detach vm-public",
      })
  void neitherAJvmNorALogLineForTheInterfacesOfJailsAndVirtualMachines(String event)
      throws IOException, InterruptedException {
    EventRig rig = rig();

    assertThat(rig.run(event.split(" ", -1))).isEmpty();
  }

  @Test
  void noJvmOnAMachineWithoutHn() throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.noHn();

    assertThat(rig.run("detach", "em0")).isEmpty();
    assertThat(rig.run("rename", "em0", "lan0")).isEmpty();
  }

  @Test
  void aPairsInterfaceUnderSuchANameIsReported() throws IOException, InterruptedException {
    EventRig rig = rig();

    assertThat(rig.run("rename", "hn0", "wan-0"))
        .containsExactly(
            "logger: rename hn0 wan-0: hnvf does not act on interfaces of such a name (a letter, then"
                + " letters, digits, '_' or '.', 15 at most)");
  }

  @Test
  void theEnvironmentEnablesNothing() throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.rcConf("");

    rig.startThrough(ImmutableList.of("/usr/bin/env", "hnvf_enable=YES"), "vf_up", "hn0");

    assertThat(rig.ran()).containsExactly("hyperv_vfup hn0");
  }

  @ParameterizedTest
  @MethodSource
  void aHostileWordIsRefusedAndShownWithoutHarm(String shell, ImmutableList<String> words)
      throws IOException, InterruptedException {
    EventRig rig = new EventRig(directory, shell);

    ImmutableList<String> ran = rig.run(words.toArray(String[]::new));

    assertThat(ran).hasSize(1);
    assertThat(ran.get(0)).startsWith("logger: refused an event of devd, nothing is done: ");
    assertThat(ran.get(0)).containsMatch("^[ -~]{1,160}$");
    assertThat(rig.read("ended")).isEqualTo("65\n");
    assertThat(Files.exists(rig.path("pwned"))).isFalse();
  }

  static Stream<Arguments> aHostileWordIsRefusedAndShownWithoutHarm() {
    return EventRig.SHELLS.stream()
        .flatMap(
            shell ->
                Stream.of(
                        ImmutableList.of("link_up", ""),
                        ImmutableList.of("link_up", "-a"),
                        ImmutableList.of("link_up", "0hn"),
                        ImmutableList.of("link_up", "../../etc/x"),
                        ImmutableList.of("link_up", "hn0\nhn1"),
                        ImmutableList.of("link_up", "hn0 hn1"),
                        ImmutableList.of("link_up", "*"),
                        ImmutableList.of("link_up", "h\u00e90"),
                        ImmutableList.of("link_up", "hn0\u001b[2J"),
                        ImmutableList.of("link_up", "a123456789012345"),
                        ImmutableList.of("link_up", "x".repeat(5000)),
                        ImmutableList.of("vf_up", "hn0;touch$IFS" + "pwned"),
                        ImmutableList.of("vf_up", "hn0$(touch pwned)`touch pwned`\\z\"q"),
                        ImmutableList.of("attach", "hn0'x"),
                        ImmutableList.of("rename", "hn0", ""),
                        ImmutableList.of("rename", "hn0", "a;b"),
                        ImmutableList.of("rename", "hn0"),
                        ImmutableList.of("link_up"),
                        ImmutableList.of("link_up", "em0", "em1"),
                        ImmutableList.of("kvp", "restart"),
                        ImmutableList.of("kvp-create", "em0"),
                        ImmutableList.of("made_up", "em0"),
                        ImmutableList.<String>of())
                    .map(words -> Arguments.of(shell, words)));
  }

  /** From the recorded line through both files to what is run at last. */
  @ParameterizedTest
  @CsvSource({
    "!system=IFNET subsystem=em0 type=LINK_UP, service dhclient quietstart em0",
    "!system=IFNET subsystem=em0 type=ATTACH, pccard_ether em0 start",
    "!system=IFNET subsystem=hn0 type=LINK_UP, ''",
    "!system=IFNET subsystem=mlxen0 type=ATTACH, ''",
    "!system=IFNET subsystem=mlxen0 type=LINK_UP, ''",
    "!system=IFNET subsystem=lagg0 type=LINK_UP, ''",
    "!system=ETHERNET subsystem=epair0a type=IFATTACH, ''",
    "!system=IFNET subsystem=epair0a type=RENAME name=foo0, ''",
    "!system=DEVFS subsystem=CDEV type=CREATE cdev=hv_fsvss_dev, hv_vss_daemon",
    "!system=IFNET subsystem=hn0 type=RENAME name=wan0,"
        + " hnvf event \"!system=IFNET subsystem=hn0 type=RENAME name=wan0\"",
  })
  void fromTheEventToWhatIsRun(String event, String expected)
      throws IOException, InterruptedException {
    EventRig rig = rig();

    rig.device("hv_fsvss_dev");

    rig.startAction(action(event));

    assertThat(rig.ran())
        .containsExactlyElementsIn(
            expected.isEmpty()
                ? ImmutableList.of()
                : ImmutableList.of(expected.replace('"', '\'')));
  }

  @ParameterizedTest
  @MethodSource("org.hnvf.event.RecordedEvents#hostile")
  void aHostileNameArrivesWholeAndIsRefused(String event) throws IOException, InterruptedException {
    EventRig rig = rig();
    String name = event.replaceFirst(".* subsystem=(\\S+) .*", "$1");

    rig.startAction(action(event));

    assertThat(rig.ran())
        .containsExactly(
            "logger: refused an event of devd, nothing is done: vf_down: \""
                + name
                + "\" is no interface name");
  }

  private static String action(String event) throws IOException {
    DevdRules rules =
        new DevdRules(
            ImmutableList.<DevdRules.Rule>builder()
                .addAll(
                    DevdRules.read("stock", RecordedEvents.read("/org/hnvf/event/stock-devd.conf")))
                .addAll(
                    DevdRules.read(
                        "hnvf.conf",
                        Files.readString(Path.of(EventRig.basedir(), "config/devd/hnvf.conf"))))
                .build(),
            ImmutableMap.of("vm_guest", "hv"),
            name -> "ethernet");
    return rules.actionLine(rules.ruleFor(event).orElseThrow(), event);
  }

  private EventRig rig() throws IOException {
    return new EventRig(directory, EventRig.SHELL);
  }
}
