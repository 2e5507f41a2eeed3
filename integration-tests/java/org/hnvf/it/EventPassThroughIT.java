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

    String lock = rig.path("stock.lock") + "\n";
    assertThat(rig.read("locks")).isEqualTo(lock + lock);
  }

  @Test
  void whereNoLockCanBeHadTheyAreRunAllTheSame() throws IOException, InterruptedException {
    EventRig rig = rig();
    rig.removeProgram("lockf");

    assertThat(rig.run("link_up", "em0")).containsExactly("service dhclient quietstart em0");
  }

  private EventRig rig() throws IOException {
    return new EventRig(directory, EventRig.SHELL);
  }
}
