package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;

import java.time.Duration;
import org.hnvf.model.HnvfException;
import org.hnvf.model.PairState;
import org.hnvf.sim.CommandPattern;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.Test;

/** A DHCP client that an administrator starts on hn0 while it is a lagg port. */
final class StrayClientTest {

  /**
   * Starts a client in the background. Its script sets the address after hnvf has read the guest,
   * and before hnvf stops the client.
   */
  private static Guest guestWithStray() throws HnvfException, InterruptedException {
    Guest guest = Guest.of(Scenario.azure()).rest(Duration.ofSeconds(20));
    guest.plug();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.type("dhclient", "-b", "hn0").succeeded()).isTrue();
    guest.rest(Duration.ofMillis(900));
    boolean[] bound = {false};
    guest.sim.beforeCommand(
        (command, number) -> {
          if (command.line().startsWith("kill -TERM") && !bound[0]) {
            bound[0] = true;
            assertThat(guest.type("ifconfig", "hn0", "inet", "10.0.2.15/24").succeeded()).isTrue();
          }
        });
    return guest;
  }

  @Test
  void addressThatItsScriptSetsAfterTheSnapshotIsNoReasonForARollback()
      throws HnvfException, InterruptedException {
    Guest guest = guestWithStray();
    int begun = guest.sim.history().size();

    guest.orchestrator.vfUp(Guest.HN);

    assertThat(guest.changesSince(begun)).contains("ifconfig hn0 inet 10.0.2.15 -alias");
    assertThat(guest.changesSince(begun)).doesNotContain("ifconfig mlxen0 down");
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.pair().backOff()).isEmpty();
    assertThat(guest.addresses("hn0")).isEmpty();
    assertThat(guest.addresses("lagg0")).containsExactly("10.0.2.15/24");
    assertThat(guest.pair().dhcp()).containsExactly("lagg0");
  }

  @Test
  void addressThatCannotBeDeletedIsOne() throws HnvfException, InterruptedException {
    Guest guest = guestWithStray();
    guest
        .sim
        .faults()
        .failNext(CommandPattern.line("ifconfig hn0 inet 10.0.2.15 -alias"), 1, "x\n");

    guest.orchestrator.vfUp(Guest.HN);

    assertThat(guest.isUp("mlxen0")).isFalse();
    assertThat(guest.pair().held().orElseThrow().cause()).contains("10.0.2.15");
    assertThat(guest.silent(guest.addresses("lagg0"))).isEmpty();
  }
}
