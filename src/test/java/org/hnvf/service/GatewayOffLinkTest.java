package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;

import java.util.stream.Stream;
import org.hnvf.model.HnvfException;
import org.hnvf.model.PairState;
import org.hnvf.model.Strategy;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A /32 address and a gateway off its network, as hosting companies give them: the route to the
 * gateway stands before the default route, there and back (transcript 65).
 */
final class GatewayOffLinkTest {

  /** How the gateway is reached. */
  enum Way {
    TO_THE_INTERFACE("-interface hn0"),
    THROUGH_THE_OWN_ADDRESS("198.51.100.20");

    final String gateway;

    Way(String gateway) {
      this.gateway = gateway;
    }

    Guest guest(Strategy strategy) {
      Guest guest =
          Guest.of(
              Scenario.bare()
                  .rcConf("ifconfig_hn0=\"inet 198.51.100.20/32\"")
                  .rcConf("static_routes=\"gw default4\"")
                  .rcConf("route_gw=\"-host 10.0.2.2 " + gateway + "\"")
                  .rcConf("route_default4=\"default 10.0.2.2\""),
              strategy);
      type(guest, "ifconfig hn0 inet 198.51.100.20/32 up");
      type(guest, "route -q add -host 10.0.2.2 " + gateway);
      type(guest, "route -q add default 10.0.2.2");
      return guest;
    }
  }

  private static void type(Guest guest, String line) {
    assertThat(guest.type(line.split(" ", -1)).succeeded()).isTrue();
  }

  static Stream<Arguments> waysAndStrategies() {
    return Stream.of(Way.values())
        .flatMap(way -> Stream.of(Strategy.values()).map(s -> Arguments.of(way, s)));
  }

  @ParameterizedTest
  @MethodSource("waysAndStrategies")
  void theGuestIsMovedAndComesBack(Way way, Strategy strategy)
      throws HnvfException, InterruptedException {
    Guest guest = way.guest(strategy);
    ThereAndBack.of(guest)
        .go(
            () -> {
              assertThat(guest.staticRoutes("lagg0")).contains("default 10.0.2.2, 10.0.2.2 ");
              assertThat(guest.staticRoutes("hn0")).isEmpty();
              assertThat(guest.answers("198.51.100.20")).isTrue();
            });
  }

  /** The lagg has the route to the link-local network of IPv6, too, with its own zone. */
  @ParameterizedTest
  @EnumSource
  void statusIsShownOfALaggWithAZone(Way way) throws HnvfException {
    Guest guest = way.guest(Strategy.ON_VF_UP);
    type(guest, "ifconfig hn0 inet6 -ifdisabled auto_linklocal");

    guest.plug();

    assertThat(guest.state().routes().stream().map(route -> route.destination()))
        .contains("fe80::%lagg0/64");
    assertThat(guest.pair().state()).isEqualTo(PairState.LAGG_VF);
  }

  @ParameterizedTest
  @EnumSource
  void theRoutesAreLostAndComeBackWhileTheLaggStands(Way way)
      throws HnvfException, InterruptedException {
    Guest guest = way.guest(Strategy.ON_VF_UP).plug();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    type(guest, "ifconfig lagg0 inet 198.51.100.20 -alias");
    assertThat(guest.staticRoutes("lagg0")).isEmpty();
    // An administrator runs rc(8)'s command on the port.
    type(guest, "ifconfig hn0 inet 198.51.100.20/32 alias");
    type(guest, "route -q add -host 10.0.2.2 " + way.gateway);
    type(guest, "route -q add default 10.0.2.2");

    guest.orchestrator.all(Trigger.OTHER);

    assertThat(guest.staticRoutes("lagg0")).contains("default 10.0.2.2, 10.0.2.2 ");
    assertThat(guest.staticRoutes("hn0")).isEmpty();
    assertThat(guest.addresses("hn0")).isEmpty();
    assertThat(guest.answers("198.51.100.20")).isTrue();
  }

  @Test
  void theAddressByWhichTheGatewayIsReachedMovesInTheCut()
      throws HnvfException, InterruptedException {
    Guest guest = Guest.of(Scenario.bare().rcConf("ifconfig_hn0=\"inet 172.16.5.1/24\""));
    type(guest, "ifconfig hn0 inet 172.16.5.1/24 up");
    type(guest, "ifconfig hn0 inet 198.51.100.20/32 alias");
    type(guest, "route -q add -host 10.0.2.2 198.51.100.20");
    type(guest, "route -q add default 10.0.2.2");
    type(guest, "route -q add -net 192.0.2.0/24 172.16.5.9");

    guest.plug();

    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.staticRoutes("lagg0"))
        .isEqualTo("default 10.0.2.2, 10.0.2.2 198.51.100.20, 192.0.2.0/24 172.16.5.9");
    assertThat(guest.answers("198.51.100.20")).isTrue();
    guest.orchestrator.release(Guest.HN);
    assertThat(guest.staticRoutes("hn0"))
        .isEqualTo("default 10.0.2.2, 10.0.2.2 198.51.100.20, 192.0.2.0/24 172.16.5.9");
    assertThat(guest.answers("198.51.100.20")).isTrue();
  }

  @Test
  void aRouteThroughAnAliasStandsWhenTheAliasHasLeftHn()
      throws HnvfException, InterruptedException {
    Guest guest = Guest.of(Scenario.staticGuest());
    type(guest, "ifconfig hn0 inet 172.16.5.1/24 alias");
    type(guest, "route -q add -net 192.0.2.0/24 172.16.5.9");
    ThereAndBack.of(guest)
        .go(
            () ->
                assertThat(guest.staticRoutes("lagg0"))
                    .isEqualTo("default 10.0.2.2, 192.0.2.0/24 172.16.5.9"));
  }
}
