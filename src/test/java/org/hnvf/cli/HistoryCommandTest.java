package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code hnvf history} on a simulated guest that is kept in a directory. */
final class HistoryCommandTest {

  private final Path directory;
  private String out = "";
  private String err = "";

  HistoryCommandTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private int hnvf(String words) {
    KeptGuest.Answer answer = new KeptGuest(directory).hnvf(words);
    out = answer.out();
    err = answer.err();
    return answer.status();
  }

  @BeforeEach
  void aBringUp() {
    assertThat(hnvf("sim reset")).isEqualTo(0);
    assertThat(hnvf("sim plug hn0")).isEqualTo(0);
    assertThat(hnvf("attach mlxen0")).isEqualTo(0);
    assertThat(hnvf("failover hn0")).isEqualTo(0);
  }

  @Test
  void showsCauseStepsCutAndOutcome() {
    assertThat(hnvf("history")).isEqualTo(0);
    assertThat(out).contains("  hn0  the VF mlxen0 came\n");
    assertThat(out)
        .containsMatch(
            "  hn0  IFATTACH: use lagg: done in 2\\.\\d s, cut off for \\d+ ms, "
                + "the gateway answered after \\d+ ms\n");
    assertThat(out).containsMatch("\n +\\d+ ms  default route through lagg0 \\[cut off\\]\n");
    assertThat(out)
        .containsMatch("  hn0  failover hn0: hold vf down: done in \\d+ ms, not cut off\n");
    assertThat(out.indexOf("IFATTACH")).isLessThan(out.indexOf("failover hn0"));
  }

  @Test
  void lastIsTheLastWorkflowAlone() {
    assertThat(hnvf("history hn0 --last")).isEqualTo(0);
    assertThat(out).contains("failover hn0: hold vf down");
    assertThat(out).doesNotContain("IFATTACH");
    assertThat(out).doesNotContain("came");
  }

  @Test
  void sinceLeavesOutTheOlderEvents() {
    assertThat(hnvf("sim wait 3600")).isEqualTo(0);
    assertThat(hnvf("failback hn0")).isEqualTo(0);
    assertThat(hnvf("history --since 30m")).isEqualTo(0);
    assertThat(out).contains("failback hn0");
    assertThat(out).doesNotContain("failover hn0");
    assertThat(hnvf("history --since 2d")).isEqualTo(0);
    assertThat(out).contains("failover hn0");
  }

  @Test
  void dataHasMilliseconds() {
    assertThat(hnvf("history --json")).isEqualTo(0);
    assertThat(out).contains("\"schema\" : 1");
    assertThat(out).contains("\"ending\" : \"DONE\"");
    assertThat(out).contains("\"cutOffMillis\" : ");
  }

  @ParameterizedTest
  @CsvSource({
    "history hn7, 69, no history of hn7 is recorded; there is one of hn0",
    "history lagg0, 64, the history is kept by the driver's name",
    "history hn0 --since yesterday, 64, --since takes a time such as",
    "history hn0 --since 0s, 64, --since takes a time such as",
    "history hn0 hn1, 64, Unmatched argument",
  })
  void badInputIsNamedAndChangesNothing(String words, int status, String message) {
    assertThat(hnvf(words)).isEqualTo(status);
    assertThat(err).contains(message);
    assertThat(out).isEmpty();
  }

  @Test
  void anUnreadableJournalIsNamedAndTheRestIsShown() throws Exception {
    Path history = directory.resolve("guest/root/var/db/hnvf/history");
    Files.writeString(history.resolve("20261122T115959.000Z-hn0.journal"), "rubbish\n");
    assertThat(hnvf("history")).isEqualTo(65);
    assertThat(err).contains("20261122T115959.000Z-hn0.journal, line 1: does not begin");
    assertThat(out).contains("failover hn0");
  }

  @Test
  void aGuestWithoutAHistorySaysSo() {
    assertThat(hnvf("sim reset")).isEqualTo(0);
    assertThat(hnvf("history")).isEqualTo(0);
    assertThat(out).isEqualTo("no event is recorded\n");
  }
}
