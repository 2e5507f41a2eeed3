package org.hnvf.pairconfig;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import org.hnvf.model.Configuration;
import org.hnvf.model.Configuration.InetAddressAt;
import org.hnvf.model.Fibs;
import org.hnvf.model.Firewalls;
import org.hnvf.model.GuestState;
import org.hnvf.model.HyperV;
import org.hnvf.model.Prefix;
import org.hnvf.model.Route;
import org.junit.jupiter.api.Test;

/** The pair's configuration from before, and the live one. */
final class PairConfigMergerTest {

  private static final GuestState WITHOUT_ROUTES =
      GuestState.ofLinks(
          new HyperV(Optional.of(false), Optional.empty(), ImmutableMap.of(), ImmutableMap.of()),
          ImmutableMap.of(),
          Firewalls.NONE,
          Optional.empty(),
          Fibs.ONE);

  private static Configuration leased(String address, String router, String... others) {
    return Configuration.builder()
        .inet(
            ImmutableList.<InetAddressAt>builder()
                .add(new InetAddressAt(Prefix.of(address), Optional.empty()))
                .addAll(
                    ImmutableList.copyOf(others).stream()
                        .map(other -> new InetAddressAt(Prefix.of(other), Optional.empty()))
                        .toList())
                .build())
        .leased(Optional.of(Prefix.of(address)))
        .defaultRoute(
            Optional.of(new Route(false, "default", router, "UGS", "hn0", Optional.empty())))
        .dhcp(true)
        .build();
  }

  @Test
  void newLeaseBringsItsOwnRouter() {
    Configuration merged =
        PairConfigMerger.merged(
            WITHOUT_ROUTES,
            leased("10.0.2.15/24", "10.0.2.2", "10.0.2.61/32"),
            leased("10.0.9.15/24", "10.0.9.1"));
    assertThat(merged.defaultRoute().map(Route::gateway)).hasValue("10.0.9.1");
    assertThat(merged.leased()).hasValue(Prefix.of("10.0.9.15/24"));
    assertThat(merged.expiredLease()).hasValue(Prefix.of("10.0.2.15/24"));
    assertThat(merged.inet().stream().map(a -> a.prefix().toString()))
        .containsExactly("10.0.9.15/24", "10.0.2.61/32")
        .inOrder();
  }
}
