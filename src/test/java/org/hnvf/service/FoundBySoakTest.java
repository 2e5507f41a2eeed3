package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.time.Duration;
import org.hnvf.model.HnvfException;
import org.hnvf.model.PairState;
import org.hnvf.model.Wish;
import org.hnvf.sim.CommandPattern;
import org.hnvf.sim.GuestProgram;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.Test;

/** What the soak found wrong, each with what must happen. */
final class FoundBySoakTest {

  private static Guest rested(Scenario scenario) throws InterruptedException {
    return Guest.of(scenario).rest(Duration.ofSeconds(20));
  }

  @Test
  void aSecondAddressOfTheGatewaysNetworkDoesNotKeepTheDefaultRouteOnHn()
      throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.staticGuest());
    guest.type("ifconfig", "hn0", "inet", "10.0.2.62/24", "alias");
    ImmutableList<String> addresses = guest.addresses("hn0");
    guest.plug();
    assertThat(guest.pairState()).isEqualTo(PairState.BONDED_VF);
    assertThat(guest.pair().defaultRoute()).hasValue("10.0.2.2 via lagg0");
    assertThat(guest.addresses("lagg0")).containsExactlyElementsIn(addresses);
    assertThat(guest.silent(addresses)).isEmpty();
  }

  @Test
  void aScriptIsNotAskedForAVfThatIsGone() throws HnvfException, IOException {
    Guest guest = Guest.of(Scenario.azure());
    BadInputTest.script(guest, "rwxr-xr-x");
    guest.sim.program(
        "/usr/libexec/hyperv/hyperv_vfup.hn0",
        command -> {
          guest.type("ifconfig", "lagg0", "create", "laggproto", "failover", "laggport", "hn0");
          guest.type("ifconfig", "lagg0", "laggport", "mlxen0", "10.0.2.15/24", "up");
          return GuestProgram.Answer.silent(0);
        });
    guest.plug().unplug();
    Report report = guest.orchestrator.failback(Guest.HN);
    assertThat(report.exitStatus()).isEqualTo(0);
    assertThat(report.message()).contains("an override script takes care of hn0");
  }

  @Test
  void aDescriptionAndAResolverThatARecoveryLeftOutFollow()
      throws HnvfException, InterruptedException, IOException {
    Guest guest = rested(Scenario.azure());
    guest.type("ifconfig", "hn0", "description", "uplink");
    guest.plug();
    guest.type("ifconfig", "lagg0", "-description");
    guest.write("/var/run/resolvconf/interfaces/hn0", "nameserver 10.0.2.3\n");
    assertThat(guest.state().resolvers()).containsExactly("hn0", "lagg0");
    guest.orchestrator.all(Trigger.OTHER);
    assertThat(guest.find("lagg0").description()).hasValue("uplink");
    assertThat(guest.state().resolvers()).containsExactly("lagg0");
  }

  @Test
  void ipv6MovesFromAnHnWithoutALinkLocalAddress() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.staticGuest());
    ImmutableList<String> addresses = guest.addresses("hn0");
    guest.type("ifconfig", "hn0", "inet6", "-auto_linklocal");
    String linkLocal =
        guest.find("hn0").inet6().filter(a -> a.prefix().isIpv6LinkLocal()).findFirst().stream()
            .map(a -> a.prefix().host())
            .findFirst()
            .orElseThrow();
    guest.type("ifconfig", "hn0", "inet6", linkLocal + "%hn0", "-alias");
    assertThat(guest.find("hn0").inet6().anyMatch(a -> a.prefix().isIpv6LinkLocal())).isFalse();
    guest.plug();
    assertThat(guest.pairState()).isEqualTo(PairState.BONDED_VF);
    assertThat(guest.addresses("lagg0")).containsExactlyElementsIn(addresses);
    guest.rest(Duration.ofSeconds(3));
    assertThat(guest.silent(addresses)).isEmpty();
  }

  @Test
  void afterAnUndoTheLeasedAddressIsTheFirstAgain() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure());
    guest.type("ifconfig", "hn0", "inet", "10.0.2.61/32", "alias");
    guest.type("route", "-q", "add", "-net", "192.0.2.0/24", "10.0.2.9");
    String routes = guest.staticRoutes("hn0");
    guest.sim.faults().failNext(CommandPattern.line("ifconfig hn0 inet 10.0.2.61 -alias"), 1, "x");
    guest.plug();
    assertThat(guest.pair().wish()).isInstanceOf(Wish.Held.class);
    assertThat(guest.addresses("hn0")).containsExactly("10.0.2.15/24", "10.0.2.61/32").inOrder();
    assertThat(guest.staticRoutes("hn0")).isEqualTo(routes);
  }

  @Test
  void aHoldDownEndsWithTheTryThatSucceededAlsoIfThatWasNotNoted()
      throws HnvfException, InterruptedException, IOException {
    Guest guest = rested(Scenario.azure()).plug();
    guest.write("/var/db/hnvf/hn0.wish", "held 1 " + guest.sim.timer().now() + " killed\n");
    assertThat(guest.pair().wish()).isInstanceOf(Wish.Held.class);
    guest.rest(Duration.ofHours(2));
    guest.orchestrator.all(Trigger.OTHER);
    assertThat(guest.pair().wish()).isEqualTo(new Wish.Auto());
    assertThat(guest.pairState()).isEqualTo(PairState.BONDED_VF);
  }

  @Test
  void aRebuildDoesNotForgetTheNameServersOfHnItself() throws HnvfException, InterruptedException {
    Guest guest = rested(Scenario.azure());
    guest.sim.faults().hangNext(CommandPattern.line("/sbin/dhclient lagg0"));
    guest.sim.faults().failNext(CommandPattern.line("/sbin/dhclient hn0"), 1, "x");
    guest.plug();
    assertThat(guest.pair().dhcp()).containsExactly("hn0");
    assertThat(guest.state().resolvers()).contains("hn0");
  }
}
