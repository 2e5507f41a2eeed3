package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hnvf.it.Scripts.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/picture} on an output of the demo and on another text. */
final class PictureIT {

  private final Path directory;
  private final Scripts scripts;

  PictureIT(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.scripts = new Scripts(directory.resolve("rig"));
  }

  private Ended picture(String demo) throws Exception {
    Path file = Files.writeString(directory.resolve("demo"), demo);
    return scripts.run(
        ImmutableMap.of(),
        ImmutableList.of(Scripts.BASE.resolve("scripts/picture").toString(), file.toString()));
  }

  @Test
  void interfaceStateAndCutOffComeFromTheDemo() throws Exception {
    Ended ended =
        picture(
            """
                0.290  guest  hn0 has 10.0.2.15/24 by DHCP, default route 10.0.2.2 via hn0
                5.290  host   gives hn0 a VF (mlxen)
                8.405  hnvf       ifconfig mlxen0 up
               16.290  guest  LAGG_VF: mlxen0 carries 10.0.2.15/24; cut off 231 ms
            """);
    assertThat(ended.status()).isEqualTo(0);
    assertThat(ended.out()).contains(">mlxen0</text>");
    assertThat(ended.out()).contains(">LAGG_VF</text>");
    assertThat(ended.out()).contains(">cut off 231 ms</text>");
  }

  @Test
  void anotherTextIsRefused() throws Exception {
    assertThat(picture("no demo\n"))
        .isEqualTo(new Ended(65, "", "hnvf: this is not the output of the demo\n"));
  }
}
