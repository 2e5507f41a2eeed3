package org.hnvf.sim;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.base.Splitter;
import com.google.common.net.InetAddresses;
import java.time.Duration;
import java.util.List;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.HnUnit;
import org.hnvf.model.UserException;
import org.junit.jupiter.api.Test;

/** Bridges and virtual hosts beyond what transcripts 61 and 62 hold. */
final class BridgesTest {

  private final SimulatedGuest guest = Scenario.bare().start();

  private CommandResult type(String line) {
    List<String> words = Splitter.on(' ').splitToList(line);
    return guest.run(
        Command.changing(
            Duration.ofMinutes(1),
            words.get(0),
            words.subList(1, words.size()).toArray(String[]::new)));
  }

  private void given(String... lines) {
    for (String line : lines) {
      assertThat(type(line).stderr()).isEmpty();
    }
  }

  private boolean answers(String address) {
    return guest
        .reachability()
        .isReachable(InetAddresses.forString(address), Reachability.Vantage.ON_LINK);
  }

  @Test
  void aBridgeOverHnAnswersUntilHnBecomesAPortOrTheVfComesUp() {
    given("ifconfig bridge0 create", "ifconfig bridge0 addm hn0 up", "ifconfig hn0 up");
    given("ifconfig bridge0 inet 10.0.2.50/24");
    assertThat(answers("10.0.2.50")).isTrue();

    guest.host().plug(new HnUnit(0));
    given("ifconfig mlxen0 up");
    assertThat(answers("10.0.2.50")).isFalse();
    given("ifconfig mlxen0 down");
    assertThat(answers("10.0.2.50")).isTrue();

    given("ifconfig lagg0 create laggproto failover up laggport hn0");
    assertThat(answers("10.0.2.50")).isFalse();
    given("ifconfig bridge0 deletem hn0", "ifconfig bridge0 addm lagg0");
    assertThat(answers("10.0.2.50")).isTrue();
  }

  @Test
  void flagsCostPriorityAndStaticEntriesAreShown() {
    given("ifconfig bridge0 create", "ifconfig bridge0 addm hn0 up");
    given("ifconfig bridge0 stp hn0 -learn hn0 ifpriority hn0 64 ifpathcost hn0 200");
    given("ifconfig bridge0 static hn0 02:00:00:00:00:01");

    String shown = type("ifconfig bridge0").stdout();
    assertThat(shown).contains("member: hn0 flags=146<DISCOVER,STP,AUTOEDGE,AUTOPTP>");
    assertThat(shown).contains(" priority 64 path cost 200 ");
    assertThat(type("ifconfig bridge0 addr").stdout())
        .isEqualTo("\t02:00:00:00:00:01 Vlan0 hn0 0 flags=1<STATIC>\n");
  }

  @Test
  void whatGoesIsNoMemberAnyMore() throws UserException {
    given("ifconfig bridge0 create", "ifconfig bridge0 addm hn0 up", "ifconfig bridge0 destroy");
    given("ifconfig bridge1 create", "ifconfig bridge1 addm hn0");
    assertThat(type("ifconfig bridge1 addm hn0").stderr())
        .isEqualTo("ifconfig: BRDGADD hn0: File exists\n");
    assertThat(type("ifconfig bridge1 deletem lo0").stderr())
        .isEqualTo("ifconfig: BRDGDEL lo0: No such file or directory\n");
    assertThat(guest.image().toState().ifaces).hasSize(3);
  }

  @Test
  void aVirtualHostAnswersWhenItIsTheMaster() throws InterruptedException {
    given("ifconfig hn0 10.0.2.50/24 up", "ifconfig hn0 vhid 1 pass x alias 10.0.2.60/32");
    assertThat(answers("10.0.2.60")).isFalse();
    assertThat(type("ifconfig hn0").stdout()).contains("carp: BACKUP vhid 1");
    guest.timer().sleep(Duration.ofSeconds(3));
    assertThat(answers("10.0.2.60")).isTrue();

    given("ifconfig hn0 inet 10.0.2.60 -alias");
    assertThat(type("ifconfig hn0").stdout()).doesNotContain("carp:");
  }
}
