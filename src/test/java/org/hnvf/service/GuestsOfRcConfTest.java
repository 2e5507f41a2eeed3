package org.hnvf.service;

import static com.google.common.truth.Truth.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.io.Resources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.lab.SimulatedMachine;
import org.hnvf.model.ExitCode;
import org.hnvf.model.PairState;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Guests as people have them, booted from an rc.conf in {@code resources/org/hnvf/guests}. Its
 * first line says what is to come of it: {@code # moves} there and back with nothing changed in the
 * end, or {@code # refused: TEXT} with nothing changed at all.
 */
final class GuestsOfRcConfTest {

  private static final String REFUSED = "# refused: ";

  private final Path scratch;

  GuestsOfRcConfTest(@TempDir Path scratch) {
    this.scratch = scratch;
  }

  private static Stream<String> guests() throws Exception {
    Path directory = Path.of(Resources.getResource("org/hnvf/guests").toURI());
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("guests")
  void eachMovesThereAndBackOrIsRefused(String name) throws Exception {
    Path rcConf = Path.of(Resources.getResource("org/hnvf/guests/" + name).toURI());
    String verdict = Files.readAllLines(rcConf, UTF_8).get(0);
    List<String> console = new ArrayList<>();
    try (SimulatedMachine machine =
        SimulatedMachine.reset(
            scratch.resolve("guest"), rcConf, new ProcessRunner(), console::add)) {
      assertThat(console).isEmpty();
      Guest guest = Guest.of(machine.guest());
      if (verdict.startsWith(REFUSED)) {
        ThereAndBack story = ThereAndBack.of(guest);
        guest.plug();
        assertThat(guest.pairState()).isNotEqualTo(PairState.LAGG_VF);
        assertThat(guest.isUp("mlxen0")).isFalse();
        assertThat(guest.lastReport().exitStatus()).isEqualTo(ExitCode.CONFIGURATION.status());
        assertThat(guest.lastReport().toString()).contains(verdict.substring(REFUSED.length()));
        guest.unplug();
        story.isAsBefore();
      } else {
        assertThat(verdict).isEqualTo("# moves");
        ThereAndBack.of(guest, "1").go(() -> {});
      }
    }
  }
}
