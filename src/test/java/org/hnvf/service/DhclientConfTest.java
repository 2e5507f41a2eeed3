package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnvfException;
import org.hnvf.model.PairState;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A block for hn0 in dhclient.conf holds on lagg0, too (transcript 69). */
final class DhclientConfTest {

  private static final String CONF =
      "interface \"hn0\" {\n\tignore routers;\n\tsupersede domain-name \"example.org\";\n}\n";
  private static final String DERIVED = "/var/run/hnvf/hn0.dhclient.conf";

  /** One whose client has been started with the block. */
  private static Guest guest(String conf) throws IOException {
    Guest guest = Guest.of(Scenario.azure());
    guest.write("/etc/dhclient.conf", conf);
    guest.type("pkill", "dhclient");
    guest.type("route", "-q", "delete", "default");
    guest.type("dhclient", "hn0");
    return guest;
  }

  private static ImmutableList<String> clients(Guest guest, int before) {
    return guest.changesSince(before).stream()
        .filter(line -> line.contains("/sbin/dhclient"))
        .collect(ImmutableList.toImmutableList());
  }

  @Test
  void theClientOnTheLaggGetsADerivedFile() throws HnvfException, IOException {
    Guest guest = guest(CONF);
    assertThat(guest.defaultRoute()).isEmpty();
    int before = guest.sim.history().size();
    guest.plug();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(clients(guest, before)).containsExactly("/sbin/dhclient -c " + DERIVED + " lagg0");
    assertThat(Files.readString(guest.path(DERIVED))).isEqualTo(CONF.replace("hn0", "lagg0"));
    assertThat(guest.defaultRoute()).isEmpty();
    assertThat(Files.readString(guest.path("/etc/resolv.conf"))).contains("search example.org");
    assertThat(guest.reports.toString()).contains("service dhclient restart lagg0");

    before = guest.sim.history().size();
    assertThat(guest.orchestrator.release(Guest.HN).exitStatus()).isEqualTo(0);
    assertThat(clients(guest, before)).containsExactly("/sbin/dhclient hn0");
    assertThat(guest.defaultRoute()).isEmpty();
  }

  @Test
  void itIsDerivedAnewAtEachStart() throws HnvfException, IOException {
    Guest guest = guest(CONF);
    guest.plug();
    guest.write("/etc/dhclient.conf", CONF.replace("example.org", "example.net"));
    guest.type("pkill", "dhclient");
    assertThat(guest.orchestrator.vfUp(Guest.HN).exitStatus()).isEqualTo(0);
    assertThat(Files.readString(guest.path(DERIVED))).contains("example.net");
    assertThat(guest.sim.hasDhclient("lagg0")).isTrue();
  }

  @Test
  void withoutABlockForHnNothingIsDerived() throws HnvfException, IOException {
    for (String conf :
        ImmutableList.of(
            "timeout 30;\n", CONF.replace("hn0", "hn1"), CONF + CONF.replace("hn0", "lagg0"))) {
      Guest guest = guest(conf);
      int before = guest.sim.history().size();
      guest.plug();
      assertThat(clients(guest, before)).containsExactly("/sbin/dhclient lagg0");
    }
  }

  @Test
  void withAnotherFileInDhclientFlagsItIsRefused() throws HnvfException, IOException {
    Guest guest = guest(CONF);
    guest.append("/etc/rc.conf", "dhclient_flags=\"-q -c /etc/dhclient.conf\"\n");
    int before = guest.sim.history().size();
    guest.plug();
    Report report = guest.lastReport();
    assertThat(report.exitStatus()).isEqualTo(ExitCode.CONFIGURATION.status());
    assertThat(report.failures().toString()).contains("dhclient_flags has a -c already");
    assertThat(report.failures().toString()).contains("take -c out of dhclient_flags");
    assertThat(guest.changesSince(before)).isEmpty();
  }

  @Test
  void aBlockInTheFileThatDhclientFlagsNamesIsRefusedToo() throws HnvfException, IOException {
    Guest guest = guest("timeout 30;\n");
    guest.write("/usr/local/etc/dhclient.conf", CONF);
    guest.append("/etc/rc.conf", "dhclient_flags=\"-c /usr/local/etc/dhclient.conf\"\n");
    guest.plug();
    assertThat(guest.lastReport().exitStatus()).isEqualTo(ExitCode.CONFIGURATION.status());
    assertThat(guest.lastReport().failures().toString()).contains("take -c out of dhclient_flags");
  }

  @Test
  void anotherFileWithoutABlockForHnIsNoObstacle() throws HnvfException, IOException {
    Guest guest = guest("timeout 30;\n");
    guest.write("/usr/local/etc/dhclient.conf", "timeout 20;\n");
    guest.append("/etc/rc.conf", "dhclient_flags=\"-c /usr/local/etc/dhclient.conf\"\n");
    int before = guest.sim.history().size();
    guest.plug();
    assertThat(clients(guest, before))
        .containsExactly("/sbin/dhclient -c /usr/local/etc/dhclient.conf lagg0");
  }

  @Test
  void aFileThatCannotBeReadKeepsNobodyFromGoingBack() throws HnvfException, IOException {
    Guest guest = Guest.of(Scenario.azure()).plug();
    // A directory in its place.
    Files.createDirectories(guest.path("/etc/dhclient.conf"));
    assertThat(guest.orchestrator.release(Guest.HN).exitStatus()).isEqualTo(0);
    assertThat(guest.sim.hasDhclient("hn0")).isTrue();
    int before = guest.sim.history().size();
    Report report = guest.orchestrator.failback(Guest.HN);
    assertThat(report.exitStatus()).isEqualTo(ExitCode.CONFIGURATION.status());
    assertThat(report.failures().toString()).contains("not a regular file but a directory");
    assertThat(guest.changesSince(before)).isEmpty();
    assertThat(guest.sim.hasDhclient("hn0")).isTrue();
    assertThat(guest.isUp("mlxen0")).isFalse();
  }

  private static Guest linked(String target) throws IOException {
    Guest guest = guest(CONF);
    Path link = guest.path("/etc/dhclient.conf");
    Files.createDirectories(guest.path("/usr/local/etc"));
    Files.move(link, guest.path("/usr/local/etc/dhclient.conf"));
    Files.createSymbolicLink(link, link.getFileSystem().getPath(target));
    return guest;
  }

  /** Relative, and absolute: the guest's root is not the machine's. */
  @ParameterizedTest
  @ValueSource(strings = {"../usr/local/etc/dhclient.conf", "/usr/local/etc/dhclient.conf"})
  void fileMayBeALink(String target) throws HnvfException, IOException {
    Guest guest = linked(target);
    int before = guest.sim.history().size();

    guest.plug();

    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(clients(guest, before)).containsExactly("/sbin/dhclient -c " + DERIVED + " lagg0");
    assertThat(Files.readString(guest.path(DERIVED))).isEqualTo(CONF.replace("hn0", "lagg0"));
  }

  @Test
  void linkToAFileThatOthersCanWriteToIsRefusedBeforeTheFirstStep()
      throws HnvfException, IOException {
    Guest guest = linked("../usr/local/etc/dhclient.conf");
    Files.setPosixFilePermissions(
        guest.path("/usr/local/etc/dhclient.conf"), PosixFilePermissions.fromString("rw-rw-r--"));
    int before = guest.sim.history().size();

    guest.plug();

    assertThat(guest.lastReport().exitStatus()).isEqualTo(ExitCode.CONFIGURATION.status());
    assertThat(guest.lastReport().failures().toString()).contains("writable by others");
    assertThat(guest.changesSince(before)).isEmpty();
  }

  @Test
  void linkToNothingIsNoConfiguration() throws HnvfException, IOException {
    Guest guest = linked("nothing");
    int before = guest.sim.history().size();

    guest.plug();

    assertThat(clients(guest, before)).containsExactly("/sbin/dhclient lagg0");
  }
}
