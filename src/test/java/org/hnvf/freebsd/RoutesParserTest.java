package org.hnvf.freebsd;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.hnvf.model.Route;
import org.junit.jupiter.api.Test;

final class RoutesParserTest {

  private static final String HEADING =
      "Internet:\nDestination        Gateway            Flags         Netif Expire\n";

  @Test
  void readsAGatewayThatIsWiderThanItsColumn() {
    assertThat(RoutesParser.parse(Transcripts.stdout("57", "netstat -rn", 1)))
        .contains(
            new Route(
                true,
                "default",
                "fe80::54d5:efff:fe84:10fc%lagg0",
                "UG",
                "lagg0",
                Optional.empty()));
  }

  @Test
  void readsBothTables() {
    assertThat(RoutesParser.parse(Transcripts.stdout("57", "netstat -rn", 0))).hasSize(18);
    assertThat(
            RoutesParser.parse(Transcripts.stdout("57", "netstat -rn", 0)).stream()
                .filter(Route::ipv6))
        .hasSize(12);
  }

  @Test
  void keepsTheNumbersOfTheWideFormat() {
    assertThat(RoutesParser.parse(Transcripts.stdout("26", "netstat -rnW -f inet", 0)))
        .containsExactly(
            new Route(
                false,
                "10.0.2.0/24",
                "link#4",
                "U",
                "hn0",
                Optional.empty(),
                ImmutableList.of("2", "1500"),
                0),
            new Route(
                false,
                "10.0.2.50",
                "link#3",
                "UHS",
                "lo0",
                Optional.empty(),
                ImmutableList.of("3", "16384"),
                0),
            new Route(
                false,
                "127.0.0.1",
                "link#3",
                "UH",
                "lo0",
                Optional.empty(),
                ImmutableList.of("1", "16384"),
                0))
        .inOrder();
  }

  @Test
  void readsTheExpiry() {
    assertThat(RoutesParser.parse(HEADING + "10.0.2.9  10.0.2.1  UGHD  hn0  3600\n"))
        .containsExactly(
            new Route(false, "10.0.2.9", "10.0.2.1", "UGHD", "hn0", Optional.of("3600")));
    assertThat(RoutesParser.parse(HEADING + "10.0.2.9  10.0.2.1  UGHD  hn0  3600 =>\n"))
        .containsExactly(
            new Route(false, "10.0.2.9", "10.0.2.1", "UGHD", "hn0", Optional.of("3600 =>")));
  }

  @Test
  void readsFlagsAndInterfacesThatItDoesNotKnow() {
    assertThat(RoutesParser.parse(HEADING + "default  10.0.2.1  UGSZ9  ---\n"))
        .containsExactly(new Route(false, "default", "10.0.2.1", "UGSZ9", "---", Optional.empty()));
    assertThat(RoutesParser.parse(HEADING + "10.0.0.0&0xff00ff  link#1  U  7\n"))
        .containsExactly(
            new Route(false, "10.0.0.0&0xff00ff", "link#1", "U", "7", Optional.empty()));
  }

  @Test
  void passesOverWhatIsNoRoute() {
    assertThat(RoutesParser.parse("")).isEmpty();
    assertThat(RoutesParser.parse("Routing tables\n")).isEmpty();
    assertThat(RoutesParser.parse("default 10.0.2.2 UGS hn0\n")).isEmpty();
    assertThat(RoutesParser.parse("Internet:\ndefault 10.0.2.2 UGS\n")).isEmpty();
    assertThat(RoutesParser.parse("Netgraph:\ndefault 10.0.2.2 UGS hn0\n")).isEmpty();
    assertThat(RoutesParser.parse(HEADING + "\nNetgraph:\ndefault 10.0.2.2 UGS hn0\n")).isEmpty();
    assertThat(RoutesParser.parse(HEADING + "64 bytes from 10.0.2.2: icmp_seq=0\n")).isEmpty();
    assertThat(RoutesParser.parse(HEADING + "add net default: gateway 10.0.2.2\n")).isEmpty();
  }

  @Test
  void whatFollowsATableDoesNotDisturbIt() {
    String mixed =
        Transcripts.stdout(
            "15",
            "ifconfig hn0 inet; ifconfig hn1 inet; netstat -rn -f inet; ps -axww -o"
                + " pid,user,stat,command | grep \"dhclient:\" | grep -v grep",
            0);

    assertThat(mixed).contains("dhclient: hn1 (dhclient)");
    assertThat(RoutesParser.parse(mixed)).hasSize(6);
  }

  @Test
  void theHeadingTellsTheFib() {
    ImmutableList<Route> routes =
        RoutesParser.parse(
            Transcripts.stdout("75", "netstat -rn -f inet -F 1; netstat -rn -f inet", 0));
    assertThat(
            routes.stream().filter(Route::isDefault).map(r -> r.fib() + " " + r.netif()).toList())
        .containsExactly("1 hn1", "0 hn0")
        .inOrder();
  }
}
