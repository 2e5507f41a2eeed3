package org.hnvf.it;

import static com.google.common.truth.Truth.assertWithMessage;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code scripts/hnvf} as a process of its own, on a simulated guest of the test's own. */
final class Program {

  private static final Path BASE = Path.of(System.getProperty("hnvf.basedir", "."));
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path scratch;

  Program(Path scratch) {
    this.scratch = scratch;
  }

  /** The result of one call. */
  record Answer(int status, String out, String err) {

    JsonNode json() throws IOException {
      return JSON.readTree(out);
    }
  }

  /** Runs it with just these arguments. */
  Answer run(String... arguments) throws IOException, InterruptedException {
    List<String> argv = new ArrayList<>();
    argv.add(BASE.resolve("scripts/hnvf").toString());
    argv.addAll(List.of(arguments));
    Path out = Files.createTempFile(scratch, "out", ".txt");
    Path err = Files.createTempFile(scratch, "err", ".txt");
    Process process =
        new ProcessBuilder(argv)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    if (!process.waitFor(10, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    return new Answer(
        process.waitFor(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }

  /** Runs a verb on the simulated guest and expects it to succeed. */
  Answer sim(String... arguments) throws IOException, InterruptedException {
    Answer answer = trySim(arguments);
    assertWithMessage("hnvf %s\n%s%s", String.join(" ", arguments), answer.out(), answer.err())
        .that(answer.status())
        .isEqualTo(0);
    return answer;
  }

  /** Runs a verb on the simulated guest. */
  Answer trySim(String... arguments) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(arguments));
    int end = all.indexOf("--");
    all.add(end < 0 ? all.size() : end, "--sim=" + guest());
    return run(all.toArray(String[]::new));
  }

  /** Where the simulated guest is kept. */
  Path guest() {
    return scratch.resolve("guest");
  }

  /** The one pair, as {@code status --json} shows it. */
  JsonNode pair() throws IOException, InterruptedException {
    return sim("status", "hn0", "--json").json().get("pairs").get(0);
  }
}
