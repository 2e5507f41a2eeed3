package org.hnvf.sim;

import static com.google.common.truth.Truth.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RebootTest {

  @Test
  void whatWasInMemoryIsGoneAndRcConfiguresItAnew() {
    SimulatedGuest guest = Scenario.azure().start();
    guest.host().plug(Guests.HN0, "mce");
    Guests.run(guest, "ifconfig mce0 up");
    Guests.run(guest, "ifconfig lagg0 create laggproto failover laggport hn0 laggport mce0 up");
    Guests.run(guest, "ifconfig hn0 inet 10.0.2.77/24 alias");
    String booted = Guests.out(guest, "sysctl -n kern.boottime");

    guest.reboot(Duration.ofSeconds(15));

    assertThat(guest.interfaces()).containsExactly("lo0", "hn0", "mce0");
    assertThat(guest.isUp("mce0")).isFalse();
    assertThat(guest.inetOf("hn0")).containsExactly("10.0.2.15/24");
    assertThat(guest.hasDhclient("hn0")).isTrue();
    assertThat(guest.reachability().isReachable(Guests.LEASED)).isTrue();
    assertThat(Guests.out(guest, "sysctl -n kern.boottime")).isNotEqualTo(booted);
  }
}
