package org.hnvf.sim;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.hnvf.model.CommandResult;
import org.junit.jupiter.api.Test;

final class DhcpTest {

  private static String dhclients(SimulatedGuest guest) {
    return Guests.out(guest, "ps -axww -o pid= -o ruid= -o jid= -o command=")
        .lines()
        .filter(l -> l.contains("dhclient"))
        .map(l -> l.replaceFirst("^ *\\d+ +\\d+ +\\d+ ", "") + "\n")
        .reduce("", String::concat);
  }

  private static SimulatedGuest stopped() {
    SimulatedGuest guest = Scenario.azure().start();
    Guests.run(guest, "pkill dhclient");
    return guest;
  }

  @Test
  void aSilentServerIsWaitedForAndLeavesAClientThatSleeps() throws IOException {
    SimulatedGuest guest = stopped();
    Files.delete(guest.root().resolve("var/db/dhclient.leases.hn0"));
    guest.host().dhcp(Guests.HN0, DhcpServer.silent());
    CommandResult result = Guests.run(guest, "dhclient hn0");
    assertThat(result.elapsed().toMillis()).isEqualTo(60_800);
    assertThat(result.stderr())
        .endsWith(
            """
            No DHCPOFFERS received.
            No working leases in persistent database - sleeping.

            """);
    assertThat(dhclients(guest))
        .isEqualTo(
            """
            dhclient: system.syslog (dhclient)
            dhclient: hn0 [priv] (dhclient)
            dhclient: hn0 (dhclient)
            """);
    guest.host().dhcp(Guests.HN0, DhcpServer.giving("10.0.2.15"));
    Guests.run(guest, "ifconfig hn0 -alias");
    Guests.pass(guest, Duration.ofMinutes(6));
    assertThat(Guests.out(guest, "ifconfig hn0 inet")).contains("inet 10.0.2.15 ");
  }

  /** main of sbin/dhclient/dhclient.c: the option b applies after the link is there. */
  @Test
  void alsoInTheBackgroundItNeedsALink() {
    SimulatedGuest guest = stopped();
    guest.host().hnLink(Guests.HN0, false);
    CommandResult result = Guests.run(guest, "dhclient -b hn0");
    assertThat(result.ending()).isEqualTo(new CommandResult.Exited(1));
    assertThat(result.stderr()).isEqualTo("hn0: no link .............. giving up\n");
    assertThat(dhclients(guest)).isEmpty();
  }

  /** bind_lease of sbin/dhclient/dhclient.c. */
  @Test
  void theLeaseIsWrittenBeforeTheAddressStands() throws IOException {
    SimulatedGuest guest = stopped();
    Guests.run(guest, "ifconfig hn0 -alias");
    Path file = guest.root().resolve("var/db/dhclient.leases.hn0");
    Files.delete(file);
    Guests.run(guest, "dhclient -b hn0");
    while (!Files.exists(file)) {
      Guests.pass(guest, Duration.ofMillis(1));
    }
    assertThat(Files.readString(file)).contains("fixed-address 10.0.2.15;");
    assertThat(Guests.out(guest, "ifconfig hn0 inet")).isEmpty();
  }

  @Test
  void aSilentServerWithAnOldLease() {
    SimulatedGuest guest = stopped();
    guest.host().dhcp(Guests.HN0, DhcpServer.silent());
    guest.host().now(HostAction.gateway(Guests.HN0, false));
    CommandResult result = Guests.run(guest, "dhclient hn0");
    assertThat(result.elapsed().toMillis()).isEqualTo(77_000);
    assertThat(result.stderr()).contains("DHCPREQUEST on hn0");
    assertThat(result.stderr())
        .endsWith(
            """
            Trying recorded lease 10.0.2.15
            No working leases in persistent database - sleeping.

            """);
  }

  @Test
  void anotherAddressIsGivenAfterARefusal() {
    SimulatedGuest guest = stopped();
    guest.host().dhcp(Guests.HN0, DhcpServer.giving("10.0.2.77"));
    assertThat(Guests.run(guest, "dhclient hn0").stderr().replaceAll("interval \\d+", "N"))
        .isEqualTo(
            """
            DHCPREQUEST on hn0 to 255.255.255.255 port 67
            DHCPNAK from 10.0.2.2
            DHCPDISCOVER on hn0 to 255.255.255.255 port 67 N
            DHCPOFFER from 10.0.2.2
            DHCPREQUEST on hn0 to 255.255.255.255 port 67
            DHCPACK from 10.0.2.2
            bound to 10.0.2.77 -- renewal in 43199 seconds.
            """);
    assertThat(guest.reachability().isReachable(InetAddresses.forString("10.0.2.77"))).isTrue();
    assertThat(guest.reachability().isReachable(Guests.LEASED)).isFalse();
  }

  @Test
  void aSlowServerTakesItsTime() {
    SimulatedGuest guest = stopped();
    DhcpServer slow = DhcpServer.giving("10.0.2.15").delayedBy(Duration.ofSeconds(2));
    guest.host().dhcp(Guests.HN0, slow);
    assertThat(Guests.run(guest, "dhclient hn0").elapsed().toMillis()).isEqualTo(3_300);
    Guests.run(guest, "pkill dhclient");
    guest.host().dhcp(Guests.HN0, slow.refusingOldLeases());
    assertThat(Guests.run(guest, "dhclient hn0").stderr()).contains("DHCPNAK");
  }

  @Test
  void aLeaseIsRenewedAndEnds() {
    SimulatedGuest guest = stopped();
    guest.host().dhcp(Guests.HN0, DhcpServer.giving("10.0.2.15").leasing(Duration.ofMinutes(20)));
    Guests.run(guest, "dhclient hn0");
    Guests.pass(guest, Duration.ofHours(5));
    assertThat(guest.reachability().isReachable(Guests.LEASED)).isTrue();
    guest.host().dhcp(Guests.HN0, DhcpServer.silent());
    Guests.pass(guest, Duration.ofMinutes(21));
    assertThat(guest.reachability().isReachable(Guests.LEASED)).isFalse();
    assertThat(Guests.out(guest, "ifconfig hn0 inet")).isEmpty();
  }

  @Test
  void aClientEndsWhenItsAddressIsTakenButNotTooSoonAfterItsScript() {
    SimulatedGuest guest = stopped();
    Guests.run(guest, "dhclient hn0");
    Guests.run(guest, "ifconfig hn0 -alias");
    Guests.pass(guest, Duration.ofSeconds(20));
    assertThat(dhclients(guest)).contains("hn0");
    Guests.run(guest, "ifconfig hn0 inet 10.0.2.15/24");
    Guests.run(guest, "ifconfig hn0 inet 10.0.2.15 -alias");
    Guests.pass(guest, Duration.ofSeconds(2));
    assertThat(dhclients(guest)).isEmpty();
    Path pid = guest.root().resolve("var/run/dhclient/dhclient.hn0.pid");
    assertThat(Files.exists(pid)).isFalse();
    assertThat(Guests.out(guest, "resolvconf -i")).isEqualTo("\n");
  }

  @Test
  void aClientDoesNotNoticeWhileTheAddressStandsElsewhere() {
    SimulatedGuest guest = stopped();
    Guests.run(guest, "dhclient hn0");
    Guests.pass(guest, Duration.ofSeconds(20));
    Guests.run(guest, "ifconfig lagg0 create inet 10.0.2.15/24");
    Guests.run(guest, "ifconfig lagg0 inet 10.0.2.15/24");
    Guests.run(guest, "ifconfig hn0 inet 10.0.2.15 -alias");
    Guests.pass(guest, Duration.ofSeconds(2));
    assertThat(dhclients(guest)).contains("hn0");
  }

  @Test
  void interfaceDownEndsItLinkLossDoesNot() {
    SimulatedGuest guest = stopped();
    Guests.run(guest, "dhclient hn0");
    guest.host().hnLink(Guests.HN0, false);
    Guests.pass(guest, Duration.ofSeconds(5));
    assertThat(dhclients(guest)).contains("hn0");
    Guests.run(guest, "ifconfig hn0 down");
    Guests.pass(guest, Duration.ofSeconds(2));
    assertThat(dhclients(guest)).isEmpty();
    assertThat(Guests.out(guest, "ifconfig hn0 inet")).contains("10.0.2.15");
  }

  @Test
  void killingANumberThatIsNobodys() {
    SimulatedGuest guest = stopped();
    CommandResult result = Guests.run(guest, "kill -TERM 31999");
    assertThat(result.stderr()).isEqualTo("kill: 31999: No such process\n");
    assertThat(result.ending()).isEqualTo(new CommandResult.Exited(1));
  }
}
