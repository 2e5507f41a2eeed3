package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sim plug} and {@code sim unplug} without an effect print the reason. */
final class SimPlugTest {

  private final KeptGuest guest;

  SimPlugTest(@TempDir Path directory) {
    this.guest = new KeptGuest(directory);
  }

  @Test
  void anHnThatTheGuestDoesNotHaveIsRefused() {
    KeptGuest.Answer refused =
        new KeptGuest.Answer(69, "", "hnvf: the simulated guest has no hn3; nothing was done\n");
    assertThat(guest.hnvf("sim plug hn3")).isEqualTo(refused);
    assertThat(guest.hnvf("sim unplug hn3")).isEqualTo(refused);
  }

  @Test
  void aVfThatIsThereAlreadyOrNotAtAllIsTold() {
    assertThat(guest.hnvf("sim unplug hn0"))
        .isEqualTo(new KeptGuest.Answer(0, "", "hnvf: hn0 has no VF; nothing was done\n"));
    assertThat(guest.hnvf("sim plug hn0").out()).contains("subsystem=mlxen0 type=IFATTACH");
    assertThat(guest.hnvf("sim plug hn0"))
        .isEqualTo(
            new KeptGuest.Answer(0, "", "hnvf: hn0 already has the VF mlxen0; nothing was done\n"));
    assertThat(guest.hnvf("sim unplug hn0").out()).contains("subsystem=mlxen0 type=DETACH");
  }
}
