package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code hnvf report} on a simulated guest that is kept in a directory. */
final class ReportCommandTest {

  private final Path directory;
  private final Path page;

  ReportCommandTest(@TempDir Path directory) {
    this.directory = directory;
    this.page = directory.resolve("page.html");
  }

  private KeptGuest.Answer hnvf(String words) {
    return new KeptGuest(directory).hnvf(words.replace("PAGE", page.toString()));
  }

  @BeforeEach
  void aBringUp() {
    assertThat(hnvf("sim reset").status()).isEqualTo(0);
    assertThat(hnvf("sim plug hn0").status()).isEqualTo(0);
    assertThat(hnvf("attach mlxen0").status()).isEqualTo(0);
  }

  @Test
  void writesAPageThatOthersCannotRead() throws Exception {
    KeptGuest.Answer answer = hnvf("report hn0 --html PAGE");
    assertThat(answer.err()).isEmpty();
    assertThat(answer.out()).isEmpty();
    assertThat(answer.status()).isEqualTo(0);
    assertThat(Files.readString(page)).contains("<h1>hnvf report: hn0</h1>");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(page)))
        .isEqualTo("rw-------");
  }

  @Test
  void sinceLeavesOutTheOlderEvents() throws Exception {
    assertThat(hnvf("sim wait 3600").status()).isEqualTo(0);
    assertThat(hnvf("report --html PAGE --since 30m").status()).isEqualTo(0);
    assertThat(Files.readString(page)).contains("No event is recorded for this time.");
  }

  @Test
  void aFileIsNeverReplaced() throws Exception {
    Files.writeString(page, "mine");
    KeptGuest.Answer answer = hnvf("report --html PAGE");
    assertThat(answer.status()).isEqualTo(64);
    assertThat(answer.err()).contains("exists, and is never replaced");
    assertThat(Files.readString(page)).isEqualTo("mine");
  }

  @Test
  void aPartThatCannotBeReadIsNamedOnThePageToo() throws Exception {
    Path history = directory.resolve("guest/root/var/db/hnvf/history");
    Files.writeString(history.resolve("20261122T115959.000Z-hn0.journal"), "rubbish\n");
    KeptGuest.Answer answer = hnvf("report --html PAGE");
    assertThat(answer.status()).isEqualTo(65);
    assertThat(answer.err()).contains("line 1: does not begin");
    assertThat(Files.readString(page)).contains("line 1: does not begin");
    assertThat(Files.readString(page)).contains("IFATTACH");
  }

  @ParameterizedTest
  @CsvSource({
    "report, 64, Missing required option: '--html=FILE'",
    "report hn7 --html PAGE, 69, no history of hn7 is recorded; there is one of hn0",
    "report hn0 --html PAGE --since yesterday, 64, --since takes a time such as",
    "report lagg0 --html PAGE, 64, the history is kept by the driver's name",
    "report --html PAGE/there/page.html, 71, there is no directory",
  })
  void badInputIsNamedAndNothingIsWritten(String words, int status, String message) {
    KeptGuest.Answer answer = hnvf(words);
    assertThat(answer.err()).contains(message);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(Files.exists(page)).isFalse();
  }
}
