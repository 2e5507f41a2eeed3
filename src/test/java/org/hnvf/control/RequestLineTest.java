package org.hnvf.control;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Optional;
import org.hnvf.model.ExitCode;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestLineTest {

  private static final InterfaceName HN = new InterfaceName("hn0");

  @Test
  void everythingAfterEventIsTheLineOfDevd() throws Exception {
    assertThat(RequestLine.parse("event !system=X subsystem=\"a b\" --json"))
        .isEqualTo(new Request.Event("!system=X subsystem=\"a b\" --json"));
  }

  @Test
  void theWordsAreThoseOfTheCommandLine() throws Exception {
    assertThat(RequestLine.parse("status"))
        .isEqualTo(new Request.Status(Optional.empty(), false, false, false));
    assertThat(RequestLine.parse("status --json hn0"))
        .isEqualTo(new Request.Status(Optional.of(HN), true, false, false));
    assertThat(RequestLine.parse("status --color"))
        .isEqualTo(new Request.Status(Optional.empty(), false, false, true));
    assertThat(RequestLine.parse("plan hn0"))
        .isEqualTo(new Request.Plan(HN, PlannedVerb.VF_UP, false));
    assertThat(RequestLine.parse("plan --verb release hn0"))
        .isEqualTo(new Request.Plan(HN, PlannedVerb.RELEASE, false));
    assertThat(RequestLine.parse("failover hn0 --for 1h"))
        .isEqualTo(new Request.Failover(HN, Optional.of(Duration.ofHours(1)), false));
    assertThat(RequestLine.parse("failover hn0"))
        .isEqualTo(new Request.Failover(HN, Optional.empty(), false));
    assertThat(RequestLine.parse("failback hn0")).isEqualTo(new Request.Failback(HN, false));
    assertThat(RequestLine.parse("release  hn0 ")).isEqualTo(new Request.Release(HN, false));
    assertThat(RequestLine.parse("vf-up hn0")).isEqualTo(new Request.VfUp(HN, false));
    assertThat(RequestLine.parse("vf-down hn0")).isEqualTo(new Request.VfDown(HN, false));
    assertThat(RequestLine.parse("attach hn0")).isEqualTo(new Request.Attach(HN, false));
    assertThat(RequestLine.parse("reload")).isEqualTo(new Request.Reload());
    assertThat(RequestLine.parse("ping")).isEqualTo(new Request.Ping());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "event",
        "halt",
        "reload hn0",
        "ping --json",
        "failover",
        "failover hn0 hn1",
        "failover hn0 --for",
        "failover hn0 --for soon",
        "failover hn0 --for 0s",
        "failover hn0 --for -1h",
        "failover hn0 --for 99999999h",
        "failover hn0 --for 99999999999999999999h",
        "release hn0 --for 1h",
        "status --verb release",
        "plan hn0 --verb attach",
        "plan hn0 --sim"
      })
  void refusesWhatMakesNoSense(String line) {
    UserException e = assertThrows(UserException.class, () -> RequestLine.parse(line));

    assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @ParameterizedTest
  @CsvSource({"status hn0/../x", "failover 0hn", "release aaaaaaaaaaaaaaaaaaaaaaaaa"})
  void refusesNamesThatAreNone(String line) {
    UserException e = assertThrows(UserException.class, () -> RequestLine.parse(line));

    assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_DATA);
  }

  @Test
  void nothingUnprintableGetsIntoTheMessage() {
    UserException e =
        assertThrows(UserException.class, () -> RequestLine.parse("\u001b[2J" + "x".repeat(1000)));

    assertThat(e).hasMessageThat().contains("\"?[2Jxx");
    assertThat(String.valueOf(e.getMessage()).length()).isLessThan(200);
  }
}
