package org.hnvf.report;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import org.hnvf.model.Fibs;
import org.hnvf.model.Firewalls;
import org.hnvf.model.GuestState;
import org.hnvf.model.HyperV;
import org.junit.jupiter.api.Test;

/** The facts of the whole guest in {@code hnvf status}. */
final class StatusViewTest {

  @Test
  void whichDaemonsOfTheIntegrationServicesRun() {
    assertThat(StatusView.footer(guest(false))).isEqualTo("integration daemons running: none\n");
    assertThat(StatusView.footer(guest(false, "hv_kvp_daemon", "hv_vss_daemon")))
        .isEqualTo("integration daemons running: hv_kvp_daemon, hv_vss_daemon\n");
  }

  @Test
  void transparentModeComesFirst() {
    assertThat(StatusView.footer(guest(true)))
        .startsWith("hw.hn.vf_transparent is 1: the kernel does the failover by itself");
  }

  private static GuestState guest(boolean transparent, String... daemons) {
    return new GuestState(
        new HyperV(
            Optional.of(transparent),
            Optional.of(ImmutableList.of()),
            ImmutableMap.of(),
            ImmutableMap.of()),
        ImmutableMap.of(),
        ImmutableList.of(),
        ImmutableList.of(),
        ImmutableMap.of(),
        ImmutableSet.of(),
        ImmutableSet.copyOf(daemons),
        ImmutableList.of(),
        Firewalls.NONE,
        ImmutableSet.of(),
        Optional.empty(),
        Fibs.ONE);
  }
}
