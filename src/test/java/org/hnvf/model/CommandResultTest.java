package org.hnvf.model;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableSet;
import java.time.Duration;
import org.hnvf.model.CommandResult.Ending;
import org.hnvf.model.CommandResult.Exited;
import org.hnvf.model.CommandResult.NotFound;
import org.hnvf.model.CommandResult.NotRun;
import org.hnvf.model.CommandResult.TimedOut;
import org.junit.jupiter.api.Test;

final class CommandResultTest {

  private static final Command COMMAND =
      Command.changing(Duration.ofSeconds(5), "ifconfig", "lagg0", "create");

  @Test
  void successIsTheExitStatus0() {
    assertThat(result(new Exited(0), "", "").succeeded()).isTrue();
    assertThat(result(new Exited(1), "", "").succeeded()).isFalse();
    assertThat(result(new TimedOut(Duration.ZERO), "", "").succeeded()).isFalse();
    assertThat(result(new NotFound("/bin"), "", "").succeeded()).isFalse();
    assertThat(result(new NotRun("why"), "", "").succeeded()).isFalse();
  }

  @Test
  void successIsToldWithoutItsOutput() {
    assertThat(result(new Exited(0), "lagg0\n", "warning\n").summary())
        .isEqualTo("`ifconfig lagg0 create` succeeded");
  }

  @Test
  void failureIsToldWithTheFirstLineOfItsComplaint() {
    assertThat(
            result(new Exited(1), "out\n", "\nifconfig: SIOCIFCREATE2: File exists\nmore\n")
                .summary())
        .isEqualTo("`ifconfig lagg0 create` exited 1: ifconfig: SIOCIFCREATE2: File exists");
  }

  @Test
  void complaintMayStandOnStandardOutput() {
    assertThat(result(new Exited(1), "route: not there\n", " \n").summary())
        .isEqualTo("`ifconfig lagg0 create` exited 1: route: not there");
  }

  @Test
  void silentFailureIsToldByItsStatus() {
    assertThat(result(new Exited(137), "", "").summary())
        .isEqualTo("`ifconfig lagg0 create` exited 137");
  }

  @Test
  void otherEndingsAreTold() {
    assertThat(result(new TimedOut(Duration.ofSeconds(5)), "", "").summary())
        .isEqualTo("`ifconfig lagg0 create` did not end within 5000 ms and was killed");
    assertThat(result(new NotFound("/sbin:/bin"), "", "").summary())
        .isEqualTo("`ifconfig lagg0 create` was not found in /sbin:/bin");
    assertThat(result(new NotRun("interrupted"), "", "").summary())
        .isEqualTo("`ifconfig lagg0 create` could not be run: interrupted");
  }

  @Test
  void textIsToldOnlyWhereItIsWhole() throws SystemException {
    CommandResult whole = result(new Exited(0), "lagg0\n", "");
    assertThat(whole.wholeText()).isEqualTo("lagg0\n");
    assertNoText(result(new Exited(1), "lagg0\n", "no\n"), "exited 1: no");
    assertNoText(result(new Exited(137), "lagg0\n", ""), "exited 137");
    assertNoText(result(new TimedOut(Duration.ofSeconds(5)), "lagg0\n", ""), "within 5000 ms");
    assertNoText(
        whole.cut("lagg", "output cut after 4 bytes"),
        "the output of `ifconfig lagg0 create` is incomplete: output cut after 4 bytes");
  }

  @Test
  void whatWasAskedForIsNamedWhereItIsNotWhole() {
    LineFilter filter =
        new LineFilter(
            "default routes", true, ImmutableSet.of(), ImmutableSet.of("hn0"), ImmutableSet.of());
    assertNoText(
        result(new Exited(0), "x", "").of(COMMAND.keeping(filter)).cut("", "too much"),
        "create` (default routes) is incomplete: too much");
  }

  private static void assertNoText(CommandResult result, String reason) {
    assertThat(assertThrows(SystemException.class, result::wholeText))
        .hasMessageThat()
        .contains(reason);
  }

  private static CommandResult result(Ending ending, String stdout, String stderr) {
    return new CommandResult(COMMAND, ending, stdout, stderr, Duration.ZERO);
  }
}
