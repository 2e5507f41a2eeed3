package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.OperatorWord;
import org.hnvf.model.PairState;
import org.hnvf.sim.HostAction;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.Test;

/** The main job, from event to moved configuration and back, on the simulated guest. */
final class StoryTest {

  @Test
  void aDhcpGuestFailsOverAndBack() throws HnvfException, IOException {
    Guest guest = Guest.of(Scenario.azure());
    assertThat(guest.pairState()).isEqualTo(PairState.SYNTHETIC);

    Instant plugged = guest.sim.timer().now();
    guest.plug();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.addresses("lagg0")).containsExactly("10.0.2.15/24");
    assertThat(guest.addresses("hn0")).isEmpty();
    assertThat(guest.pair().defaultRoute()).hasValue("10.0.2.2 via lagg0");
    assertThat(guest.pair().dhcp()).containsExactly("lagg0");
    assertThat(guest.answers("10.0.2.15")).isTrue();
    assertThat(guest.unanswered("10.0.2.15", plugged)).isLessThan(Duration.ofMillis(400));
    assertThat(Files.readString(guest.path("/var/db/dhclient.leases.lagg0")))
        .contains("interface \"lagg0\";");
    assertThat(guest.state().resolvers()).containsExactly("lagg0");

    Instant revoked = guest.sim.timer().now();
    guest.unplug();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_SYNTHETIC);
    assertThat(guest.unanswered("10.0.2.15", revoked)).isAtMost(Duration.ofMillis(20));

    Instant back = guest.sim.timer().now();
    guest.plug("mce");
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.pair().pair().vf().map(Object::toString)).hasValue("mce0");
    assertThat(guest.unanswered("10.0.2.15", back)).isEqualTo(Duration.ZERO);

    guest.orchestrator.failover(Guest.HN, Optional.empty());
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_SYNTHETIC);
    assertThat(guest.isUp("mce0")).isFalse();
    assertThat(guest.find("lagg0").ports()).hasSize(1);

    guest.orchestrator.failback(Guest.HN);
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.pair().word()).isEqualTo(new OperatorWord.Auto());
    assertThat(guest.pair().backOff()).isEmpty();

    guest.orchestrator.release(Guest.HN);
    assertThat(guest.addresses("hn0")).containsExactly("10.0.2.15/24");
    assertThat(guest.pair().defaultRoute()).hasValue("10.0.2.2 via hn0");
    assertThat(guest.pair().dhcp()).containsExactly("hn0");
    assertThat(guest.pair().pair().lagg()).isEmpty();
    assertThat(guest.isUp("mce0")).isFalse();
    assertThat(guest.answers("10.0.2.15")).isTrue();
  }

  @Test
  void theDelayIsWaitedForBeforeTheVfComesUp() throws HnvfException {
    Guest guest = Guest.of(Scenario.azure().vfDelay("7"));
    guest.sim.host().plug(Guest.UNIT);
    Instant plugged = guest.sim.timer().now();
    guest.events();
    Instant up =
        guest.sim.history().stream()
            .filter(e -> e.result().command().line().equals("ifconfig mlxen0 up"))
            .map(e -> e.started())
            .findFirst()
            .orElseThrow();
    assertThat(Duration.between(plugged, up)).isAtLeast(Duration.ofSeconds(7));
    assertThat(Duration.between(plugged, up)).isLessThan(Duration.ofSeconds(9));
  }

  @Test
  void aDelayThatIsNoneIsTwoSecondsWithAWarning() throws HnvfException {
    Guest guest = Guest.of(Scenario.azure().vfDelay("soon"));
    guest.plug();
    assertThat(guest.reports.get(0).message()).contains("in 2 s");
    assertThat(guest.reports.get(0).notes().toString()).contains("hyperv_vf_delay");
    assertThat(guest.lastReport().exitStatus()).isEqualTo(0);
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }

  @Test
  void aVfThatGoesDuringItsDelayEndsIt() throws HnvfException {
    Guest guest = Guest.of(Scenario.azure().vfDelay("30"));
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.host().after(Duration.ofSeconds(10), HostAction.unplug(Guest.UNIT));
    guest.events();
    assertThat(guest.pairState()).isEqualTo(PairState.SYNTHETIC);
    assertThat(guest.changesSince(0).stream().filter(c -> c.contains("mlxen0")).toList()).isEmpty();
    assertThat(guest.orchestrator.status(guest.state(), Optional.of(Guest.HN)).get(0).delayEnds())
        .isEmpty();
  }

  @Test
  void aSecondAttachStartsTheDelayAnew() throws HnvfException, InterruptedException {
    Guest guest = Guest.of(Scenario.azure().vfDelay("10"));
    guest.sim.host().plug(Guest.UNIT);
    InterfaceName vf = new InterfaceName("mlxen0");
    Report first = guest.orchestrator.attach(vf);
    guest.rest(Duration.ofSeconds(6));
    Report second = guest.orchestrator.attach(vf);
    assertThat(second.lookAgain().orElseThrow()).isGreaterThan(first.lookAgain().orElseThrow());
    guest.orchestrator.patiently(first, Trigger.IFATTACH);
    assertThat(guest.sim.timer().now()).isAtLeast(second.lookAgain().orElseThrow());
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }

  @Test
  void aStaticGuestMovesAliasesIpv6AndRoutes() throws HnvfException, InterruptedException {
    Guest guest = Guest.of(Scenario.staticGuest());
    guest.type("ifconfig", "hn0", "inet", "10.0.2.61/32", "alias");
    guest.type("route", "-q", "add", "-net", "192.0.2.0/24", "10.0.2.9");
    ImmutableList<String> addresses = guest.addresses("hn0");
    String routes = guest.staticRoutes("hn0");
    guest.plug();
    guest.rest(Duration.ofSeconds(3));
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.addresses("lagg0")).containsExactlyElementsIn(addresses);
    assertThat(guest.staticRoutes("lagg0")).isEqualTo(routes);
    assertThat(guest.silent(addresses)).isEmpty();

    guest.orchestrator.release(Guest.HN);
    guest.rest(Duration.ofSeconds(3));
    assertThat(guest.addresses("hn0")).containsExactlyElementsIn(addresses);
    assertThat(guest.staticRoutes("hn0")).isEqualTo(routes);
    assertThat(guest.silent(addresses)).isEmpty();
  }

  @Test
  void slaacComesBackOnTheLaggAndOnHn() throws HnvfException, InterruptedException {
    Guest guest = Guest.of(Scenario.azure().slaac());
    guest.rest(Duration.ofSeconds(15));
    ImmutableList<String> addresses = guest.addresses("hn0");
    assertThat(addresses.toString()).contains("2001:db8::");
    guest.plug();
    guest.rest(Duration.ofSeconds(15));
    assertThat(guest.addresses("lagg0")).containsExactlyElementsIn(addresses);
    guest.orchestrator.release(Guest.HN);
    guest.rest(Duration.ofSeconds(15));
    assertThat(guest.addresses("hn0")).containsExactlyElementsIn(addresses);
  }

  @Test
  void aSecondLookAtASettledGuestChangesNothing() throws HnvfException {
    Guest guest = Guest.of(Scenario.azure()).plug();
    int before = guest.sim.history().size();
    guest.orchestrator.all(Trigger.OTHER);
    guest.orchestrator.vfUp(Guest.HN);
    guest.orchestrator.vfDown(Guest.HN);
    assertThat(guest.changesSince(before)).isEmpty();
    assertThat(guest.sim.history().size()).isGreaterThan(before);
  }

  @Test
  void pinnedOutlivesReattachAndRestartAndEndsByItself()
      throws HnvfException, InterruptedException {
    Guest guest = Guest.of(Scenario.azure()).plug();
    guest.orchestrator.failover(Guest.HN, Optional.of(Duration.ofMinutes(10)));
    guest.unplug();
    Guest later = guest.restarted();
    later.plug("mce");
    assertThat(later.pairState()).isEqualTo(PairState.LAGG_SYNTHETIC);
    assertThat(later.isUp("mce0")).isFalse();
    later.rest(Duration.ofMinutes(11));
    Report report = later.orchestrator.all(Trigger.OTHER);
    later.orchestrator.patiently(report, Trigger.OTHER);
    assertThat(later.pairState()).isEqualTo(PairState.LAGG_VF);
  }

  @Test
  void releasedKeepsHandsOffUntilFailback() throws HnvfException {
    Guest guest = Guest.of(Scenario.azure()).plug();
    guest.orchestrator.release(Guest.HN);
    guest.unplug().plug("mce");
    assertThat(guest.pair().pair().lagg()).isEmpty();
    assertThat(guest.isUp("mce0")).isFalse();
    assertThat(guest.answers("10.0.2.15")).isTrue();
    guest.orchestrator.failback(Guest.HN);
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }

  @Test
  void aStrayDhclientOnAPortIsTakenAwayWhenTheVfIsGone() throws HnvfException {
    Guest guest = Guest.of(Scenario.azure()).plug();
    guest.sim.host().unplug(Guest.UNIT);
    guest.type("dhclient", "hn0");
    assertThat(guest.pairState()).isEqualTo(PairState.INCONSISTENT);
    guest.events();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_SYNTHETIC);
    assertThat(guest.addresses("hn0")).isEmpty();
    assertThat(guest.pair().dhcp()).containsExactly("lagg0");
    assertThat(guest.answers("10.0.2.15")).isTrue();
  }

  @Test
  void aSecondNicIsLeftAlone() throws HnvfException {
    Guest guest = Guest.of(Scenario.azure().nics(2).rcConf("ifconfig_hn1=\"SYNCDHCP\""));
    guest.type("dhclient", "hn1");
    ImmutableList<String> other = guest.addresses("hn1");
    int before = guest.sim.history().size();
    assertThat(other).isNotEmpty();
    guest.plug();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.addresses("hn1")).isEqualTo(other);
    assertThat(guest.changesSince(before).stream().filter(c -> c.contains("hn1"))).isEmpty();
  }
}
