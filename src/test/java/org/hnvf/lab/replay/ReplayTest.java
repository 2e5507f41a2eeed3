package org.hnvf.lab.replay;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import org.hnvf.lab.replay.CommandReplay.Verdict;
import org.hnvf.model.UserException;
import org.junit.jupiter.api.Test;

/** Which answers count as identical, as skipped, and as different. */
final class ReplayTest {

  private static ImmutableList<Verdict> verdicts(String... entries) throws UserException {
    return Replay.of(Transcript.parse("t", String.join("", entries))).commands().stream()
        .map(CommandReplay::verdict)
        .collect(ImmutableList.toImmutableList());
  }

  private static String entry(String command, String stdout, String stderr, int status) {
    String out = stdout.isEmpty() ? "" : "[stdout]\n" + stdout;
    String err = stderr.isEmpty() ? "" : "[stderr]\n" + stderr;
    return "$ " + command + "\n" + out + err + "[exit " + status + "] (0.1 s)\n";
  }

  private static final String FLAGS =
      """
      flags=1008843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST,LOWER_UP> metric 0 mtu 1500
      \toptions=80028<VLAN_MTU,JUMBO_MTU,LINKSTATE>
      """;

  private static String inet(String address) {
    return "hn0: " + FLAGS + "\tinet " + address + " netmask 0xffffff00 broadcast 10.0.2.255\n";
  }

  @Test
  void whatTheSimulationItselfAnswersIsIdentical() throws UserException {
    assertThat(
            verdicts(
                entry("ifconfig hn0 inet 10.0.2.9/24", "", "", 0),
                entry("ifconfig hn0 inet", inet("10.0.2.9"), "", 0)))
        .containsExactly(Verdict.IDENTICAL, Verdict.IDENTICAL);
  }

  @Test
  void whatIsKnownIsNeverTakenOver() throws UserException {
    assertThat(
            verdicts(
                entry("ifconfig hn0 inet 10.0.2.9/24", "", "", 0),
                entry("ifconfig hn0 inet", inet("10.0.2.9"), "", 0),
                entry("ifconfig hn0 inet", inet("10.0.2.8"), "", 0)))
        .containsExactly(Verdict.IDENTICAL, Verdict.IDENTICAL, Verdict.DIFFERENT)
        .inOrder();
  }

  @Test
  void whatASkippedCommandMayHaveChangedIsTakenOverAndGoesOnFromThere() throws UserException {
    assertThat(
            verdicts(
                entry("ifconfig hn0 inet 10.0.2.9/24", "", "", 0),
                entry("ifconfig hn0 inet", inet("10.0.2.9"), "", 0),
                entry("service netif restart", "", "", 0),
                entry("ifconfig hn0 inet", inet("10.0.2.8"), "", 0),
                entry("ifconfig hn0 inet 10.0.2.8 -alias", "", "", 0),
                entry("ifconfig hn0 inet", "", "", 0)))
        .containsExactly(
            Verdict.IDENTICAL,
            Verdict.IDENTICAL,
            Verdict.SKIPPED,
            Verdict.SKIPPED,
            Verdict.IDENTICAL,
            Verdict.IDENTICAL)
        .inOrder();
  }

  @Test
  void aCommandThatOnlyLooksTakesNothingFromWhatIsKnown() throws UserException {
    assertThat(
            verdicts(
                entry("ifconfig hn0 inet 10.0.2.9/24", "", "", 0),
                entry("ifconfig hn0 inet", inet("10.0.2.9"), "", 0),
                entry("uname -a", "FreeBSD\n", "", 0),
                entry("ifconfig hn0 inet", inet("10.0.2.8"), "", 0)))
        .containsExactly(Verdict.IDENTICAL, Verdict.IDENTICAL, Verdict.SKIPPED, Verdict.DIFFERENT)
        .inOrder();
  }

  @Test
  void theExitStatusAndTheErrorsCount() throws UserException {
    String says = "ifconfig: interface nosuch0 does not exist\n";
    FileReplay replay =
        Replay.of(
            Transcript.parse(
                "t",
                entry("ifconfig hn0 inet6 -ifdisabled up; sleep 3", "", "", 0)
                    + entry("cat /etc/resolv.conf > /dev/null; ifconfig -l", "lo0 hn0 hn1\n", "", 0)
                    + entry("route -n get default", "", "route: route has not been found\n", 255)));
    assertThat(replay.commands().get(2).verdict()).isEqualTo(Verdict.IDENTICAL);
    assertThat(verdicts(entry("ifconfig nosuch0", "", says, 1))).containsExactly(Verdict.IDENTICAL);
  }

  @Test
  void aRouteThatWasTakenOverGoesWithItsAddress() throws UserException {
    String head =
        """
        Routing tables

        Internet:
        Destination        Gateway            Flags         Netif Expire
        """;
    String lo = "127.0.0.1          link#3             UH              lo0\n";
    String ours =
        """
        default            10.0.2.2           UGS             hn0
        10.0.2.0/24        link#4             U               hn0
        10.0.2.8           link#3             UHS             lo0
        """;
    String table = head + ours + lo + "192.0.2.0/24       10.0.2.9           UGS             hn0\n";
    assertThat(
            verdicts(
                entry("service netif restart", "", "", 0),
                entry("ifconfig hn0 inet", inet("10.0.2.8"), "", 0),
                entry("netstat -rn -f inet", table, "", 0),
                entry("netstat -rn -f inet", table, "", 0),
                entry("ifconfig hn0 inet 10.0.2.8 -alias", "", "", 0),
                entry("netstat -rn -f inet", head + lo, "", 0)))
        .containsExactly(
            Verdict.SKIPPED,
            Verdict.SKIPPED,
            Verdict.SKIPPED,
            Verdict.IDENTICAL,
            Verdict.IDENTICAL,
            Verdict.IDENTICAL)
        .inOrder();
  }

  @Test
  void aLaggThatIsShownWithoutItsMasterHasOneAllTheSame() throws UserException {
    String shown =
        "lagg0: "
            + FLAGS
            + "\tether 00:15:5d:0a:0b:10\n"
            + "\tlaggproto failover lagghash l2,l3,l4\n"
            + "\tlaggport: hn0 flags=4<ACTIVE>\n";
    assertThat(
            verdicts(
                entry("service netif restart", "", "", 0),
                entry("ifconfig lagg0", shown, "", 0),
                entry(
                    "ifconfig lagg0 inet 10.0.2.9/24; ping -c1 -t1 10.0.2.99 > /dev/null",
                    "",
                    "",
                    2),
                entry("ifconfig lagg0 -laggport hn0", "", "", 0)))
        .containsExactly(Verdict.SKIPPED, Verdict.SKIPPED, Verdict.IDENTICAL, Verdict.IDENTICAL)
        .inOrder();
  }

  @Test
  void theViewEndsInTheSum() throws UserException {
    FileReplay replay =
        Replay.of(
            Transcript.parse(
                "t", entry("uname", "x\n", "", 0) + entry("sleep 1", "", "oops\n", 0)));
    String text = ReplayView.file(replay, false);
    assertThat(text).contains("skipped    $ uname  (out of scope: uname)\n");
    assertThat(text).contains("different  $ sleep 1\n    stderr\n      - oops\n");
    assertThat(text).contains("t: 0 of 1 commands identical, 1 skipped");
    assertThat(ReplayView.sum(ImmutableList.of(replay, replay)))
        .isEqualTo("0 of 2 commands identical\n");
  }
}
