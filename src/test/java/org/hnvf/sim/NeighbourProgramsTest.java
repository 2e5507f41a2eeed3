package org.hnvf.sim;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.base.Splitter;
import org.hnvf.model.CommandResult;
import org.junit.jupiter.api.Test;

/** Output of arp(8), ndp(8), kill(1) and ping(8), from usr.sbin/arp, usr.sbin/ndp and bin/kill. */
final class NeighbourProgramsTest {
  private final SimulatedGuest guest = Scenario.azure().nics(2).start();

  private void says(String line, int status, String stdout, String stderr) {
    CommandResult result = Guests.run(guest, line);
    assertThat(result.stdout()).isEqualTo(stdout);
    assertThat(result.stderr()).isEqualTo(stderr);
    assertThat(result.ending()).isEqualTo(new CommandResult.Exited(status));
  }

  @Test
  void anOwnEntryIsNotForUsersToDelete() {
    says("arp -d 10.0.2.15", 1, "", "arp: delete 10.0.2.15: Operation not permitted\n");
    says("arp -d 10.0.2.77", 1, "", "arp: delete 10.0.2.77: No such file or directory\n");
    says("arp -d 192.0.2.1", 0, "", "arp: delete: cannot locate 192.0.2.1\n");
    says("arp nonsense", 1, "", "arp: nonsense: Unknown host\n");
    says("arp -a -i nosuch0", 1, "", "arp: interface nosuch0 does not exist\n");
    says("arp -n 10.0.2.77 -i hn1", 1, "10.0.2.77 (10.0.2.77) -- no entry on hn1\n", "");
    assertThat(Guests.run(guest, "arp").stderr()).startsWith("usage: arp [-n]");
  }

  @Test
  void allEntriesButTheOwnOnesCanBeDeleted() {
    Guests.run(guest, "ping -c1 -t2 10.0.2.2");
    says("arp -d -a", 0, "10.0.2.2 (10.0.2.2) deleted\n", "");
    says("arp -an", 0, "? (10.0.2.15) at 00:15:5d:0a:0b:10 on hn0 permanent [ethernet]\n", "");
  }

  @Test
  void entriesAreInTheOrderOfTheInterfaces() {
    Guests.run(guest, "ifconfig hn1 inet 10.0.3.1/24");
    Guests.run(guest, "ifconfig hn0 inet 10.0.2.63/32 alias");
    assertThat(
            Guests.out(guest, "arp -an")
                .lines()
                .map(l -> Splitter.on(' ').splitToList(l).get(1))
                .toList())
        .containsExactly("(10.0.2.15)", "(10.0.2.63)", "(10.0.3.1)")
        .inOrder();
  }

  @Test
  void signalZeroOnlyAsks() {
    String pid =
        Guests.out(guest, "ps -axww -o pid= -o ruid= -o jid= -o command=")
            .lines()
            .filter(l -> l.endsWith(" dhclient: hn0 (dhclient)"))
            .map(l -> Splitter.on(' ').splitToList(l.strip()).get(0))
            .findFirst()
            .orElseThrow();
    says("kill -0 " + pid, 0, "", "");
    says("pkill -0 -x dhclient", 0, "", "");
    says("pgrep -x dhclient", 0, pid + "\n", "");
    says("pgrep syslogd", 1, "", "");
    says("kill -s CONT " + pid, 0, "", "");
    says("kill -HUP " + pid, 0, "", "");
    says("kill -0 " + pid, 1, "", "kill: " + pid + ": No such process\n");
    assertThat(Guests.run(guest, "kill").ending()).isEqualTo(new CommandResult.Exited(2));
  }

  @Test
  void pingMayBeQuietAndMissesItsValue() {
    assertThat(Guests.out(guest, "ping -q -c 1 10.0.2.2"))
        .startsWith("PING 10.0.2.2 (10.0.2.2): 56 data bytes\n\n--- 10.0.2.2 ping statistics");
    says("ping -c", 1, "", "ping: option requires an argument -- c\n");
  }
}
