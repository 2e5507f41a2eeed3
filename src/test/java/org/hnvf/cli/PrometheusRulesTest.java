package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The alerts of config/prometheus. promtool runs them where it is installed. */
final class PrometheusRulesTest {

  private static final Path RULES = Path.of("config/prometheus/hnvf.rules.yml");
  private static final Path TESTS = Path.of("config/prometheus/hnvf.rules.test.yml");
  private static final Path PAGE = Path.of("docs/metrics.md");

  private static ImmutableSet<String> found(String pattern, Path file) throws IOException {
    ImmutableSet.Builder<String> found = ImmutableSet.builder();
    Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(file));
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found.build();
  }

  @Test
  void eachAlertIsTestedAndOnThePage() throws IOException {
    ImmutableSet<String> alerts = found("alert: (\\w+)", RULES);
    assertThat(alerts).hasSize(6);
    assertThat(found("alertname: (\\w+)", TESTS)).containsExactlyElementsIn(alerts);
    assertThat(found("\\| `(Hnvf\\w+)` \\|", PAGE)).containsExactlyElementsIn(alerts).inOrder();
  }

  @Test
  void theRulesUseMetricsThatExist() throws IOException {
    ImmutableSet<String> metrics = found("\\| `(hnvf_\\w+)` \\|", PAGE);
    for (String used : found("(hnvf_\\w+)", RULES)) {
      assertThat(metrics).contains(used.replaceFirst("_(?:bucket|count)$", ""));
    }
  }

  @Test
  void promtoolAcceptsTheRulesAndTheirTests() throws Exception {
    boolean installed =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "promtool")));
    assumeTrue(installed, "promtool is not installed: the rules were not run");
    promtool("check", RULES);
    promtool("test", TESTS);
  }

  private static void promtool(String verb, Path file) throws Exception {
    Process process =
        new ProcessBuilder("promtool", verb, "rules", file.toString())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertWithMessage(said).that(process.waitFor()).isEqualTo(0);
  }
}
