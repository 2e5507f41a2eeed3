package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The outputs in docs/azure.md are those of a simulated guest, on which the commands of the page
 * are typed in their order. Its time is virtual, so that they are the same each time.
 */
final class WayInTest {

  private final Path directory;
  private final String page;

  WayInTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.page = Files.readString(Path.of("docs", "azure.md"));
  }

  private String hnvf(String words) {
    KeptGuest.Answer answer = new KeptGuest(directory).hnvf(words);
    assertWithMessage(words).that(answer.status()).isEqualTo(0);
    return answer.out();
  }

  @Test
  void itsOutputsAreReal() {
    String unused = hnvf("sim reset");
    assertThat(page).contains(hnvf("status"));
    unused = hnvf("doctor");
    unused = hnvf("plan hn0");
    unused = hnvf("capture " + directory.resolve("guest.capture"));
    unused = hnvf("sim plug hn0");
    unused = hnvf("attach mlxen0");
    String used = hnvf("status");
    assertThat(page).contains(used.substring(0, used.indexOf("integration daemons")));
    assertThat(page).contains(hnvf("failover hn0 --for 15m"));
    unused = hnvf("failback hn0");
    assertThat(page).contains(hnvf("history --last"));
  }
}
