package org.hnvf.lab;

import static com.google.common.truth.Truth.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hnvf.exec.HandTimer;
import org.junit.jupiter.api.Test;

/** The progress of a long work, with a clock that the test drives. */
final class TerminalProgressTest {

  private static final String ANEW = "\r\033[K";

  private final HandTimer clock = new HandTimer(Instant.EPOCH);
  private final List<String> shown = new ArrayList<>();
  private final TerminalProgress progress =
      new TerminalProgress(clock, shown::add, "single faults");

  @Test
  void theShareAndTheTimeLeftAreShownTwiceASecond() {
    progress.begins(3_214);
    clock.pass(Duration.ofMillis(499));
    progress.done(10);
    assertThat(shown).isEmpty();

    clock.pass(Duration.ofMillis(1));
    progress.done(11);
    progress.done(12);
    clock.pass(Duration.ofMillis(59_500));
    progress.done(1_607);

    assertThat(shown)
        .containsExactly(
            ANEW + "11 of 3,214 single faults, 2:25 left",
            ANEW + "1,607 of 3,214 single faults, 1:00 left")
        .inOrder();
  }

  @Test
  void nothingOfItStaysOnTheTerminal() {
    progress.begins(2);
    clock.pass(Duration.ofSeconds(1));
    progress.done(2);
    progress.ends();

    assertThat(shown).containsExactly(ANEW + "2 of 2 single faults, 0:00 left", ANEW).inOrder();
  }
}
