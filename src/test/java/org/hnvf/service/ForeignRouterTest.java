package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;

import org.hnvf.model.HnvfException;
import org.hnvf.model.PairState;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A default router of rc.conf in another NIC's network does not belong to the pair. */
final class ForeignRouterTest {

  private static Guest guest(String rcConf) {
    Guest guest =
        Guest.of(
            Scenario.bare()
                .nics(2)
                .rcConf("ifconfig_hn0=\"inet 10.0.2.50/24\"")
                .rcConf("ifconfig_hn0_ipv6=\"inet6 2001:db8::50/64\"")
                .rcConf("ifconfig_hn1=\"inet 10.0.3.50/24\"")
                .rcConf(rcConf));
    guest.type("ifconfig", "hn0", "inet", "10.0.2.50/24", "up");
    guest.type("ifconfig", "hn0", "inet6", "2001:db8::50/64", "-ifdisabled", "auto_linklocal");
    return guest;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "defaultrouter=\"10.0.3.2\"",
        "ipv6_defaultrouter=\"fe80::1%hn1\"",
        "ipv6_defaultrouter=\"2001:db8:1::77\""
      })
  void theRouterOfANicThatIsNotConfiguredIsLeftAlone(String rcConf)
      throws HnvfException, InterruptedException {
    Guest guest = guest(rcConf);
    ThereAndBack.of(guest).go(() -> assertThat(guest.staticRoutes("lagg0")).isEmpty());
    assertThat(guest.changesSince(0).stream().filter(c -> c.contains("default")).toList())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "defaultrouter=\"10.0.3.2\"",
        "ipv6_defaultrouter=\"fe80::1%hn1\"",
        "ipv6_defaultrouter=\"2001:db8:1::77\""
      })
  void soItIsWhereThatNicIsThereAndItsRouteIsNot(String rcConf)
      throws HnvfException, InterruptedException {
    Guest guest = guest(rcConf);
    guest.type("ifconfig", "hn1", "inet", "10.0.3.50/24", "up");
    guest.type("ifconfig", "hn1", "inet6", "2001:db8:1::50/64", "-ifdisabled", "auto_linklocal");
    ThereAndBack.of(guest).go(() -> assertThat(guest.staticRoutes("lagg0")).isEmpty());
  }

  @Test
  void anotherNicsNarrowerNetworkHasTheRouter() throws HnvfException {
    Guest guest = guest("defaultrouter=\"10.0.2.2\"");
    guest.type("ifconfig", "hn1", "inet", "10.0.2.1/30", "up");

    guest.plug();

    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.defaultRoute()).isEmpty();
  }

  @Test
  void theOwnRouterThatIsMissingIsPutBack() throws HnvfException {
    Guest guest = guest("defaultrouter=\"10.0.2.2\"");

    guest.plug();

    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.staticRoutes("lagg0")).isEqualTo("default 10.0.2.2");
  }
}
