package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.io.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An interactive zsh completes lines with the file that is installed. Its line editor needs a
 * terminal, which another zsh makes by its module zpty. Skipped if zsh is not installed.
 */
final class ZshCompletionTest {

  private static final String WITH_A_TERMINAL =
      "zmodload zsh/zpty && zpty editor 'zsh -d -i'"
          + " && while zpty -r editor line; do print -r -- $line; done";

  private final Path directory;
  private final CompletionScratch scratch;

  ZshCompletionTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.scratch = new CompletionScratch(directory);
  }

  @BeforeEach
  void zshIsInstalled() {
    assumeTrue(
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "zsh"))),
        "zsh is not installed: its completion was not run");
  }

  /** Returns the matches of the last word of each line. */
  private ImmutableSetMultimap<String, String> completions(List<String> lines) throws Exception {
    Path input = directory.resolve(".lines");
    Path answers = directory.resolve(".answers");
    Files.write(input, lines.stream().map(line -> "hnvf " + line).toList());
    Files.writeString(
        directory.resolve(".zshrc"),
        Resources.toString(Resources.getResource(ZshCompletionTest.class, "zshrc"), UTF_8));
    ProcessBuilder builder = scratch.process(ImmutableList.of("zsh", "-dfc", WITH_A_TERMINAL));
    builder.environment().put("TERM", "dumb");
    builder.environment().put("ZDOTDIR", directory.toString());
    Path functions = Path.of("config/completion").toAbsolutePath();
    builder.environment().put("HNVF_FUNCTIONS", functions.toString());
    builder.environment().put("HNVF_LINES", input.toString());
    builder.environment().put("HNVF_ANSWERS", answers.toString());
    Path screen = directory.resolve(".screen");
    Process process = builder.redirectOutput(screen.toFile()).start();
    process.getOutputStream().close();
    boolean ended = process.waitFor(2, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertWithMessage(Files.readString(screen)).that(ended).isTrue();

    ImmutableSetMultimap.Builder<String, String> matches = ImmutableSetMultimap.builder();
    String line = "";
    ImmutableList.Builder<String> completed = ImmutableList.builder();
    for (String answer : Files.readAllLines(answers)) {
      if (answer.startsWith("> hnvf ")) {
        line = answer.substring("> hnvf ".length());
        completed.add(line);
      } else {
        matches.put(line, answer);
      }
    }
    assertThat(completed.build()).containsExactlyElementsIn(lines).inOrder();
    return matches.build();
  }

  /** Asserts the matches of lines, each as {@code LINE: MATCH MATCH...}. */
  private void assertCompletes(String... expected) throws Exception {
    Splitter words = Splitter.on(' ').omitEmptyStrings();
    ImmutableSetMultimap<String, String> matches =
        completions(
            Arrays.stream(expected).map(each -> each.substring(0, each.indexOf(':'))).toList());
    for (String each : expected) {
      int colon = each.indexOf(':');
      assertWithMessage(each)
          .that(matches.get(each.substring(0, colon)))
          .containsExactlyElementsIn(words.split(each.substring(colon + 1)));
    }
  }

  @Test
  void verbsAreCompleted() throws Exception {
    String verbs =
        String.join(" ", Grammar.whole().verbs().stream().map(Grammar.Node::name).toList());
    assertCompletes(
        ": " + verbs,
        "fail: failover failback",
        "override : list check run try",
        "sim re: reset replay",
        "nosuch:",
        "nosuch :");
  }

  @Test
  void interfacesAreCompleted() throws Exception {
    assertCompletes(
        "failover hn: hn0 hn1",
        "status hn: hn0 hn1",
        "override check hn: hn0 hn1",
        "failover --for 5m hn: hn0 hn1",
        "plan --verb failover hn: hn0 hn1",
        "rehearse --from x hn: hn0 hn1",
        "failover hn0 hn:",
        "attach : mlxen0 mana0 ext0",
        "attach m: mlxen0 mana0");
  }

  @Test
  void everyOptionOfEveryVerbIsCompleted() throws Exception {
    ImmutableList<Grammar.Node> nodes =
        Grammar.whole()
            .all()
            .filter(node -> node.verbs().isEmpty())
            .collect(ImmutableList.toImmutableList());
    ImmutableSetMultimap<String, String> matches =
        completions(nodes.stream().map(node -> node.path() + " --").toList());
    for (Grammar.Node node : nodes) {
      assertWithMessage(node.path())
          .that(matches.get(node.path() + " --"))
          .containsExactlyElementsIn(node.options().stream().map(Grammar.Option::name).toList());
    }
  }

  @Test
  void valuesOfOptionsAreCompleted() throws Exception {
    assertCompletes(
        "plan hn0 --verb vf: vf-up vf-down",
        "plan hn0 --verb=vf: vf-up vf-down",
        "vf-up --strategy=b: before-vf-up",
        "vf-up --strategy=before-vf-up hn: hn0 hn1",
        "sim reset --kind az: azure",
        "sandbox --kind=two: two",
        "failover hn0 --for :");
  }

  @Test
  void filesAndDirectoriesAreCompleted() throws Exception {
    assertCompletes(
        "rehearse --from f: file",
        "sandbox : bin directory",
        "status --sim=d: directory",
        "override try hn0 f: file",
        "sim replay file f: file",
        "config : hn0 hn1 bin directory file");
  }

  @Test
  void noInterfaceIsCompletedIfNoIfconfigAnswers() throws Exception {
    Files.delete(scratch.ifconfig());
    assertCompletes("failover h:");
  }
}
