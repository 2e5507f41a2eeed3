package org.hnvf.rcconf;

import static com.google.common.truth.Truth.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hnvf.exec.NioDurableFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RememberedRcConfTest {

  private static final String PLAIN =
      """
      # the guest's own
      hostname="azure"  # a name
      ifconfig_hn0="SYNCDHCP"
      ifconfig_hn0_alias0='inet 192.0.2.7/32'
      sshd_enable=YES
      static_routes="$hostname ${hostname}"

      """;

  private final Path root;
  private final RcConfDirectory directory;
  private final RememberedRcConf rcConf;
  private int evaluations;

  RememberedRcConfTest(@TempDir Path root) {
    this.root = root;
    this.directory = new RcConfDirectory(root);
    this.rcConf =
        new RememberedRcConf(
            () -> {
              evaluations++;
              return directory.evaluate();
            },
            new NioDurableFiles(root));
  }

  private String hn0() throws Exception {
    return rcConf.evaluate().variables().text("ifconfig_hn0");
  }

  @Test
  void whatCannotHaveChangedIsEvaluatedOnce() throws Exception {
    directory.write("/etc/rc.conf", PLAIN);

    assertThat(hn0()).isEqualTo("SYNCDHCP");
    assertThat(hn0()).isEqualTo("SYNCDHCP");
    assertThat(evaluations).isEqualTo(1);
  }

  @Test
  void aLongLineNeedsNoMoreStackThanTheServiceHas() throws Exception {
    directory.write("/etc/rc.conf", PLAIN + "static_routes=\"" + "r0 ".repeat(30_000) + "\"\n");
    List<Object> seen = new ArrayList<>();
    Thread small =
        new Thread(
            null,
            () -> {
              try {
                seen.add(hn0());
                seen.add(hn0());
              } catch (Exception | StackOverflowError e) {
                seen.add(e);
              }
            },
            "small",
            512 * 1024);
    small.start();
    small.join();
    assertThat(seen).containsExactly("SYNCDHCP", "SYNCDHCP");
    assertThat(evaluations).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/defaults/vendor.conf",
        "/etc/rc.conf",
        "/etc/rc.conf.local",
        "/etc/rc.conf.d/network",
        "/etc/rc.conf.d/netif",
        "/etc/rc.conf.d/routing",
        "/etc/rc.conf.d/dhclient",
        "/usr/local/etc/rc.conf.d/network",
        "/usr/local/etc/rc.conf.d/netif/hnvf",
        "/usr/local/etc/rc.conf.d/routing",
        "/usr/local/etc/rc.conf.d/dhclient"
      })
  void aFileThatChangesOrComesIsSeen(String path) throws Exception {
    directory.write("/etc/rc.conf", PLAIN);
    assertThat(hn0()).isEqualTo("SYNCDHCP");

    directory.write(path, "ifconfig_hn0=\"inet 192.0.2.9/24\"\n");
    // Nothing reads the vendor's file here but FreeBSD's own defaults, which are not there.
    String expected = path.contains("vendor") ? "SYNCDHCP" : "inet 192.0.2.9/24";

    assertThat(hn0()).isEqualTo(expected);
    assertThat(evaluations).isEqualTo(2);
  }

  @Test
  void aFileThatGoesIsSeen() throws Exception {
    directory.write("/etc/rc.conf", PLAIN);
    Path local = directory.write("/etc/rc.conf.local", "ifconfig_hn0=DHCP\n");
    assertThat(hn0()).isEqualTo("DHCP");

    Files.delete(local);

    assertThat(hn0()).isEqualTo("SYNCDHCP");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ifconfig_hn0=\"$(cat /etc/how)\"",
        "ifconfig_hn0=`cat /etc/how`",
        "ifconfig_hn0=\"${how:-$(cat /etc/how)}\"",
        "ifconfig_hn0=DHCP; [ -e /etc/how ] && ifconfig_hn0=",
        ". /etc/how",
        "if [ -e /etc/how ]; then\nifconfig_hn0=DHCP\nfi",
        "ifconfig_hn0=\"DH\nCP\"",
        "rc_conf_files=\"/etc/rc.conf /etc/how\"",
        "local_startup=/opt/rc.d",
        "ifconfig_hn0=$$"
      })
  void whatMayGiveSomethingElseIsEvaluatedEachTime(String text) throws Exception {
    Path how = directory.write("/etc/how", "ifconfig_hn0=DHCP\n");
    directory.write("/etc/rc.conf", text.replace("/etc/how", how.toString()) + "\n");

    rcConf.evaluate();
    rcConf.evaluate();

    assertThat(evaluations).isEqualTo(2);
  }

  @Test
  void aLinkIsEvaluatedEachTime() throws Exception {
    Path real = directory.write("/etc/rc.conf.real", PLAIN);
    Files.createSymbolicLink(root.resolve("etc/rc.conf"), real);

    assertThat(hn0()).isEqualTo("SYNCDHCP");
    assertThat(hn0()).isEqualTo("SYNCDHCP");
    assertThat(evaluations).isEqualTo(2);
  }
}
