package org.hnvf.event;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static com.google.common.truth.Truth.assertThat;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Optional;
import org.hnvf.model.InterfaceName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lines of FreeBSD 15 are from transcripts 26 and 33 and sbin/route/route_netlink.c. */
final class RouteMessagesTest {

  private static Optional<RouteNews> read(String line) {
    return new RouteMessages().read(line);
  }

  private static ImmutableSet<InterfaceName> names(String names) {
    return Splitter.on(' ')
        .omitEmptyStrings()
        .splitToStream(names)
        .map(InterfaceName::new)
        .collect(toImmutableSet());
  }

  @ParameterizedTest
  @CsvSource({
    "'12:43:37.028 PID 1588 delete addr 10.0.2.15/24 iface hn0 ', hn0, false",
    "'12:43:37.028 delete addr 10.0.2.15/24 iface hn0 ', hn0, false",
    "'12:43:37.028 PID    1 add/repl addr fe80::1%lagg0/64 iface lagg0 ', lagg0, false",
    "'01:02:03.004 PID 99 delete route 0.0.0.0/0 gw 10.0.2.2 iface lagg0 mtu 1500 table inet.0', lagg0, true",
    "'01:02:03.004 PID 99 add/repl route ::/0 gw fe80::1%hn0 iface hn0 mtu 1500 table inet6.0', hn0, true",
    "'01:02:03.004 PID 99 delete route 0.0.0.0/0 unreach(reject)', '', true",
    "'01:02:03.004 PID 99 add/repl route 10.9.0.0/16 gw 10.0.2.9 iface em0 mtu 1500 table inet.0', em0, false",
    "'01:02:03.004 PID 99 add/repl iface iface#3 mlxen0 admin DOWN oper DOWN mtu 1500 ', mlxen0, false",
  })
  void aMessageOfOneLine(String line, String interfaces, boolean defaultRoute) {
    RouteNews news = read(line).orElseThrow();
    assertThat(news.names()).isEqualTo(names(interfaces));
    assertThat(news.defaultRoute()).isEqualTo(defaultRoute);
    assertThat(line).contains(news.text());
    assertThat(news.text()).doesNotContain("PID");
  }

  /** Neighbours come and go with the traffic. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "12:43:37.028",
        "12:43:37.028 PID 12",
        "12:43:37.028 PID 12 delete",
        "12:43:37.028 PID 12 delete addr",
        "12:43:37.028 PID 12 add/repl neigh 10.0.2.2 state REACHABLE lladdr 52:54:0:1:2:3 iface hn0 ",
        "12:43:37.028 PID 12 add/repl unknown message  type 99",
        "12:43:37.028 PID 12 delete route 10.9.0.0/16 blackhole",
        "12:43:37.028 PID 12 delete addr 10.0.2.15/24 iface a/../b",
        "route: socket: Operation not permitted",
        "default",
        "got message of size 200 on Thu Nov 26 14:23:03 2026",
      })
  void whatIsNoChangeOfOursIsPassedOver(String line) {
    assertThat(read(line)).isEmpty();
  }

  private static List<RouteNews> readAll(String text) {
    RouteMessages messages = new RouteMessages();
    return text.lines().flatMap(line -> messages.read(line).stream()).toList();
  }

  /** As print_rtmsg of FreeBSD 13 prints them. */
  @Test
  void messagesOfManyLines() {
    List<RouteNews> news =
        readAll(
            """

            got message of size 200 on Thu Nov 26 14:23:03 2026
            RTM_DELETE: Delete Route: len 200, pid: 812, seq 1, errno 0, flags:<GATEWAY,DONE,STATIC>
            locks:  inits:
            sockaddrs: <DST,GATEWAY,NETMASK>
             default 10.0.2.2 default

            got message of size 108 on Thu Nov 26 14:23:03 2026
            RTM_DELADDR: address being removed from iface: len 108, metric 0, flags:
            sockaddrs: <NETMASK,IFP,IFA,BRD>
             255.255.255.0 hn0:0.15.5d.0.0.1 10.0.2.15 10.0.2.255

            got message of size 24 on Thu Nov 26 14:23:03 2026
            RTM_IFANNOUNCE: interface arrival/departure: len 24, if# 7, name lagg0, what: departure
            """);
    assertThat(news.stream().map(RouteNews::defaultRoute).toList())
        .containsExactly(true, false, false)
        .inOrder();
    assertThat(news.stream().map(RouteNews::names).toList())
        .isEqualTo(ImmutableList.of(names(""), names("hn0"), names("lagg0")));
  }

  /** hnvf itself and others ask for routes; a neighbour is a route there. */
  @Test
  void questionsAndNeighboursAreNoChanges() {
    assertThat(
            readAll(
                """
                RTM_GET: Report Metrics: len 260, pid: 812, seq 1, errno 0, flags:<UP,GATEWAY,DONE,STATIC>
                locks:  inits:
                sockaddrs: <DST,GATEWAY,NETMASK,IFP,IFA>
                 default 10.0.2.2 default hn0:0.15.5d.0.0.1 10.0.2.15
                RTM_ADD: Add Route: len 200, pid: 0, seq 0, errno 0, flags:<UP,HOST,DONE,LLINFO,PINNED>
                locks:  inits:
                sockaddrs: <DST,GATEWAY>
                 10.0.2.2 hn0:0.15.5d.0.0.1
                RTM_MISS: Lookup failed on this address: len 144, pid: 0, seq 0, errno 0, flags:<DONE>
                locks:  inits:
                sockaddrs: <DST>
                 default
                """))
        .isEmpty();
  }

  @Test
  void aLongTextIsCutForTheLog() {
    String far = "x".repeat(4000);
    RouteNews news = read("01:02:03.004 PID 9 delete route ::/0 gw " + far).orElseThrow();
    assertThat(news.text().length()).isAtMost(120);
  }
}
