package org.hnvf.sim;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ReachabilityTest {

  private static Duration longest(
      SimulatedGuest guest, InetAddress address, Reachability.Vantage vantage, Instant since) {
    Duration longest = Duration.ZERO;
    for (Reachability.Outage outage :
        guest.reachability().outages(address, vantage, since, guest.timer().now())) {
      longest = outage.length().compareTo(longest) > 0 ? outage.length() : longest;
    }
    return longest;
  }

  private static Duration onLink(SimulatedGuest guest, InetAddress address, Instant since) {
    return longest(guest, address, Reachability.Vantage.ON_LINK, since);
  }

  @Test
  void fromBeyondTheGatewayTheCutLastsUntilTheDefaultRoute() {
    SimulatedGuest guest = Scenario.staticGuest().start();
    Instant since = guest.timer().now();
    for (String line :
        ImmutableList.of(
            "ifconfig hn0 inet6 -auto_linklocal",
            "ifconfig lagg0 create laggproto failover 10.0.2.50/24 up",
            "ifconfig lagg0 laggport hn0",
            "ifconfig hn0 inet 10.0.2.50 -alias",
            "route -q add default 10.0.2.2")) {
      assertThat(Guests.run(guest, line).succeeded()).isTrue();
    }
    Guests.pass(guest, Duration.ofSeconds(1));
    assertThat(onLink(guest, Guests.STATIC, since).toMillis()).isEqualTo(70);
    assertThat(longest(guest, Guests.STATIC, Reachability.Vantage.BEYOND_GATEWAY, since).toMillis())
        .isEqualTo(140);
    assertThat(guest.reachability().isReachable(Guests.STATIC)).isTrue();
  }

  /**
   * The order that cost 440 ms: the prefix moves to a lagg without a port, the guest's ARP request
   * is lost there, and it is repeated at the next second of uptime only.
   */
  @Test
  void turnedRoundTheCutLastsUntilArpAsksAgain() {
    for (int phase : new int[] {0, 200, 550, 900}) {
      SimulatedGuest guest =
          Scenario.staticGuest().bootedAgo(Duration.ofMillis(90_000 + phase)).start();
      Instant boot = guest.timer().now().minusMillis(90_000 + phase);
      Guests.run(guest, "ifconfig lagg0 create laggproto failover 10.0.2.50/24 up");
      Instant since = guest.timer().now();
      Guests.run(guest, "ifconfig hn0 inet 10.0.2.50 -alias");
      Guests.run(guest, "ifconfig lagg0 laggport hn0");
      Guests.run(guest, "route -q add default 10.0.2.2");
      Guests.pass(guest, Duration.ofSeconds(3));
      ImmutableList<Reachability.Outage> outages =
          guest
              .reachability()
              .outages(Guests.STATIC, Reachability.Vantage.ON_LINK, since, guest.timer().now());
      assertThat(outages).hasSize(1);
      Duration uptime = Duration.between(boot, outages.get(0).end());
      assertThat(uptime.toMillis() % 1000).isEqualTo(0);
      assertThat(outages.get(0).length().toMillis()).isAtLeast(70);
      assertThat(outages.get(0).length().toMillis()).isLessThan(1070);
    }
  }

  @Test
  void aConfigurationUnderAVfThatIsUpIsCutOff() {
    SimulatedGuest guest = Scenario.azure().start();
    assertThat(guest.reachability().isReachable(Guests.LEASED)).isTrue();
    guest.host().plug(Guests.HN0);
    assertThat(guest.reachability().isReachable(Guests.LEASED)).isTrue();
    Guests.run(guest, "ifconfig mlxen0 up");
    assertThat(guest.reachability().isReachable(Guests.LEASED)).isFalse();
    Guests.run(guest, "ifconfig mlxen0 down");
    assertThat(guest.reachability().isReachable(Guests.LEASED)).isTrue();
  }

  @Test
  void inTransparentModeTheVfChangesNothing() {
    SimulatedGuest guest = Scenario.azure().transparent().start();
    guest.host().plug(Guests.HN0);
    guest.drainEvents();
    Guests.run(guest, "ifconfig mlxen0 up");
    assertThat(guest.reachability().isReachable(Guests.LEASED)).isTrue();
    assertThat(guest.drainEvents()).isEmpty();
  }

  @Test
  void aVfThatPassesNothingIsABlackHoleWithALink() {
    SimulatedGuest guest = onLagg();
    assertThat(guest.reachability().isReachable(Guests.STATIC)).isTrue();
    guest.host().vfPassesTraffic(Guests.HN0, false);
    assertThat(guest.reachability().isReachable(Guests.STATIC)).isFalse();
    assertThat(Guests.out(guest, "ifconfig lagg0")).contains("laggport: mlxen0 flags=4<ACTIVE>");
    Guests.run(guest, "arp -d 10.0.2.2");
    assertThat(Guests.run(guest, "ping -c1 -t1 10.0.2.2").succeeded()).isFalse();
    assertThat(Guests.out(guest, "arp -n 10.0.2.2")).contains("(incomplete)");
    Guests.run(guest, "ifconfig mlxen0 down");
    assertThat(guest.reachability().isReachable(Guests.STATIC)).isTrue();
  }

  @Test
  void anAddressThatNeverWasIsNotReachable() {
    SimulatedGuest guest = Scenario.azure().start();
    Instant from = guest.timer().now();
    assertThat(guest.reachability().isReachable(Guests.STATIC)).isFalse();
    assertThat(guest.reachability().outages(Guests.STATIC, from, from.plusSeconds(5)))
        .containsExactly(new Reachability.Outage(from, from.plusSeconds(5)));
    assertThat(guest.reachability().addresses()).containsExactly(Guests.LEASED);
  }

  @Test
  void withoutAGatewayNobodyFromBeyondIsAnswered() {
    SimulatedGuest guest = Scenario.azure().start();
    guest.host().now(HostAction.gateway(Guests.HN0, false));
    assertThat(guest.reachability().isReachable(Guests.LEASED)).isFalse();
    assertThat(guest.reachability().isReachable(Guests.LEASED, Reachability.Vantage.ON_LINK))
        .isTrue();
  }

  /** A static guest whose configuration stands on a lagg over hn0 and its VF, which is up. */
  static SimulatedGuest onLagg() {
    SimulatedGuest guest = Scenario.staticGuest().start();
    for (String line :
        ImmutableList.of(
            "ifconfig lagg0 create laggproto failover laggport hn0 10.0.2.50/24 up",
            "ifconfig hn0 inet 10.0.2.50 -alias",
            "route -q add default 10.0.2.2")) {
      Guests.run(guest, line);
    }
    guest.host().plug(Guests.HN0);
    Guests.run(guest, "ifconfig lagg0 laggport mlxen0");
    Guests.run(guest, "ifconfig mlxen0 up");
    return guest;
  }
}
