package org.hnvf.lab;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.net.InetAddresses;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hnvf.lab.StockScripts.Edition;
import org.hnvf.model.Command;
import org.hnvf.model.HnUnit;
import org.hnvf.sim.DevdNotice;
import org.hnvf.sim.Reachability;
import org.hnvf.sim.Scenario;
import org.hnvf.sim.SimulatedGuest;
import org.junit.jupiter.api.Test;

/** The state after the stock scripts, as in transcripts 10, 11 and 53. */
final class StockScriptsTest {
  private static final HnUnit HN0 = new HnUnit(0);

  private static String says(SimulatedGuest guest, String... words) {
    String[] arguments = List.of(words).subList(1, words.length).toArray(String[]::new);
    return guest.run(Command.changing(Duration.ofMinutes(1), words[0], arguments)).stdout();
  }

  @Test
  void theNewestLosesTheAliasAndTheDefaultRoute() throws InterruptedException {
    SimulatedGuest guest = Scenario.staticGuest().start();
    StockScripts scripts = new StockScripts(guest, Edition.MENDED, true, e -> {});
    guest.host().plug(HN0);
    scripts.pass(Duration.ofSeconds(12));
    assertThat(says(guest, "sysctl", "-n", "dev.hn.0.rxvf")).isEqualTo("mlxen0\n");
    assertThat(guest.inetOf("lagg0")).containsExactly("10.0.2.50/24");
    assertThat(guest.inetOf("hn0")).isEmpty();
    assertThat(says(guest, "ifconfig", "lagg0", "inet6"))
        .contains("inet6 2001:db8::50 prefixlen 64");
    assertThat(says(guest, "netstat", "-rn", "-f", "inet")).doesNotContain("default");
  }

  private static Duration longestCutByHand(Scenario scenario, String address)
      throws InterruptedException {
    SimulatedGuest guest = scenario.start();
    StockScripts scripts = new StockScripts(guest, Edition.MENDED, true, e -> {});
    guest.host().plug(HN0);
    guest.timer().sleep(Duration.ofSeconds(2));
    Instant before = guest.timer().now();
    says(guest, "ifconfig", "mlxen0", "up");
    scripts.vfUp("hn0");
    guest.timer().sleep(Duration.ofSeconds(5));
    Duration longest = Duration.ZERO;
    for (Reachability.Outage outage :
        guest
            .reachability()
            .outages(
                InetAddresses.forString(address),
                Reachability.Vantage.ON_LINK,
                before,
                guest.timer().now())) {
      longest = outage.length().compareTo(longest) > 0 ? outage.length() : longest;
    }
    return longest;
  }

  /** Run by hand, as in transcript 53; 30 % off at the most. */
  @Test
  void theNewestCutsTheGuestOffAsLongAsItWasRecorded() throws InterruptedException {
    Duration fixed = longestCutByHand(Scenario.staticGuest(), "10.0.2.50");
    assertThat(fixed).isAtLeast(Duration.ofMillis(616));
    assertThat(fixed).isAtMost(Duration.ofMillis(1144));
    Duration dhcp = longestCutByHand(Scenario.azure(), "10.0.2.15");
    assertThat(dhcp).isAtLeast(Duration.ofMillis(994));
    assertThat(dhcp).isAtMost(Duration.ofMillis(1846));
  }

  @Test
  void theOlderOneNeverEndsWhereDeletingNeverFails() throws InterruptedException {
    SimulatedGuest guest = Scenario.staticGuest().start();
    List<String> events = new ArrayList<>();
    StockScripts scripts =
        new StockScripts(
            guest, Edition.UNTIL_DELETING_FAILS, true, (DevdNotice e) -> events.add(e.line()));
    guest.host().plug(HN0);
    scripts.pass(Duration.ofSeconds(60));
    assertThat(events).contains("!system=HYPERV_NIC_VF subsystem=hn0 type=VF_UP");
    assertThat(guest.inetOf("lagg0")).isEmpty();
    assertThat(guest.inetOf("hn0")).isEmpty();
    assertThat(guest.isUp("lagg0")).isFalse();
  }

  @Test
  void theOlderOneEndsWhereDeletingFails() throws InterruptedException {
    SimulatedGuest guest = Scenario.azure().ioctlIfconfig().start();
    StockScripts scripts = new StockScripts(guest, Edition.UNTIL_DELETING_FAILS, false, e -> {});
    guest.host().plug(HN0);
    scripts.pass(Duration.ofSeconds(20));
    assertThat(guest.inetOf("lagg0")).containsExactly("10.0.2.15/24");
    assertThat(guest.hasDhclient("lagg0")).isTrue();
    assertThat(guest.hasDhclient("hn0")).isFalse();
  }
}
