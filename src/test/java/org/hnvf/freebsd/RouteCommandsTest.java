package org.hnvf.freebsd;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.Optional;
import org.hnvf.model.Command;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Route;
import org.junit.jupiter.api.Test;

final class RouteCommandsTest {

  private static final InterfaceName LAGG0 = new InterfaceName("lagg0");

  @Test
  void theDefaultRoute() {
    changes(RouteCommands.addDefault(false, "10.0.2.2"), "route -q add default 10.0.2.2");
    changes(RouteCommands.addDefault(true, "2001:db8::77"), "route -6 -q add default 2001:db8::77");
    changes(RouteCommands.changeDefault(false, "10.0.2.3"), "route -q change default 10.0.2.3");
    changes(
        RouteCommands.changeDefault(true, "fe80::1%lagg0"),
        "route -6 -q change default fe80::1%lagg0");
  }

  @Test
  void showsTheDefaultRouteOfAFib() {
    assertThat(RouteCommands.showDefault(false, 0).line()).isEqualTo("route -n get default");
    assertThat(RouteCommands.showDefault(true, 0).line()).isEqualTo("route -n -6 get default");
    assertThat(RouteCommands.showDefault(false, 1).line()).isEqualTo("route -n get -fib 1 default");
  }

  @Test
  void interfaceOfTheShownRoute() {
    assertThat(RouteCommands.shownInterface(Transcripts.stdout("26", "route -n get default", 0)))
        .hasValue("hn0");
    assertThat(
            RouteCommands.shownInterface(
                Transcripts.stdout("75", "route -n get -fib 1 default", 0)))
        .hasValue("lagg1");
    assertThat(RouteCommands.shownInterface("")).isEmpty();
  }

  @Test
  void operandsOfRcConf() {
    changes(
        RouteCommands.add(false, ImmutableList.of("-net", "192.0.2.0/24", "10.0.2.9")),
        "route -q add -net 192.0.2.0/24 10.0.2.9");
  }

  @Test
  void rebuildsEveryStaticRouteThatWasRecorded() {
    ImmutableList<String> rebuilt =
        RoutesParser.parse(Transcripts.stdout("26", "netstat -rn -f inet", 0)).stream()
            .filter(route -> route.netif().equals("hn0") && route.isStatic())
            .map(route -> RouteCommands.add(route, LAGG0).line())
            .collect(ImmutableList.toImmutableList());

    assertThat(rebuilt)
        .containsExactly(
            "route -q add default 10.0.2.2",
            "route -q add -net 192.0.2.0/24 10.0.2.9",
            "route -q add -host 198.51.100.7 10.0.2.8",
            "route -q add -net 203.0.113.0/24 -iface lagg0")
        .inOrder();
  }

  @Test
  void movesTheZoneOfAnIpv6Route() {
    Route viaLinkLocal = route("default", "fe80::1%hn0", "UG");
    changes(RouteCommands.add(viaLinkLocal, LAGG0), "route -6 -q add default fe80::1%lagg0");
    changes(RouteCommands.change(viaLinkLocal, LAGG0), "route -6 -q change default fe80::1%lagg0");
    changes(RouteCommands.delete(viaLinkLocal), "route -6 -q delete default fe80::1%hn0");
    changes(
        RouteCommands.add(route("2001:db8:1::/48", "2001:db8::9", "UGS"), LAGG0),
        "route -6 -q add -net 2001:db8:1::/48 2001:db8::9");
    changes(
        RouteCommands.add(route("fe80::%hn0/64", "link#4", "US"), LAGG0),
        "route -6 -q add -net fe80::%lagg0/64 -iface lagg0");
    changes(
        RouteCommands.add(route("fe80::9%hn0", "link#4", "UHS"), LAGG0),
        "route -6 -q add -host fe80::9%lagg0 -iface lagg0");
  }

  @Test
  void keepsWhatTheFlagsSay() {
    Route blackhole =
        new Route(false, "192.0.2.0/24", "10.0.2.9", "UGS1B", "hn0", Optional.empty());
    changes(
        RouteCommands.add(blackhole, LAGG0),
        "route -q add -net 192.0.2.0/24 10.0.2.9 -blackhole -proto1");
    changes(
        RouteCommands.add(route("2001:db8:2::/48", "link#4", "URS23"), LAGG0),
        "route -6 -q add -net 2001:db8:2::/48 -iface lagg0 -reject -proto2 -proto3");
  }

  @Test
  void aRouteToTheInterfaceItselfIsDeletedThere() {
    changes(
        RouteCommands.delete(
            new Route(false, "203.0.113.0/24", "link#4", "US", "hn0", Optional.empty())),
        "route -q delete -net 203.0.113.0/24 -iface hn0");
    changes(
        RouteCommands.add(
            new Route(false, "default", "link#4", "US", "hn0", Optional.empty()), LAGG0),
        "route -q add default -iface lagg0");
  }

  @Test
  void anotherFibIsNamedAtTheEnd() {
    Route route =
        new Route(false, "192.0.2.0/24", "10.0.3.2", "UGS", "hn1", Optional.empty()).in(1);
    changes(RouteCommands.add(route, LAGG0), "route -q add -net 192.0.2.0/24 10.0.3.2 -fib 1");
    changes(RouteCommands.delete(route), "route -q delete -net 192.0.2.0/24 10.0.3.2 -fib 1");
  }

  private static Route route(String destination, String gateway, String flags) {
    return new Route(true, destination, gateway, flags, "hn0", Optional.empty());
  }

  private static void changes(Command command, String line) {
    assertThat(command.line()).isEqualTo(line);
    assertThat(command.effect()).isEqualTo(Command.Effect.CHANGES);
    assertThat(command.timeLimit()).isEqualTo(Duration.ofSeconds(10));
  }
}
