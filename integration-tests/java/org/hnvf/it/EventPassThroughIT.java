package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which link and attach events {@code scripts/event} leaves to the base system. */
@Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class EventPassThroughIT {

  private final Path directory;

  EventPassThroughIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @CsvSource({
    "link_up hn0, service dhclient quietstart hn0",
    "link_up mlxen0, service dhclient quietstart mlxen0",
    "link_up lagg0, service dhclient quietstart lagg0",
    "attach mlxen0, pccard_ether mlxen0 start",
    "ifattach mlxen0, ''",
    "vf_up hn0, ''",
    "detach mlxen0, ''",
    "kvp create, hv_kvp_daemon",
  })
  void inTransparentModeTheKernelDoesItAll(String event, String expected)
      throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.hn("hw.hn.vf_transparent: 1", "hw.hn.vflist: mlxen0", "hw.hn.vfmap: mlxen0:hn0");
    rig.device("hv_kvp_dev");

    assertThat(rig.run(event.split(" ", -1)))
        .containsExactlyElementsIn(
            expected.isEmpty() ? ImmutableList.of() : ImmutableList.of(expected));
  }

  @Test
  void withoutAListOfVfsNothingIsManaged() throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.hn("hw.hn.vf_transparent: 0");

    assertThat(rig.run("link_up", "hn0")).containsExactly("service dhclient quietstart hn0");
    assertThat(rig.run("ifattach", "mlxen0")).hasSize(1);
  }

  @Test
  void whatTheKernelListsIsNoPattern() throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.hn("hw.hn.vf_transparent: 0", "hw.hn.vflist: *");

    // The job's directory is /, where there is a tmp.
    assertThat(rig.run("link_up", "tmp")).containsExactly("service dhclient quietstart tmp");
  }

  @Test
  void anHnInNoLaggCarriesItsOwnConfiguration() throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.noLagg();

    assertThat(rig.run("link_up", "hn0")).containsExactly("service dhclient quietstart hn0");
  }

  @Test
  void aRenamedHnIsKnownByItsDriversName() throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.hn("hw.hn.vf_transparent: 0", "hw.hn.vflist: ");
    rig.driverName("wan0", "hn0");
    rig.lagg("lagg0", "wan0");

    assertThat(rig.run("link_up", "wan0")).isEmpty();
    assertThat(rig.run("link_up", "lagg0")).isEmpty();
  }

  @Test
  void aRenamedHnIsKnownByTheMapOnAnOlderFreeBsd() throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.hn("hw.hn.vf_transparent: 0", "hw.hn.vflist: mlxen0", "hw.hn.vfmap: mlxen0:wan0");
    rig.lagg("lagg0", "wan0", "mlxen0");

    assertThat(rig.run("attach", "wan0")).isEmpty();
  }

  @Test
  void aRenamedLaggIsKnownByItsGroup() throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.lagg("bond0", "hn0", "mlxen0");

    assertThat(rig.run("link_up", "bond0")).isEmpty();
  }

  @Test
  void aLaggOfOthersKeepsItsActionsAndSoDoItsPorts() throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.lagg("lagg0", "em0", "em1");

    assertThat(rig.run("link_up", "lagg0")).containsExactly("service dhclient quietstart lagg0");
    assertThat(rig.run("link_up", "em0")).contains("service dhclient quietstart em0");
  }

  @ParameterizedTest
  @CsvSource({
    "lagg0, ifconfig_lagg0=DHCP",
    "lagg0, ifconfig_lagg0_ipv6='inet6 accept_rtadv'",
    "la.gg.0, ifconfig_la_gg_0=DHCP"
  })
  void aLaggThatRcConfKnowsKeepsItsActions(String lagg, String variable)
      throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.lagg(lagg, "hn0", "mlxen0");
    rig.rcConf("hnvf_enable=YES\n" + variable + "\n");

    assertThat(rig.run("link_up", lagg)).containsExactly("service dhclient quietstart " + lagg);
  }

  @ParameterizedTest
  @ValueSource(strings = {"netif", "network"})
  void theConfigurationOfALaggIsAlsoLookedForWhereNetifLooks(String file)
      throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.write("rc.conf." + file, "ifconfig_lagg0=DHCP\n");

    assertThat(rig.run("link_up", "lagg0")).containsExactly("service dhclient quietstart lagg0");
  }

  @Test
  void aLaggWithoutAPortGetsAMomentForItsFirst() throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.lagg("lagg0");
    rig.write(
        "on-sleep",
        "printf '\\tlaggport: hn0 flags=5<MASTER,ACTIVE>\\n' >>\"$rig/ifconfig/lagg0\"\n");

    assertThat(rig.run("attach", "lagg0")).containsExactly("sleep 3");
  }

  @Test
  void oneThatGetsNoneKeepsItsActions() throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.lagg("lagg0");

    assertThat(rig.run("attach", "lagg0"))
        .containsExactly("sleep 3", "pccard_ether lagg0 start")
        .inOrder();
  }

  @ParameterizedTest
  @CsvSource({
    "link_up vm-public, service dhclient quietstart vm-public",
    "attach vm-public, pccard_ether vm-public start",
    "ifattach vm-public, ''",
  })
  void aNameThatOnlyTheBaseSystemActsOnKeepsItsActions(String event, String expected)
      throws IOException, InterruptedException {
    EventRig rig = rig();

    assertThat(rig.run(event.split(" ", -1)))
        .containsExactlyElementsIn(
            expected.isEmpty() ? ImmutableList.of() : ImmutableList.of(expected));
  }

  @Test
  void stockNetworkActionsWaitForEachOtherAsUnderDevd() throws IOException, InterruptedException {
    EventRig rig = rig();

    assertThat(rig.run("attach", "em0")).hasSize(1);
    assertThat(rig.run("link_up", "em0")).hasSize(2);

    String lock = "120 " + rig.path("run/stock.lock") + "\n";
    assertThat(rig.read("locks")).isEqualTo(lock + lock);
  }

  @Test
  void whereNoLockCanBeHadTheyAreRunAllTheSame() throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.removeProgram("lockf");

    assertThat(rig.run("link_up", "em0")).containsExactly("service dhclient quietstart em0");
  }

  @Test
  void anActionThatHangsHoldsUpNoOtherForEver() throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.write("lock-is-held", "");

    assertThat(rig.run("link_up", "em0"))
        .containsExactly(
            "logger: the process that has "
                + rig.path("run/stock.lock")
                + " did not end within 120 s: \"service dhclient quietstart em0\" runs at the same"
                + " time",
            "service dhclient quietstart em0")
        .inOrder();
  }

  @Test
  void theDirectoryOfTheLockIsRootsAlone() throws IOException, InterruptedException {
    EventRig rig = rig();

    assertThat(rig.run("link_up", "em0")).hasSize(1);

    assertThat(mode(rig.path("run"))).isEqualTo("rwx------");
  }

  @Test
  void oneThatOthersCanEnterIsClosedToThem() throws IOException, InterruptedException {
    EventRig rig = rig();
    Files.createDirectory(rig.path("run"));
    mode(rig.path("run"), "rwxr-xr-x");

    assertThat(rig.run("link_up", "em0")).containsExactly("service dhclient quietstart em0");

    assertThat(mode(rig.path("run"))).isEqualTo("rwx------");
    assertThat(rig.read("locks")).contains("run/stock.lock");
  }

  @ParameterizedTest
  @ValueSource(strings = {"link", "dangling link", "file", "rwxrwx---", "rwx----w-", "another's"})
  void inOneThatIsNotRootsAloneNothingIsLocked(String kind)
      throws IOException, InterruptedException {
    EventRig rig = rig();
    Path run = rig.path("run");
    Path target = Files.createDirectory(directory.resolve("target"));
    mode(target, "rwxr-xr-x");
    switch (kind) {
      case "link" -> Files.createSymbolicLink(run, target);
      case "dangling link" -> Files.createSymbolicLink(run, directory.resolve("nowhere"));
      case "file" -> Files.createFile(run);
      case "another's" -> {
        Files.createDirectory(run);
        mode(run, "rwx------");
        rig.owner(54321);
      }
      default -> {
        Files.createDirectory(run);
        mode(run, kind);
      }
    }

    assertThat(rig.run("attach", "em0"))
        .containsExactly(
            "logger: "
                + run
                + " is not a directory that root alone can enter (mode 0700), so nothing is locked"
                + " there: \""
                + rig.path("bin/pccard_ether")
                + " em0 start\" runs without a lock",
            "pccard_ether em0 start")
        .inOrder();
    assertThat(rig.read("locks")).isEmpty();
    assertThat(mode(target)).isEqualTo("rwxr-xr-x");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private EventRig rig() throws IOException {
    return new EventRig(directory, EventRig.SHELL);
  }
}
