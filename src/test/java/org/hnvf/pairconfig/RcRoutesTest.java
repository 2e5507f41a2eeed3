package org.hnvf.pairconfig;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Route;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The routes of operands of route(8) in rc.conf, and operands that are not converted. */
final class RcRoutesTest {

  private static final InterfaceName HN = new InterfaceName("hn0");

  private static Optional<Route> of(String operands) {
    return RcRoutes.of(ImmutableList.copyOf(Splitter.on(' ').split(operands)), HN);
  }

  @ParameterizedTest
  @CsvSource({
    "-net 192.0.2.0/24 10.0.2.9, 192.0.2.0/24, 10.0.2.9, UGS, 0",
    "192.0.2.77/24 10.0.2.9, 192.0.2.0/24, 10.0.2.9, UGS, 0",
    "-net 192.0.2.0 10.0.2.9 255.255.254.0, 192.0.2.0/23, 10.0.2.9, UGS, 0",
    "-net 192.0.2.0 -netmask 255.255.255.0 10.0.2.9 -fib 2, 192.0.2.0/24, 10.0.2.9, UGS, 2",
    "-net 192.0.2.0 -netmask 0xffffff00 10.0.2.9, 192.0.2.0/24, 10.0.2.9, UGS, 0",
    "-host 192.0.2.0 10.0.2.9, 192.0.2.0, 10.0.2.9, UGHS, 0",
    "192.0.2.5 10.0.2.9, 192.0.2.5, 10.0.2.9, UGHS, 0",
    "192.0.2.5/32 10.0.2.9, 192.0.2.5, 10.0.2.9, UGHS, 0",
    "-host 192.0.2.5/24 10.0.2.9, 192.0.2.5, 10.0.2.9, UGHS, 0",
    "-net 192.0.2.0/24 10.0.2.9 -netmask 255.255.254.0, 192.0.2.0/23, 10.0.2.9, UGS, 0",
    "-inet6 2001:db8:9:1::/64 -prefixlen 48 2001:db8::9, 2001:db8:9::/48, 2001:db8::9, UGS, 0",
    "-net 10/8 10.0.2.9, 10.0.0.0/8, 10.0.2.9, UGS, 0",
    "-net 192.0.2/24 -gateway 10.0.2.9, 192.0.2.0/24, 10.0.2.9, UGS, 0",
    "-dst 192.0.2.0/24 -gateway 10.0.2.9, 192.0.2.0/24, 10.0.2.9, UGS, 0",
    "default 10.0.2.9, default, 10.0.2.9, UGS, 0",
    "0.0.0.0/0 10.0.2.9, default, 10.0.2.9, UGS, 0",
    "-net 0.0.0.0/0 10.0.2.9, default, 10.0.2.9, UGS, 0",
    "-net 0.0.0.0 -netmask 0.0.0.0 10.0.2.9, default, 10.0.2.9, UGS, 0",
    "-net 0.0.0.0 10.0.2.9, default, 10.0.2.9, UGS, 0",
    "0.0.0.0 10.0.2.9 0.0.0.0, default, 10.0.2.9, UGS, 0",
    "-inet6 ::/0 2001:db8::9, default, 2001:db8::9, UGS, 0",
    "-host 10.9.0.1 -interface hn0, 10.9.0.1, hn0, UHS, 0",
    "-net 10.9.0.0/16 -iface hn0, 10.9.0.0/16, hn0, US, 0",
    "-interface 10.9.0.1 hn0, 10.9.0.1, hn0, UHS, 0",
    "-inet6 default fe80::9%hn0 -fib 3, default, fe80::9%hn0, UGS, 3",
    "-inet6 2001:db8:9::/48 2001:db8::9, 2001:db8:9::/48, 2001:db8::9, UGS, 0",
    "-inet6 2001:db8:9:0:: -prefixlen 48 fe80::9%hn0, 2001:db8:9::/48, fe80::9%hn0, UGS, 0",
  })
  void isRead(String operands, String to, String gateway, String flags, int fib) {
    Route route = of(operands).orElseThrow();
    assertThat(route.destination()).isEqualTo(to);
    assertThat(route.gateway()).isEqualTo(gateway);
    assertThat(route.flags()).isEqualTo(flags);
    assertThat(route.fib()).isEqualTo(fib);
    assertThat(route.netif()).isEqualTo("hn0");
  }

  @ParameterizedTest
  @CsvSource({
    "default -netmask 255.255.255.0 10.0.2.9",
    "-host default 10.0.2.9",
    "-net 10.77.0.0 10.0.2.9",
    "192.0.2.0 10.0.2.9",
    "-net 192.0.2.0/24 -interface hn1",
    "-net 192.0.2.0/24 hn0",
    "-host 0.0.0.0 -interface hn1",
    "-net 192.0.2.0/24 router.example.org",
    "-net 192.0.2.0/24",
    "-net 192.0.2.0/24 10.0.2.9 -fib",
    "-net 192.0.2.0/24 10.0.2.9 -fib 1-3",
    "-net 192.0.2.0/24 10.0.2.9 -blackhole",
    "-net 192.0.2.0 10.0.2.9 255.0.255.0",
    "-net 192.0.2.0/40 10.0.2.9",
    "-net 192.0.2.0/24 2001:db8::9",
    "-inet6 192.0.2.0/24 10.0.2.9",
    "-net nowhere 10.0.2.9",
    "-net 10 10.0.2.9",
    "-gateway 10.0.2.9 -net 192.0.2.0/24",
    "-net 192.0.2.0/24 10.0.2.9 -gateway",
  })
  void isNotTakenForARoute(String operands) {
    assertThat(of(operands)).isEmpty();
  }
}
