package org.hnvf.lab.rehearse;

import static com.google.common.truth.Truth.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.hnvf.exec.CommandRunner;
import org.hnvf.exec.HandTimer;
import org.hnvf.lab.soak.Played;
import org.hnvf.model.CommandResult;
import org.junit.jupiter.api.Test;

/** The cost of a process is measured with a clock that the test drives. */
final class ProcessCostTest {

  private final HandTimer clock = new HandTimer(Instant.EPOCH);
  private int started;

  /** The first three are slow, then each takes one millisecond more than the one before. */
  private CommandRunner host(int status) {
    return command -> {
      started++;
      clock.pass(Duration.ofMillis(started <= 3 ? 500 : started));
      return new CommandResult(command, new CommandResult.Exited(status), "", "", Duration.ZERO);
    };
  }

  @Test
  void theMedianOfTheWarmStartsIsTold() {
    assertThat(ProcessCost.measured(host(0), clock)).hasValue(Duration.ofMillis(9));
    assertThat(started).isEqualTo(14);
  }

  @Test
  void withoutSuchAProgramNothingIsMeasured() {
    assertThat(ProcessCost.measured(host(1), clock)).isEmpty();
    assertThat(started).isEqualTo(1);
  }

  @Test
  void aCutHasTheProcessesOfThisMachineAndTheRestAsItIs() {
    Duration fast = Duration.ofMillis(3);
    assertThat(Cuts.here(new Played.AddressCut("x", 210, 3, false), fast)).isEqualTo(54);
    assertThat(Cuts.here(new Played.AddressCut("x", 100, 2, false), fast)).isEqualTo(6);
    assertThat(Cuts.here(new Played.AddressCut("x", 0, 0, false), fast)).isEqualTo(0);
  }
}
