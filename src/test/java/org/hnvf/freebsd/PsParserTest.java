package org.hnvf.freebsd;

import static com.google.common.truth.Truth.assertThat;

import org.hnvf.model.DhcpClient;
import org.junit.jupiter.api.Test;

final class PsParserTest {

  /** The columns between pid and command, which only the recording has. */
  private static final String COLUMNS = "(?m)^( *[0-9]+) .*?(dhclient: )";

  @Test
  void findsTheWorkersAndNotTheirHelpers() {
    String recorded =
        Transcripts.all().stream()
            .filter(entry -> entry.transcript().startsWith("12-"))
            .map(Transcripts.Recorded::stdout)
            .filter(text -> text.contains("1954"))
            .findFirst()
            .orElseThrow();

    String asAsked = recorded.replaceAll(COLUMNS, "$1 $2");

    assertThat(asAsked).contains("1929 dhclient: system.syslog (dhclient)");
    assertThat(asAsked).contains("1932 dhclient: hn0 [priv] (dhclient)");
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
                        1 /sbin/init
                      501 /usr/sbin/hv_kvp_daemon
                      502 [hv_vss_daemon]
                    """)))
        .containsExactly("hv_kvp_daemon", "hv_vss_daemon");
    assertThat(
            PsParser.integrationDaemons(
                PsParser.processes(
                    """
                      503 grep hv_kvp_daemon
                      504 /usr/local/bin/hv_kvp_daemon.sh
                      505 daemon: /usr/sbin/hv_vss_daemon[501] (daemon)
                      506 vi /etc/rc.d/hv_kvp_daemon
                    """)))
        .isEmpty();
    assertThat(
            PsParser.integrationDaemons(
                PsParser.processes("  507 /usr/sbin/hv_kvp_daemon -d -n\n")))
        .containsExactly("hv_kvp_daemon");
  }

  @Test
  void aCommandThatOnlyTalksOfDhclientIsNone() {
    assertThat(
            PsParser.dhcpClients(
                PsParser.processes(
                    """
                      600 dhclient hn0
                      601 grep dhclient: hn0 (dhclient)
                      602 dhclient: hn0 (dhclient) x
                    """)))
        .isEmpty();
  }

  @Test
  void passesOverLinesThatAreNoProcess() {
    assertThat(PsParser.processes("\n  PID COMMAND\nx 1 y\n12\n99999999999999999999 a\n"))
        .isEmpty();
    assertThat(PsParser.processes(" 12 a  b\tc\n"))
        .containsExactly(new PsParser.RunningProcess(12, "a  b\tc"));
  }
}
