package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hnvf sim replay}, with files that are good, that differ, and that are no transcripts. */
final class ReplayIT {

  private final Path scratch;
  private final Program hnvf;

  ReplayIT(@TempDir Path scratch) {
    this.scratch = scratch;
    this.hnvf = new Program(scratch);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(scratch.resolve(name), text).toString();
  }

  private static final String GOOD =
      """
      $ ifconfig -l
      [stdout]
      lo0 hn0 hn1
      [exit 0] (0.1 s)

      $ uname
      [stdout]
      FreeBSD
      [exit 0] (0.1 s)
      """;

  @Test
  void theLastLineIsTheSumOverAllFiles() throws IOException, InterruptedException {
    String good = file("good.txt", GOOD);
    Program.Answer same = hnvf.run("sim", "replay", good, good);
    assertThat(same.status()).isEqualTo(0);
    assertThat(same.out()).contains("identical  $ ifconfig -l\n");
    assertThat(same.out()).contains("good.txt: 1 of 1 commands identical, 1 skipped");
    assertThat(same.out()).endsWith("\n2 of 2 commands identical\n");

    String bad = file("bad.txt", "$ sleep 1\n[stderr]\noops\n[exit 1] (1.0 s)\n");
    Program.Answer different = hnvf.run("sim", "replay", "--differences", good, bad);
    assertThat(different.status()).isEqualTo(65);
    assertThat(different.out()).doesNotContain("identical  $");
    assertThat(different.out()).contains("different  $ sleep 1\n");
    assertThat(different.out()).endsWith("\n1 of 2 commands identical\n");

    JsonNode data = hnvf.run("sim", "replay", "--json", good, bad).json();
    assertThat(data.get("identical").asInt()).isEqualTo(1);
    assertThat(data.get("compared").asInt()).isEqualTo(2);
    assertThat(data.get("files").get(1).get("commands").get(0).get("verdict").asText())
        .isEqualTo("DIFFERENT");
  }

  @Test
  void aFileThatIsNoneIsNamed() throws IOException, InterruptedException {
    Program.Answer missing = hnvf.run("sim", "replay", scratch.resolve("no.txt").toString());
    assertThat(missing.status()).isEqualTo(65);
    assertThat(missing.err()).contains("no.txt: there is no such file");
    assertThat(missing.out()).isEmpty();

    Program.Answer torn = hnvf.run("sim", "replay", file("torn.txt", "# x\n$ ifconfig -l\n"));
    assertThat(torn.status()).isEqualTo(65);
    assertThat(torn.err()).contains("torn.txt, line 2: the command has no [exit N] line");
  }
}
