package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;

import org.hnvf.model.HnvfException;
import org.hnvf.model.PairState;
import org.hnvf.model.Strategy;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Routes of rc.conf's static_routes that were lost are put back, as its default router is. */
final class StaticRoutesTest {

  private static final String LOST =
      "default 10.0.2.2, 192.0.2.0/24 10.0.2.9, 198.51.100.7 10.0.2.9,"
          + " default fe80::1%lagg0, 2001:db8:9::/48 2001:db8::9";

  private static Guest guest(Strategy strategy) {
    Guest guest =
        Guest.of(
            Scenario.bare()
                .rcConf("ifconfig_hn0=\"inet 10.0.2.50/24\"")
                .rcConf("ifconfig_hn0_ipv6=\"inet6 2001:db8::50/64\"")
                .rcConf("defaultrouter=\"10.0.2.2\"")
                .rcConf("ipv6_defaultrouter=\"fe80::1%hn0\"")
                .rcConf("static_routes=\"lab one elsewhere odd\"")
                .rcConf("route_lab=\"-net 192.0.2.0/24 10.0.2.9\"")
                .rcConf("route_one=\"-host 198.51.100.7 10.0.2.9\"")
                .rcConf("route_elsewhere=\"-net 203.0.113.0/24 10.9.9.9\"")
                .rcConf("route_odd=\"-net 10.77.0.0 10.0.2.9\"")
                .rcConf("ipv6_static_routes=\"six\"")
                .rcConf("ipv6_route_six=\"2001:db8:9:: -prefixlen 48 2001:db8::9\""),
            strategy);
    type(guest, "ifconfig hn0 inet 10.0.2.50/24 up");
    type(guest, "ifconfig hn0 inet6 2001:db8::50/64 -ifdisabled auto_linklocal");
    type(guest, "route -q add default 10.0.2.2");
    type(guest, "route -6 -q add default fe80::1%hn0");
    return guest;
  }

  private static void type(Guest guest, String line) {
    assertThat(guest.type(line.split(" ", -1)).succeeded()).isTrue();
  }

  private static long changes(Guest guest, int since) {
    return guest.changesSince(since).size();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotLiveIsPutThereWithTheMove(Strategy strategy) throws HnvfException {
    Guest guest = guest(strategy).plug();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.staticRoutes("lagg0")).isEqualTo(LOST);
  }

  /** {@code service routing restart} deletes them all, and adds those that it then can. */
  @Test
  void whatIsLostLaterIsPutBackAndThenThereIsNothingToDo() throws HnvfException {
    Guest guest = guest(Strategy.ON_VF_UP).plug();
    type(guest, "route -q delete -net 192.0.2.0/24");
    type(guest, "route -6 -q delete -net 2001:db8:9::/48");

    guest.orchestrator.all(Trigger.OTHER);

    assertThat(guest.staticRoutes("lagg0").split(", ", -1)).hasLength(5);
    int before = guest.sim.history().size();
    guest.orchestrator.all(Trigger.OTHER);
    assertThat(changes(guest, before)).isEqualTo(0);
    assertThat(guest.orchestrator.release(Guest.HN).exitStatus()).isEqualTo(0);
    assertThat(guest.staticRoutes("hn0").split(", ", -1)).hasLength(5);
  }

  /** The column of netstat(1) has another width in each release. */
  @Test
  void aRouteThroughAnInterfaceWithALongNameMoves() throws HnvfException {
    Guest guest = Guest.of(Scenario.bare().rcConf("ifconfig_hn0_name=\"external0\""));
    type(guest, "ifconfig hn0 name external0");
    type(guest, "ifconfig external0 inet 10.0.2.50/24 up");
    type(guest, "route -q add default 10.0.2.2");
    type(guest, "route -q add -net 198.51.100.0/24 10.0.2.7");

    guest.plug();

    assertThat(guest.staticRoutes("lagg0")).isEqualTo("default 10.0.2.2, 198.51.100.0/24 10.0.2.7");
  }

  @Test
  void oneThatStandsThroughAnotherInterfaceIsNotOurs() throws HnvfException {
    Guest guest = guest(Strategy.ON_VF_UP);
    type(guest, "route -q add -net 192.0.2.0/24 -iface lo0");
    guest.plug();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.staticRoutes("lagg0")).doesNotContain("192.0.2.0/24");
    int before = guest.sim.history().size();
    guest.orchestrator.all(Trigger.OTHER);
    assertThat(changes(guest, before)).isEqualTo(0);
  }

  @Test
  void eachIsPutIntoItsOwnFib() throws HnvfException {
    Guest guest =
        Guest.of(
            Scenario.bare()
                .rcConf("ifconfig_hn0=\"inet 10.0.2.50/24 fib 1\"")
                .rcConf("static_routes=\"there here\"")
                .rcConf("route_there=\"-net 192.0.2.0/24 10.0.2.9 -fib 1\"")
                .rcConf("route_here=\"-net 198.51.100.0/24 10.0.2.9\""));
    type(guest, "sysctl net.fibs=2");
    type(guest, "ifconfig hn0 fib 1");
    type(guest, "ifconfig hn0 inet 10.0.2.50/24 up");

    guest.plug();

    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    // In FIB 0 there is no way to that gateway.
    assertThat(guest.staticRoutes("lagg0")).isEqualTo("192.0.2.0/24 10.0.2.9");
    assertThat(
            guest.state().routes().stream()
                .filter(r -> r.destination().equals("192.0.2.0/24") && r.fib() == 1)
                .count())
        .isEqualTo(1);
  }
}
