package org.hnvf.pairconfig;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.guest.GuestReader;
import org.hnvf.model.Configuration;
import org.hnvf.model.GuestState;
import org.hnvf.model.HnUnit;
import org.hnvf.model.LastHad;
import org.hnvf.model.Pair;
import org.hnvf.model.Route;
import org.hnvf.sim.Scenario;
import org.hnvf.sim.SimulatedGuest;
import org.hnvf.state.Pairs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A guest with two pairs, and what each of them had last. */
final class ForeignDefaultRouteTest {

  private static final HnUnit UNIT = new HnUnit(0);
  private static final HnUnit OTHER = new HnUnit(1);
  private static final Instant BEFORE = Instant.parse("2026-11-22T13:00:00Z");
  private static final Instant LATER = BEFORE.plusSeconds(1);

  private final GuestState guest;
  private final GuestState cut;
  private final Pair pair;

  ForeignDefaultRouteTest() throws Exception {
    SimulatedGuest sim = Scenario.azure().nics(2).dhcpOnAllNics().start();
    sim.timer().sleep(Duration.ofSeconds(20));
    this.guest = new GuestReader(sim, new NioDurableFiles(sim.root())).snapshot();
    this.cut =
        new GuestState(
            guest.hyperV(),
            guest.interfaces(),
            ImmutableList.of(),
            guest.dhcpClients(),
            guest.leases(),
            guest.resolvers(),
            guest.integrationDaemons(),
            guest.foreignClients(),
            guest.firewalls(),
            guest.dhclientBlocks(),
            guest.bootTime(),
            guest.fibs());
    this.pair = Pairs.find(guest, UNIT).orElseThrow();
  }

  /** A pair that would have a default route of each family. */
  private static Configuration claims() {
    return Configuration.builder()
        .defaultRoute(Optional.of(route(false, "10.0.2.2")))
        .routes6(ImmutableList.of(route(true, "fe80::1%hn0")))
        .dhcp(true)
        .ipv6(true)
        .build();
  }

  private static Route route(boolean ipv6, String gateway) {
    return new Route(ipv6, "default", gateway, "UGS", "hn0", Optional.empty());
  }

  private static LastHad had(Instant begun, boolean inet, boolean inet6) {
    return new LastHad(
        begun, Optional.empty(), inet, inet6, Optional.empty(), ImmutableList.of(), 0);
  }

  @ParameterizedTest
  @CsvSource({"true, false", "false, true", "true, true", "false, false"})
  void isThatOfThePairThatHadItLastByFamily(boolean inet, boolean inet6) {
    Configuration own =
        ForeignDefaultRoute.without(
            claims(),
            cut,
            pair,
            ImmutableMap.of(UNIT, had(BEFORE, true, true), OTHER, had(LATER, inet, inet6)));

    assertThat(own.defaultRoute().isPresent()).isEqualTo(!inet);
    assertThat(own.defaultRoute6().isPresent()).isEqualTo(!inet6);
  }

  @Test
  void whoHadItLaterKeepsIt() {
    assertThat(
            ForeignDefaultRoute.without(
                claims(),
                cut,
                pair,
                ImmutableMap.of(UNIT, had(LATER, true, true), OTHER, had(BEFORE, true, true))))
        .isEqualTo(claims());
  }

  @Test
  void whoNeverHadItLeavesItToWhoHad() {
    Configuration own =
        ForeignDefaultRoute.without(
            claims(), cut, pair, ImmutableMap.of(OTHER, had(BEFORE, true, true)));

    assertThat(own.defaultRoute()).isEmpty();
    assertThat(own.defaultRoute6()).isEmpty();
  }

  @Test
  void whereNobodyHadItOrTheOtherPairIsGoneItIsItsOwn() {
    assertThat(ForeignDefaultRoute.without(claims(), cut, pair, ImmutableMap.of()))
        .isEqualTo(claims());
    assertThat(
            ForeignDefaultRoute.without(
                claims(), cut, pair, ImmutableMap.of(new HnUnit(7), had(LATER, true, true))))
        .isEqualTo(claims());
  }

  @Test
  void oneThatStandsIsNotMissed() {
    Configuration own =
        ForeignDefaultRoute.without(
            claims(), guest, pair, ImmutableMap.of(OTHER, had(LATER, true, true)));

    assertThat(own.defaultRoute()).isPresent();
    assertThat(own.defaultRoute6()).isEmpty();
  }
}
