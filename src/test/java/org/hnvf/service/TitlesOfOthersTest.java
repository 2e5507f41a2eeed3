package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableSet;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hnvf.exec.CommandRunner;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.HnvfException;
import org.hnvf.model.PairState;
import org.hnvf.model.Settings;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.sim.Scenario;
import org.hnvf.workflow.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process sets its title itself, and its user may give it that of a DHCP client. Such a process
 * of a user or of a jail concerns hnvf at no time.
 */
final class TitlesOfOthersTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static final String PID = "5000";

  private final AtomicBoolean planted = new AtomicBoolean();

  /** An hnvf on this guest; ps(1) shows one more process before the others. */
  private Orchestrator hnvf(Guest guest, String line) {
    CommandRunner runner =
        command -> {
          assertWithMessage(command.line()).that(isKill(command)).isFalse();
          CommandResult result = guest.sim.run(command);
          return planted.get() && command.program().equals("ps")
              ? new CommandResult(
                  command,
                  result.ending(),
                  line + "\n" + result.stdout(),
                  result.missing(),
                  result.stderr(),
                  result.elapsed())
              : result;
        };
    return Wiring.orchestrator(
        new Machine(runner, guest.files, guest.sim.timer(), guest.sim.root()),
        Settings.DEFAULTS,
        OwnerPolicy.ANYBODY,
        Progress.NONE);
  }

  private static boolean isKill(Command command) {
    return command.program().equals("kill") && command.arguments().contains(PID);
  }

  private static void usesTheVf(Guest guest, Orchestrator hnvf) throws HnvfException {
    guest.sim.host().plug(Guest.UNIT);
    guest.feed.deliverAll(hnvf, guest.reports::add);
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
  }

  private static void staysInUse(Guest guest, Orchestrator hnvf)
      throws HnvfException, InterruptedException {
    int before = guest.sim.history().size();
    for (int i = 0; i < 3; i++) {
      guest.rest(MINUTE);
      guest.reports.add(hnvf.all(Trigger.OTHER));
    }
    assertThat(guest.changesSince(before)).isEmpty();
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.reports.stream().filter(report -> report.exitStatus() != 0)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        PID + " 1001 0 dhclient: hn0 (dhclient)",
        PID + " 65 7 dhclient: hn0 (dhclient)",
        PID + " 0 7 dhclient: hn0 (dhclient)"
      })
  void guestWithAStaticAddressKeepsItAloneWithATitleBeforeTheBringUp(String line)
      throws HnvfException, InterruptedException {
    Guest guest = Guest.of(Scenario.staticGuest());
    Orchestrator hnvf = hnvf(guest, line);
    planted.set(true);

    usesTheVf(guest, hnvf);
    staysInUse(guest, hnvf);

    assertThat(guest.addresses("lagg0"))
        .containsExactly("10.0.2.50/24", "10.0.2.51/32", "2001:db8::50/64");
    assertThat(guest.state().dhcpClients()).isEmpty();
  }

  @Test
  void vfInUseStaysInUseWithATitleOfTheHn() throws HnvfException, InterruptedException {
    Guest guest = Guest.of(Scenario.staticGuest());
    Orchestrator hnvf = hnvf(guest, PID + " 1001 0 dhclient: hn0 (dhclient)");
    usesTheVf(guest, hnvf);
    planted.set(true);

    staysInUse(guest, hnvf);
  }

  /** Of two clients on a lagg hnvf keeps the one with the lower process id. */
  @Test
  void clientOfTheLaggIsNotStoppedForATitleWithALowerProcessId()
      throws HnvfException, InterruptedException {
    Guest guest = Guest.of(Scenario.azure());
    Orchestrator hnvf = hnvf(guest, "100 1001 0 dhclient: lagg0 (dhclient)");
    usesTheVf(guest, hnvf);
    planted.set(true);

    staysInUse(guest, hnvf);

    assertThat(guest.pair().dhcp()).containsExactly("lagg0");
  }

  @Test
  void otherClientOfAUserIsNoReasonToRefuse() throws HnvfException, InterruptedException {
    Guest guest = Guest.of(Scenario.staticGuest());
    Orchestrator hnvf = hnvf(guest, PID + " 1001 0 dhcpcd: hn0 [ip4]");
    planted.set(true);

    usesTheVf(guest, hnvf);

    assertThat(ImmutableSet.copyOf(guest.reports.stream().map(Report::exitStatus).toList()))
        .containsExactly(0);
  }
}
