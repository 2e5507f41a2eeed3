package org.hnvf.sim;

import static com.google.common.truth.Truth.assertThat;

import org.hnvf.model.CommandResult;
import org.junit.jupiter.api.Test;

/** Output and effects of route(8), from sbin/route/route.c and sys/net/route of FreeBSD 15. */
final class RouteProgramTest {
  private static final String USAGE =
      "route: usage: route [-j jail] [-46dnqtv] command [[modifiers] args]\n";

  private final SimulatedGuest guest = Scenario.bare().nics(2).start();

  private void given(String... lines) {
    for (String line : lines) {
      assertThat(Guests.run(guest, line).succeeded()).isTrue();
    }
  }

  private void fails(String line, int status, String stdout, String stderr) {
    CommandResult result = Guests.run(guest, line);
    assertThat(result.stdout()).isEqualTo(stdout);
    assertThat(result.stderr()).isEqualTo(stderr);
    assertThat(result.ending()).isEqualTo(new CommandResult.Exited(status));
  }

  private String table() {
    return Guests.out(guest, "netstat -rn -f inet").replaceAll("link#\\d+ ", "link#N ");
  }

  @Test
  void anAddressIsRepeatedAsItWasTyped() {
    given("ifconfig hn0 inet 10.0.2.50/24", "ifconfig hn0 inet6 2001:db8::50/64");
    assertThat(Guests.out(guest, "route add -net 10.8.1.1/16 10.0.2.9"))
        .isEqualTo("add net 10.8.1.1: gateway 10.0.2.9\n");
    assertThat(Guests.out(guest, "route add 198.51.100.7/32 10.0.2.9"))
        .isEqualTo("add net 198.51.100.7: gateway 10.0.2.9\n");
    assertThat(Guests.out(guest, "route add 198.51.100.8 10.0.2.9"))
        .isEqualTo("add host 198.51.100.8: gateway 10.0.2.9\n");
    assertThat(Guests.out(guest, "route del 198.51.100.8")).isEqualTo("del host 198.51.100.8\n");
    assertThat(Guests.out(guest, "route -6 add 2001:db8:5::/48 2001:db8::77"))
        .isEqualTo("add net 2001:db8:5::/48: gateway 2001:db8::77\n");
  }

  @Test
  void aNetworkWithoutLengthHasAllBytesUpToTheLastThatIsNotZero() {
    given(
        "ifconfig hn0 inet 10.0.2.50/24",
        "route add 192.0.2.0 10.0.2.9",
        "route add -net 203.0.113.0 -netmask 255.255.255.128 10.0.2.9",
        "route add -net 203.0.114.0 10.0.2.9 0xffffff00",
        "route add -net 10.9 10.0.2.9",
        "route add -host 198.51.100.0 10.0.2.9");
    String table = table();
    assertThat(table).contains("192.0.2.0/24       10.0.2.9           UGS             hn0\n");
    assertThat(table).contains("203.0.113.0/25     10.0.2.9           UGS             hn0\n");
    assertThat(table).contains("203.0.114.0/24     10.0.2.9           UGS             hn0\n");
    assertThat(table).contains("10.0.0.9           10.0.2.9           UGHS            hn0\n");
    assertThat(table).contains("198.51.100.0       10.0.2.9           UGHS            hn0\n");
  }

  @Test
  void whatTheKernelMadeForAnAddressCannotBeDeletedOrChanged() {
    given("ifconfig hn0 inet 10.0.2.50/24");
    fails(
        "route delete 10.0.2.0/24",
        1,
        "delete net 10.0.2.0 fib 0: gateway uses the same route\n",
        "route: message indicates error: Address already in use\n");
    fails(
        "route delete 10.0.2.50",
        1,
        "delete host 10.0.2.50 fib 0: gateway uses the same route\n",
        "route: message indicates error: Address already in use\n");
    fails(
        "route change 10.0.2.0/24 10.0.2.9",
        1,
        "change net 10.0.2.0: gateway 10.0.2.9 fib 0: route already in table\n",
        "route: message indicates error: File exists\n");
    assertThat(table()).contains("10.0.2.0/24        link#N             U               hn0\n");
  }

  @Test
  void aRouteIsDeletedOnlyWithItsOwnGateway() {
    given("ifconfig hn0 inet 10.0.2.50/24", "route -q add default 10.0.2.2");
    fails(
        "route delete default 10.0.2.9",
        1,
        "delete net default: gateway 10.0.2.9 fib 0: not in table\n",
        "route: route has not been found\n");
    given("route delete default 10.0.2.2");
  }

  @Test
  void aGatewayIsSoughtByTheAddressesOfTheInterfacesInTheirOrder() {
    given(
        "ifconfig hn0 inet 10.0.2.50/24",
        "ifconfig hn1 inet 10.0.2.60/24",
        "ifconfig hn0 down",
        "route -q add default 10.0.2.2");
    assertThat(table()).contains("10.0.2.0/24        link#N             U               hn1\n");
    assertThat(table()).contains("default            10.0.2.2           UGS             hn0\n");
    fails(
        "route add -net 10.9.0.0/16 172.16.0.1",
        1,
        "add net 10.9.0.0: gateway 172.16.0.1 fib 0: Invalid argument\n",
        "route: message indicates error: Invalid argument\n");
    given("route -q add -host 172.16.0.1 -iface hn1", "route -q add -net 10.9.0.0/16 172.16.0.1");
    assertThat(table()).contains("10.9.0.0/16        172.16.0.1         UGS             hn1\n");
  }

  @Test
  void whatIsRejectedOrThrownAwayGoesNowhere() {
    given(
        "route -q add -net 10.5.0.0/16 127.0.0.1 -reject",
        "route -q add -net 10.6.0.0/16 127.0.0.1 -blackhole");
    assertThat(table()).contains("10.5.0.0/16        link#N             URS             lo0\n");
    assertThat(table()).contains("10.6.0.0/16        link#N             USB             lo0\n");
    assertThat(Guests.run(guest, "ping -c1 -t1 10.5.0.1").stderr())
        .isEqualTo("ping: sendto: No route to host\n");
    assertThat(Guests.run(guest, "ping -c1 -t1 10.6.0.1").stderr()).isEmpty();
  }

  @Test
  void getTellsHostsPrefixesAndPinnedRoutesApart() {
    given("ifconfig hn0 inet 10.0.2.50/24", "route -q add -host 10.4.4.4 10.0.2.9 -mtu 1400");
    assertThat(Guests.out(guest, "route -n get 10.0.2.50"))
        .startsWith(
            """
               route to: 10.0.2.50
            destination: 10.0.2.50
                    fib: 0
              interface: lo0
                  flags: <UP,HOST,DONE,STATIC,PINNED>
            """);
    assertThat(Guests.out(guest, "route -n get 10.0.2.77")).contains("flags: <UP,DONE,PINNED>\n");
    assertThat(Guests.out(guest, "route -n get 10.4.4.4"))
        .contains("flags: <UP,GATEWAY,HOST,DONE,STATIC,FIXEDMTU>\n");
    assertThat(Guests.out(guest, "route -n get 10.4.4.4")).contains(" 1400 ");
    fails("route -n get 10.0.2.0/25", 255, "", "route: route has not been found\n");
  }

  @Test
  void aLinkLocalGatewayAndDestinationHaveTheirZone() {
    given("ifconfig hn0 inet6 2001:db8::50/64", "route -6 -q add default fe80::2%hn0");
    assertThat(Guests.out(guest, "route -6 -n get 2001:db8:9::1"))
        .contains("    gateway: fe80::2%hn0\n");
    assertThat(Guests.out(guest, "route -6 -n get fe80::9%hn0"))
        .startsWith("   route to: fe80::9%hn0\ndestination: fe80::%hn0\n");
  }

  @Test
  void badWordsChangeNothing() {
    given("ifconfig hn0 inet 10.0.2.50/24");
    String before = table();
    fails("route", 64, "", USAGE);
    fails("route bogus", 64, "", "route: bad keyword: bogus\n" + USAGE);
    fails("route add -bogus x", 64, "", "route: bad keyword: bogus\n" + USAGE);
    fails("route add default bogus", 68, "", "route: bad address: bogus\n");
    fails("route add default -iface nosuch0", 68, "", "route: bad address: nosuch0\n");
    fails("route -6 add default bogus", 71, "", "route: bogus: Name does not resolve\n");
    fails("route add 2001:db8::/64 10.0.2.2", 68, "", "route: bad address: 2001:db8::/64\n");
    fails("route add default 10.0.2.2 -fib 1", 64, "", "route: invalid fib number: 1\n");
    fails("route flush", 64, "", "route: the simulated guest does not know flush\n");
    assertThat(table()).isEqualTo(before);
  }
}
