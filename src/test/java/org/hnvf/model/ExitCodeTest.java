package org.hnvf.model;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ExitCodeTest {

  @Test
  void valuesAreThoseOfSysexits() {
    ImmutableMap<ExitCode, Integer> values =
        Arrays.stream(ExitCode.values()).collect(toImmutableMap(code -> code, ExitCode::status));

    assertThat(values)
        .containsExactly(
            ExitCode.OK, 0,
            ExitCode.USAGE, 64,
            ExitCode.BAD_DATA, 65,
            ExitCode.UNAVAILABLE, 69,
            ExitCode.SOFTWARE, 70,
            ExitCode.SYSTEM, 71,
            ExitCode.BUSY, 75,
            ExitCode.UNSTORED, 74,
            ExitCode.NOT_ROOT, 77,
            ExitCode.CONFIGURATION, 78);
  }

  @Test
  void faultOfTheUserCarriesItsCode() {
    assertThat(ExitCode.of(UserException.usage("m"))).isEqualTo(ExitCode.USAGE);
    assertThat(ExitCode.of(UserException.badData("m"))).isEqualTo(ExitCode.BAD_DATA);
    assertThat(ExitCode.of(UserException.noSuchPair("m"))).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(ExitCode.of(UserException.notRoot("m"))).isEqualTo(ExitCode.NOT_ROOT);
    assertThat(ExitCode.of(UserException.configuration("m"))).isEqualTo(ExitCode.CONFIGURATION);
  }

  @Test
  void faultOfTheSystemCarriesItsCode() {
    assertThat(ExitCode.of(SystemException.failed("m"))).isEqualTo(ExitCode.SYSTEM);
    assertThat(ExitCode.of(SystemException.failed("m", new IOException("why"))))
        .isEqualTo(ExitCode.SYSTEM);
    assertThat(ExitCode.of(SystemException.busy("m"))).isEqualTo(ExitCode.BUSY);
  }

  @Test
  void everythingElseIsABug() {
    assertThat(ExitCode.of(new IllegalStateException("m"))).isEqualTo(ExitCode.SOFTWARE);
    assertThat(ExitCode.of(new IOException("m"))).isEqualTo(ExitCode.SOFTWARE);
    assertThat(ExitCode.of(new StackOverflowError())).isEqualTo(ExitCode.SOFTWARE);
  }

  @Test
  void causeIsKept() {
    IOException cause = new IOException("why");

    assertThat(SystemException.failed("what", cause)).hasCauseThat().isSameInstanceAs(cause);
    assertThat(SystemException.failed("what", cause)).hasMessageThat().isEqualTo("what");
  }
}
