package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code hnvf metrics} on a simulated guest that is kept in a directory. */
final class MetricsCommandTest {

  private static final Pattern ROW =
      Pattern.compile("^\\| `(hnvf_\\w+)` \\| (\\w+) \\|", Pattern.MULTILINE);
  private static final Pattern TYPE =
      Pattern.compile("^# TYPE (hnvf_\\w+) (\\w+)$", Pattern.MULTILINE);

  private final Path directory;
  private String out = "";
  private String err = "";

  MetricsCommandTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private int hnvf(String words) {
    KeptGuest.Answer answer = new KeptGuest(directory).hnvf(words);
    out = answer.out();
    err = answer.err();
    return answer.status();
  }

  private Path state() {
    return directory.resolve("guest/root/var/db/hnvf");
  }

  @BeforeEach
  void makeGuest() {
    assertThat(hnvf("sim reset")).isEqualTo(0);
  }

  private void plugAndAttach() {
    assertThat(hnvf("sim plug hn0")).isEqualTo(0);
    assertThat(hnvf("attach mlxen0")).isEqualTo(0);
  }

  @Test
  void aGuestWithoutAHistoryHasZeros() {
    assertThat(hnvf("metrics")).isEqualTo(0);
    PrometheusText.check(out);
    assertThat(out).contains("\nhnvf_pair_state{pair=\"hn0\",state=\"SYNTHETIC\"} 1\n");
    assertThat(out).contains("\nhnvf_vf_attached{pair=\"hn0\"} 0\n");
    assertThat(out).contains("\nhnvf_transitions_total{pair=\"hn0\",outcome=\"done\"} 0\n");
    assertThat(out).contains("\nhnvf_cutoff_seconds_count{pair=\"hn0\"} 0\n");
  }

  @Test
  void itReadsTheGuestAndItsHistory() {
    plugAndAttach();
    assertThat(hnvf("metrics")).isEqualTo(0);
    PrometheusText.check(out);
    assertThat(out).contains("\nhnvf_pair_state{pair=\"hn0\",state=\"LAGG_VF\"} 1\n");
    assertThat(out).contains("\nhnvf_pair_state{pair=\"hn0\",state=\"SYNTHETIC\"} 0\n");
    assertThat(out)
        .contains("\nhnvf_pair_info{pair=\"hn0\",hn=\"hn0\",vf=\"mlxen0\",lagg=\"lagg0\"} 1\n");
    assertThat(out).contains("\nhnvf_vf_came_total{pair=\"hn0\"} 1\n");
    assertThat(out).contains("\nhnvf_transitions_total{pair=\"hn0\",outcome=\"done\"} 1\n");
    assertThat(out).contains("\nhnvf_cutoff_seconds_count{pair=\"hn0\"} 1\n");
    assertThat(out).contains("\nhnvf_cutoff_seconds_bucket{pair=\"hn0\",le=\"+Inf\"} 1\n");
    assertThat(out).containsMatch("\nhnvf_last_look_timestamp_seconds\\{pair=\"hn0\"} \\d{10}\\.?");
  }

  @Test
  void theWordIsShownAndNothingIsHeld() {
    plugAndAttach();
    assertThat(hnvf("failover hn0")).isEqualTo(0);
    assertThat(hnvf("metrics")).isEqualTo(0);
    assertThat(out).contains("\nhnvf_pair_word{pair=\"hn0\",word=\"PINNED\"} 1\n");
    assertThat(out).doesNotContainMatch("\nhnvf_held\\{.*} 1\n");
  }

  @Test
  void aJournalThatCannotBeReadIsToldAndNotCounted() throws IOException {
    plugAndAttach();
    Files.writeString(state().resolve("history/20261122T115959.000Z-hn0.journal"), "rubbish\n");
    assertThat(hnvf("metrics")).isEqualTo(65);
    assertThat(err).contains("20261122T115959.000Z-hn0.journal, line 1: does not begin");
    PrometheusText.check(out);
    assertThat(out).contains("\nhnvf_history_problems{pair=\"hn0\"} 1\n");
    assertThat(out).contains("\nhnvf_transitions_total{pair=\"hn0\",outcome=\"done\"} 1\n");
  }

  @ParameterizedTest
  @CsvSource({
    "metrics hn0, 64, Unmatched argument",
    "metrics --json, 64, Unknown option",
  })
  void badInputIsNamed(String words, int status, String message) {
    assertThat(hnvf(words)).isEqualTo(status);
    assertThat(err).contains(message);
    assertThat(out).isEmpty();
  }

  @Test
  void itChangesNothing() throws IOException {
    plugAndAttach();
    ImmutableList<String> before = listing();
    assertThat(hnvf("metrics")).isEqualTo(0);
    assertThat(listing()).isEqualTo(before);
  }

  private ImmutableList<String> listing() throws IOException {
    try (var files = Files.walk(state())) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file + " " + file.toFile().lastModified() + " " + file.toFile().length())
          .sorted()
          .collect(ImmutableList.toImmutableList());
    }
  }

  @Test
  void thePageHasEachMetric() throws IOException {
    assertThat(hnvf("metrics")).isEqualTo(0);
    ImmutableSet<String> page = found(ROW, Files.readString(Path.of("docs/metrics.md")));
    assertThat(page).containsExactlyElementsIn(found(TYPE, out)).inOrder();
  }

  private static ImmutableSet<String> found(Pattern pattern, String text) {
    ImmutableSet.Builder<String> found = ImmutableSet.builder();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1) + " " + matcher.group(2));
    }
    return found.build();
  }

  @Test
  void theCheckOfTheFormatFindsMistakes() {
    assertWithMessage("the check accepts text of another form")
        .that(
            ImmutableList.of(
                    "hnvf_x 1\n",
                    "# HELP hnvf_x X.\n# TYPE hnvf_x gauge\nhnvf_x{a=\"b\"c\"} 1\n",
                    "# HELP hnvf_x X.\n# TYPE hnvf_x gauge\nhnvf_x 1",
                    "# HELP hnvf_x X.\n# TYPE hnvf_x counter\nhnvf_x 1\n",
                    "# HELP hnvf_x X.\n# TYPE hnvf_x gauge\nhnvf_x 1\nhnvf_x 2\n")
                .stream()
                .filter(PrometheusText::isWhole)
                .toList())
        .isEmpty();
  }
}
