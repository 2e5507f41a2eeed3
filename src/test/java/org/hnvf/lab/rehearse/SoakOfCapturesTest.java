package org.hnvf.lab.rehearse;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hnvf.cli.ProductGuests;
import org.hnvf.lab.cli.LabVerbs;
import org.hnvf.lab.cli.SimulatedGuests;
import org.hnvf.model.HnvfException;
import org.hnvf.sim.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hnvf sim soak --captures DIR}: what it takes, and what it refuses. */
final class SoakOfCapturesTest {

  /** A seed that draws a copy. */
  private static final String OF_A_COPY = "2283";

  @TempDir private Path directory = Path.of("");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int soak(String... words) {
    return LabVerbs.commandLine(
            new PrintWriter(out),
            new PrintWriter(err),
            new SimulatedGuests(new ProductGuests(), directory))
        .run(
            ImmutableList.<String>builder()
                .add("sim", "soak", "--captures", directory.toString())
                .add(words)
                .build());
  }

  private void file(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text, UTF_8);
  }

  private void assertRefused(int status, String message) {
    assertThat(status).isEqualTo(65);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains(message);
  }

  @Test
  void aSeedHasTheGuestOfACaptureAndTellsItsName() throws HnvfException, IOException {
    file("mine.capture", CaptureText.of(Scenario.staticGuest()));
    file("mine.expected", "no capture");

    int status = soak("--from", OF_A_COPY, "--verbose");

    assertWithMessage(err.toString()).that(status).isEqualTo(0);
    assertThat(out.toString())
        .contains("guest: a copy of " + directory.resolve("mine.capture") + ", strategy ");
  }

  @Test
  void aDirectoryWithoutACaptureIsRefused() throws IOException {
    file("mine.txt", "no capture");
    assertRefused(soak("--seeds", "1"), directory + ": has no file *.capture; no guest was tried");
  }

  @Test
  void aDirectoryThatIsNotThereIsRefused() throws IOException {
    Files.delete(directory);
    assertRefused(soak("--seeds", "1"), directory + ": there is no such directory; no guest was");
  }

  @Test
  void aFileThatIsNoCaptureIsRefusedWithItsLine() throws HnvfException, IOException {
    file("a.capture", CaptureText.of(Scenario.staticGuest()));
    file("b.capture", "# hnvf-capture 1\nnonsense\n");
    assertRefused(soak("--seeds", "1"), directory.resolve("b.capture") + ", line 2: ");
  }

  @Test
  void aGuestThatCannotBeCopiedIsRefused() throws HnvfException, IOException {
    file(
        "a.capture",
        CaptureText.of(Scenario.azure())
            .replace(
                "10.0.2.2           UGS             hn0",
                "10.0.2.2           UGS            tun9"));
    assertRefused(soak("--seeds", "1"), "its copy has another network configuration");
  }

  @Test
  void singleFaultsHaveGuestsOfTheirOwn() {
    assertThat(soak("--exhaustive")).isEqualTo(64);
    assertThat(err.toString()).contains("--exhaustive has guests of its own");
  }
}
