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
   * A client is started in the background after the delay of a VF that returns: while the VF
   * carries the traffic, hn0 has no link, and a client gives up. Its script sets the address after
   * hnvf has read the guest, and before hnvf stops the client.
   */
  private static Guest guestWithStray() throws HnvfException, InterruptedException {
    Guest guest = Guest.of(Scenario.azure()).rest(Duration.ofSeconds(20));
    guest.plug();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    guest.unplug();
    boolean[] delayed = {false};
    boolean[] started = {false};
    boolean[] bound = {false};
    guest.sim.beforeCommand(
        (command, number) -> {
          delayed[0] |= command.line().equals("route -n get default");
          if (delayed[0] && command.line().startsWith("sysctl") && !started[0]) {
            started[0] = true;
            assertThat(guest.type("dhclient", "-b", "hn0").succeeded()).isTrue();
          }
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

    guest.plug();

    assertThat(guest.changesSince(begun)).contains("ifconfig hn0 inet 10.0.2.15 -alias");
    assertThat(guest.changesSince(begun)).doesNotContain("ifconfig mlxen0 down");
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.pair().backOff()).isEmpty();
    assertThat(guest.addresses("hn0")).isEmpty();
    assertThat(guest.addresses("lagg0")).containsExactly("10.0.2.15/24");
    assertThat(guest.pair().dhcp()).containsExactly("lagg0");
  }

  /** The repair succeeds, although its command reports a failure. */
  @Test
  void repairThatReportsAFailureIsNoReasonEither() throws HnvfException, InterruptedException {
    Guest guest = guestWithStray();
    guest
        .sim
        .faults()
        .doneButFails(CommandPattern.line("ifconfig hn0 inet 10.0.2.15 -alias"), 1, "x\n");
    int begun = guest.sim.history().size();

    guest.plug();

    assertThat(guest.changesSince(begun)).doesNotContain("ifconfig mlxen0 down");
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.reports.stream().mapToInt(Report::exitStatus).max()).hasValue(0);
    assertThat(guest.reports.stream().flatMap(report -> report.failures().stream()).toList())
        .containsExactly(
            "take 10.0.2.15/24 off hn0: `ifconfig hn0 inet 10.0.2.15 -alias` exited 1: x");
  }

  @Test
  void addressThatCannotBeDeletedIsOne() throws HnvfException, InterruptedException {
    Guest guest = guestWithStray();
    guest
        .sim
        .faults()
        .failNext(CommandPattern.line("ifconfig hn0 inet 10.0.2.15 -alias"), 1, "x\n");

    guest.plug();

    assertThat(guest.isUp("mlxen0")).isFalse();
    assertThat(guest.pair().held().orElseThrow().cause()).contains("10.0.2.15");
    assertThat(guest.silent(guest.addresses("lagg0"))).isEmpty();
  }
}
