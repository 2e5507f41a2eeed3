package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hnvf.exec.CommandRunner;
import org.hnvf.exec.KeptOutput;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.ExitCode;
import org.hnvf.model.HnvfException;
import org.hnvf.model.PairState;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.sim.Scenario;
import org.hnvf.workflow.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reading is whole, or it is no reading: of a part nothing is concluded. */
final class CutReadingTest {

  private static final ImmutableList<String> ADDRESSES =
      ImmutableList.of("10.0.2.50/24", "2001:db8::50/64");

  /** The end of a verb, by a report or by an exception. */
  private record Ended(int status, String text) {}

  /** A guest with a VF that is down, and something of all that can be cut off. */
  private static Guest guest() {
    Guest guest = Guest.of(Scenario.staticGuest());
    guest.type("route", "-q", "add", "-net", "192.0.2.0/24", "10.0.2.9");
    guest.type("route", "-6", "-q", "add", "default", "2001:db8::77");
    guest.sim.host().plug(Guest.UNIT);
    guest.sim.drainEvents();
    return guest;
  }

  private static Ended vfUp(Guest guest, CommandRunner runner) {
    Orchestrator orchestrator =
        Wiring.orchestrator(
            new Machine(runner, guest.files, guest.sim.timer(), guest.sim.root()),
            OwnerPolicy.ANYBODY,
            Progress.NONE);
    try {
      Report report = orchestrator.vfUp(Guest.HN);
      return new Ended(report.exitStatus(), report.message() + " " + report.failures());
    } catch (HnvfException e) {
      return new Ended(e.exitCode().status(), String.valueOf(e.getMessage()));
    }
  }

  /** The guest, on which the results of this program are not what it answered. */
  private static CommandRunner with(
      Guest guest, String program, UnaryOperator<CommandResult> changed) {
    return command -> {
      CommandResult result = guest.sim.run(command);
      return command.program().equals(program) && command.effect() == Command.Effect.READS
          ? changed.apply(result)
          : result;
    };
  }

  private static CommandResult firstLines(CommandResult result, int lines) {
    List<String> all = result.stdout().lines().toList();
    String part = String.join("\n", all.subList(0, Math.min(lines, all.size())));
    return result.cut(part.isEmpty() ? "" : part + "\n", "output cut after 1048576 bytes");
  }

  private static int linesOf(Guest guest, String program) {
    int[] most = {0};
    assertThat(
            vfUp(
                    guest,
                    with(
                        guest,
                        program,
                        result -> {
                          most[0] = Math.max(most[0], (int) result.stdout().lines().count());
                          return result;
                        }))
                .status())
        .isEqualTo(0);
    return most[0];
  }

  private static void isRefused(Guest guest, int before, Ended ended, String program) {
    assertThat(ended.status()).isEqualTo(ExitCode.SYSTEM.status());
    assertThat(ended.text()).contains(program);
    assertThat(guest.changesSince(before)).isEmpty();
    assertThat(guest.silent(ADDRESSES)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sysctl", "ifconfig", "netstat", "ps", "/bin/sh"})
  void cutAtAnyLineItChangesNothing(String program) {
    int lines = linesOf(guest(), program);
    assertThat(lines).isAtLeast(1);
    for (int kept = 0; kept <= lines; kept += Math.max(1, lines / 40)) {
      int number = kept;
      Guest guest = guest();
      int before = guest.sim.history().size();
      Ended ended = vfUp(guest, with(guest, program, result -> firstLines(result, number)));
      isRefused(guest, before, ended, program);
      assertThat(ended.text()).contains("is incomplete: output cut after 1048576 bytes");
    }
  }

  /** The output of a program before a signal is plausible, and incomplete. */
  @ParameterizedTest
  @ValueSource(strings = {"sysctl", "ifconfig", "netstat", "ps"})
  void endedByASignalItChangesNothing(String program) {
    Guest guest = guest();
    int before = guest.sim.history().size();

    Ended ended =
        vfUp(
            guest,
            with(
                guest,
                program,
                result ->
                    new CommandResult(
                        result.command(),
                        new CommandResult.Exited(137),
                        result.stdout(),
                        "",
                        Duration.ZERO)));

    isRefused(guest, before, ended, program);
    assertThat(ended.text()).contains("exited 137");
  }

  /** It ends with 1 where there is no entry; a part is as good as that, and no gateway is lost. */
  @ParameterizedTest
  @ValueSource(strings = {"arp", "ndp"})
  void aPartOfTheNeighboursIsNoReason(String program) throws HnvfException {
    Guest guest = guest();

    Ended ended = vfUp(guest, with(guest, program, result -> firstLines(result, 1)));

    assertWithMessage(ended.text()).that(ended.status()).isEqualTo(0);
    assertThat(guest.pairState()).isEqualTo(PairState.LAGG_VF);
    assertThat(guest.silent(ADDRESSES)).isEmpty();
  }

  /** After the first change it counts as a reading that failed, and the guest is not left so. */
  @Test
  void cutAfterTheMoveItIsNotTakenForAMissingRoute() {
    Guest guest = guest();
    int[] seen = {0};

    Ended ended =
        vfUp(
            guest,
            with(guest, "netstat", result -> seen[0]++ == 0 ? result : firstLines(result, 3)));

    assertThat(ended.text()).contains("netstat");
    assertThat(guest.silent(ADDRESSES)).isEmpty();
  }

  @Test
  void moreRoutesOfTheGuestsOwnThanAreKeptAreRefused() {
    Guest guest = guest();
    String own = "192.0.2.1          10.0.2.9           UGHS            hn0\n".repeat(30_000);
    int before = guest.sim.history().size();

    Ended ended =
        vfUp(
            guest,
            with(
                guest,
                "netstat",
                result -> {
                  KeptOutput kept =
                      new KeptOutput(result.command().filter(), ProcessRunner.DEFAULT_OUTPUT_CAP);
                  kept.add(result.stdout() + own);
                  kept.end();
                  return kept.missing().map(why -> result.cut(kept.text(), why)).orElse(result);
                }));

    isRefused(guest, before, ended, "netstat");
    assertThat(ended.text()).contains("routes through ");
    assertThat(ended.text()).contains("output cut after 1048576 bytes");
  }
}
