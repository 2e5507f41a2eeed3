package org.hnvf.freebsd;

import static com.google.common.truth.Truth.assertThat;

import org.hnvf.model.DhcpClient;
import org.hnvf.model.ForeignClient;
import org.junit.jupiter.api.Test;

final class PsParserTest {

  /** The columns between pid and command: in the recording there is the name of the user. */
  private static final String COLUMNS = "(?m)^( *[0-9]+) .*?(root|_dhcp) .*?(dhclient: )";

  @Test
  void findsTheWorkersAndNotTheirHelpers() {
    String recorded =
        Transcripts.all().stream()
            .filter(entry -> entry.transcript().startsWith("12-"))
            .map(Transcripts.Recorded::stdout)
            .filter(text -> text.contains("1954"))
            .findFirst()
            .orElseThrow();

    String asAsked =
        recorded
            .replaceAll(COLUMNS, "$1 $2 0 $3")
            .replace(" root ", "  0 ")
            .replace(" _dhcp ", " 65 ");

    assertThat(asAsked).contains("1929  0 0 dhclient: system.syslog (dhclient)");
    assertThat(asAsked).contains("1932  0 0 dhclient: hn0 [priv] (dhclient)");
    assertThat(PsParser.dhcpClients(PsParser.processes(asAsked)))
        .containsExactly(new DhcpClient("lagg0", 1787), new DhcpClient("hn0", 1954))
        .inOrder();
  }

  @Test
  void findsTheIntegrationDaemonsByTheirProgram() {
    assertThat(
            PsParser.integrationDaemons(
                PsParser.processes(
                    """
                        1 0 0 /sbin/init
                      501 0 0 /usr/sbin/hv_kvp_daemon
                      502 0 0 [hv_vss_daemon]
                    """)))
        .containsExactly("hv_kvp_daemon", "hv_vss_daemon");
    assertThat(
            PsParser.integrationDaemons(
                PsParser.processes(
                    """
                      503 0 0 grep hv_kvp_daemon
                      504 0 0 /usr/local/bin/hv_kvp_daemon.sh
                      505 0 0 daemon: /usr/sbin/hv_vss_daemon[501] (daemon)
                      506 0 0 vi /etc/rc.d/hv_kvp_daemon
                    """)))
        .isEmpty();
    assertThat(
            PsParser.integrationDaemons(
                PsParser.processes("  507 0 0 /usr/sbin/hv_kvp_daemon -d -n\n")))
        .containsExactly("hv_kvp_daemon");
  }

  @Test
  void aCommandThatOnlyTalksOfDhclientIsNone() {
    assertThat(
            PsParser.dhcpClients(
                PsParser.processes(
                    """
                      600 0 0 dhclient hn0
                      601 0 0 grep dhclient: hn0 (dhclient)
                      602 0 0 dhclient: hn0 (dhclient) x
                    """)))
        .isEmpty();
  }

  @Test
  void passesOverLinesThatAreNoProcess() {
    assertThat(
            PsParser.processes(
                "\n  PID RUID JID COMMAND\nx 1 0 0 y\n12 0 0\n12 a\n99999999999999999999 0 0 a\n"))
        .isEmpty();
    assertThat(PsParser.processes(" 12 0 0 a  b\tc\n"))
        .containsExactly(new PsParser.RunningProcess(12, "a  b\tc"));
  }

  /** A process sets its title itself, and a jail may have a network stack of its own. */
  @Test
  void aTitleCountsOnlyOfRootOrTheUserOfDhclientOutsideJails() {
    assertThat(
            PsParser.dhcpClients(
                PsParser.processes(
                    """
                      700  1001   0 dhclient: hn0 (dhclient)
                      701 65534   0 dhclient: hn0 (dhclient)
                      702    65   3 dhclient: hn0 (dhclient)
                      703     0  12 dhclient: hn0 (dhclient)
                      704    65   0 dhclient: hn1 (dhclient)
                      705     0   0 dhclient: hn2 (dhclient)
                      706    065  0 dhclient: hn0 (dhclient)
                      707     0  -1 dhclient: hn0 (dhclient)
                    """)))
        .containsExactly(new DhcpClient("hn1", 704), new DhcpClient("hn2", 705))
        .inOrder();
    assertThat(
            PsParser.foreignClients(
                PsParser.processes(
                    """
                      800 1001 0 dhcpcd: hn0 [ip4]
                      801    0 2 dhcpcd: hn0 [ip4]
                      802   65 0 dhcpcd: hn1 [ip4]
                    """)))
        .containsExactly(new ForeignClient("dhcpcd", "dhcpcd: hn1 [ip4]"));
    assertThat(
            PsParser.integrationDaemons(
                PsParser.processes(
                    """
                      900 1001 0 /usr/sbin/hv_kvp_daemon
                      901    0 2 /usr/sbin/hv_vss_daemon
                    """)))
        .isEmpty();
  }
}
