package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hnvf.lab.cli.LabVerbs;
import org.hnvf.lab.cli.SimulatedGuests;
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
    StringWriter answers = new StringWriter();
    ImmutableList<String> args =
        ImmutableList.<String>builder()
            .addAll(ImmutableList.copyOf(words.split(" ")))
            .add("--sim=" + directory.resolve("guest"))
            .build();
    int status =
        LabVerbs.commandLine(
                new PrintWriter(answers),
                new PrintWriter(new StringWriter()),
                new SimulatedGuests(new ProductGuests(), directory))
            .run(args);
    assertWithMessage(words).that(status).isEqualTo(0);
    return answers.toString();
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
