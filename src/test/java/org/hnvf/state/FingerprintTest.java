package org.hnvf.state;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import org.hnvf.model.BridgeMembership;
import org.hnvf.model.Configuration;
import org.hnvf.model.Configuration.InetAddressAt;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.HnUnit;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Pair;
import org.hnvf.model.Prefix;
import org.hnvf.model.Route;
import org.junit.jupiter.api.Test;

/** It is another one where the configuration is, and only there. */
final class FingerprintTest {

  private static final InterfaceName HN = new InterfaceName("hn0");
  private static final GuestConfig RC = GuestConfig.liveOnly(HN);
  private static final Pair ON_HN =
      new Pair(new HnUnit(0), HN, InterfaceName.of("mlxen0"), Optional.empty());
  private static final Pair ON_LAGG =
      new Pair(new HnUnit(0), HN, InterfaceName.of("mce3"), InterfaceName.of("lagg0"));

  private static InetAddressAt at(String prefix) {
    return new InetAddressAt(Prefix.of(prefix), Optional.empty());
  }

  private static Route route(String to, String gateway, String netif) {
    return new Route(to.contains(":"), to, gateway, "UGS", netif, Optional.empty());
  }

  private static Configuration.Builder fixed(String netif) {
    return Configuration.builder()
        .inet(ImmutableList.of(at("10.0.2.50/24"), at("10.0.2.61/32")))
        .defaultRoute(Optional.of(route("default", "10.0.2.2", netif)))
        .routes6(ImmutableList.of(route("2001:db8:1::/64", "fe80::1%" + netif, netif)));
  }

  private static String of(Pair pair, Configuration conf) {
    return Fingerprint.of(pair, RC, conf, ImmutableList.of());
  }

  private static final String BEFORE = of(ON_HN, fixed("hn0").build());

  @Test
  void isTheSameOnTheLaggAndWithAnotherVf() {
    assertThat(of(ON_LAGG, fixed("lagg0").build())).isEqualTo(BEFORE);
  }

  @Test
  void isTheSameInAnotherOrderAndWithOtherNotes() {
    Configuration other =
        fixed("hn0")
            .inet(ImmutableList.of(at("10.0.2.61/32"), at("10.0.2.50/24")))
            .expiredLease(Optional.of(Prefix.of("10.0.2.7/24")))
            .notes(ImmutableList.of("10.0.2.61/32 is not in rc.conf"))
            .build();
    assertThat(of(ON_HN, other)).isEqualTo(BEFORE);
  }

  @Test
  void isAnotherWhereARouteIsOfAnotherFib() {
    Route route = route("192.0.2.0/24", "10.0.2.9", "hn0");
    String inFib0 = of(ON_HN, fixed("hn0").routes(ImmutableList.of(route)).build());
    assertThat(of(ON_HN, fixed("hn0").routes(ImmutableList.of(route.in(1))).build()))
        .isNotEqualTo(inFib0);
  }

  /** They are asked for in a move alone. */
  @Test
  void isTheSameWhateverStaticEntriesABridgeHas() {
    BridgeMembership how =
        new BridgeMembership(
            new InterfaceName("bridge0"),
            ImmutableSet.of("LEARNING"),
            128,
            2000,
            ImmutableList.of());
    String without = of(ON_HN, fixed("hn0").bridges(ImmutableList.of(how)).build());
    BridgeMembership with = how.with(ImmutableList.of("02:00:00:00:00:01"));
    assertThat(of(ON_HN, fixed("hn0").bridges(ImmutableList.of(with)).build())).isEqualTo(without);
    assertThat(without).isNotEqualTo(BEFORE);
  }

  /** An undo puts them back one by one, the last one first. */
  @Test
  void isTheSameWithItsGroupsInAnotherOrderAndAnotherWithOneMore() {
    String two = of(ON_HN, fixed("hn0").groups(ImmutableList.of("ext", "egress")).build());
    assertThat(of(ON_HN, fixed("hn0").groups(ImmutableList.of("egress", "ext")).build()))
        .isEqualTo(two);
    assertThat(two).isNotEqualTo(BEFORE);
  }

  @Test
  void isTheSameWithAnotherLeaseOrNoneYet() {
    Configuration.Builder dhcp = fixed("hn0").dhcp(true).inet(ImmutableList.of());
    Configuration leased =
        fixed("hn0")
            .dhcp(true)
            .inet(ImmutableList.of(at("10.0.2.15/24")))
            .leased(Optional.of(Prefix.of("10.0.2.15/24")))
            .build();
    assertThat(of(ON_HN, leased)).isEqualTo(of(ON_HN, dhcp.defaultRoute(Optional.empty()).build()));
  }

  @Test
  void isAnotherWithWhateverElse() {
    ImmutableList<Configuration> others =
        ImmutableList.of(
            fixed("hn0").inet(ImmutableList.of(at("10.0.2.50/24"))).build(),
            fixed("hn0").inet6(ImmutableList.of(Prefix.of("2001:db8::5/64"))).build(),
            fixed("hn0").defaultRoute(Optional.empty()).build(),
            fixed("hn0").routes(ImmutableList.of(route("192.0.2.0/24", "10.0.2.9", "hn0"))).build(),
            fixed("hn0").dhcp(true).build(),
            fixed("hn0").ipv6(true).build(),
            fixed("hn0").fib(Optional.of(1)).build(),
            fixed("hn0").description(Optional.of("uplink")).build());
    others.forEach(conf -> assertThat(of(ON_HN, conf)).isNotEqualTo(BEFORE));
    assertThat(Fingerprint.of(ON_HN, RC.adopting(HN), fixed("hn0").build(), ImmutableList.of()))
        .isNotEqualTo(BEFORE);
    assertThat(Fingerprint.of(ON_HN, RC, fixed("hn0").build(), ImmutableList.of("more")))
        .isNotEqualTo(BEFORE);
  }
}
