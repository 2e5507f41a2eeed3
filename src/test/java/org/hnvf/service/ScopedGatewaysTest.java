package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;

import org.hnvf.model.HnvfException;
import org.hnvf.model.Strategy;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Link-local gateways: a route through {@code fe80::1%hn0} names its interface (transcript 64). */
final class ScopedGatewaysTest {

  private static final String DEFAULT = "default fe80::1234:5678:9abc%";
  private static final String NETWORK = "2001:db8:7::/48 fe80::2%";

  private static Guest guest(Scenario scenario, Strategy strategy) {
    Guest guest = Guest.of(scenario, strategy);
    guest.type("route", "-6", "-q", "add", "default", "fe80::1234:5678:9abc%hn0");
    guest.type("route", "-6", "-q", "add", "2001:db8:7::/48", "fe80::2%hn0");
    return guest;
  }

  @ParameterizedTest
  @EnumSource
  void scopedRoutesAreMovedAndComeBack(Strategy strategy)
      throws HnvfException, InterruptedException {
    Guest guest = guest(Scenario.staticGuest(), strategy);
    ThereAndBack.of(guest)
        .go(
            () -> {
              assertThat(guest.staticRoutes("lagg0")).contains(DEFAULT + "lagg0");
              assertThat(guest.staticRoutes("lagg0")).contains(NETWORK + "lagg0");
              assertThat(guest.staticRoutes("hn0")).isEmpty();
            });
  }

  @ParameterizedTest
  @EnumSource
  void aDhcpGuestWithAHostAddressOfIpv6KeepsItsScopedDefaultRoute(Strategy strategy)
      throws HnvfException, InterruptedException {
    Guest guest =
        Guest.of(
            Scenario.azure()
                .rcConf("ifconfig_hn0_ipv6=\"inet6 2001:db8:1::10/128\"")
                .rcConf("ipv6_defaultrouter=\"fe80::1234:5678:9abc%hn0\""),
            strategy);
    guest.type("ifconfig", "hn0", "inet6", "2001:db8:1::10/128", "-ifdisabled", "auto_linklocal");
    guest.type("route", "-6", "-q", "add", "default", "fe80::1234:5678:9abc%hn0");
    ThereAndBack.of(guest)
        .go(() -> assertThat(guest.staticRoutes("lagg0")).contains(DEFAULT + "lagg0"));
  }
}
