package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The completions are made of the grammar of the verbs. Run with {@code -Dhnvf.completion=write} to
 * write them anew. A real bash runs that of bash, with an ifconfig(8) as FreeBSD's. That of zsh is
 * run by {@link ZshCompletionTest}.
 */
final class CompletionTest {

  private static final Path BASH = Path.of("config/completion/hnvf.bash");
  private static final Path ZSH = Path.of("config/completion/_hnvf");

  private final CompletionScratch scratch;

  CompletionTest(@TempDir Path scratch) throws IOException {
    this.scratch = new CompletionScratch(scratch);
  }

  private static void assertMadeOfTheGrammar(Path file, String text) throws IOException {
    if ("write".equals(System.getProperty("hnvf.completion"))) {
      Files.createDirectories(file.resolveSibling("."));
      Files.writeString(file, text);
    }
    assertWithMessage("run with -Dhnvf.completion=write")
        .that(Files.readString(file))
        .isEqualTo(text);
  }

  @Test
  void thatOfBashIsMadeOfTheGrammar() throws IOException {
    assertMadeOfTheGrammar(BASH, new BashCompletion(Grammar.whole()).text());
  }

  @Test
  void thatOfZshIsMadeOfTheGrammar() throws IOException {
    assertMadeOfTheGrammar(ZSH, new ZshCompletion(Grammar.whole()).text());
  }

  /** Returns the completions of the last word, as bash divides the line. */
  private ImmutableList<String> completions(String... words) throws Exception {
    List<String> argv =
        new ArrayList<>(
            List.of(
                "bash",
                "--norc",
                "-uc",
                "source \"$1\"; shift; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _hnvf hnvf;"
                    + " ((${#COMPREPLY[@]} == 0)) || printf '%s\\n' \"${COMPREPLY[@]}\"",
                "bash",
                BASH.toAbsolutePath().toString(),
                "hnvf"));
    argv.addAll(List.of(words));
    Process process = scratch.process(argv).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertWithMessage(out).that(process.waitFor()).isEqualTo(0);
    return out.lines().collect(ImmutableList.toImmutableList());
  }

  @Test
  void verbsAreCompleted() throws Exception {
    assertThat(completions(""))
        .containsExactlyElementsIn(
            Grammar.whole().verbs().stream().map(Grammar.Node::name).toList());
    assertThat(completions("fail")).containsExactly("failover", "failback");
    assertThat(completions("override", "")).containsExactly("list", "check", "run", "try");
    assertThat(completions("sim", "re")).containsExactly("reset", "replay");
    assertThat(completions("nosuch")).isEmpty();
    assertThat(completions("nosuch", "")).containsAtLeast("status", "plan");
  }

  @ParameterizedTest
  @CsvSource({
    "failover",
    "status",
    "plan",
    "override check",
    "override run",
    "override try",
    "failover --for 5m",
    "failover --json",
    "plan --verb failover",
    "sim plug --driver mce",
    "rehearse --from x"
  })
  void namesOfHnAreCompleted(String line) throws Exception {
    String[] words = (line + " hn").split(" ", -1);
    assertThat(completions(words)).containsExactly("hn0", "hn1");
    words[words.length - 1] = "";
    assertThat(completions(words)).containsExactly("hn0", "hn1");
  }

  @Test
  void anInterfaceOfAttachIsNoHnAndNoLagg() throws Exception {
    assertThat(completions("attach", "")).containsExactly("mlxen0", "mana0", "ext0");
    assertThat(completions("attach", "m")).containsExactly("mlxen0", "mana0");
  }

  @Test
  void theSecondNameIsNotCompleted() throws Exception {
    assertThat(completions("failover", "hn0", "")).isEmpty();
    assertThat(completions("failover", "hn0", "hn")).isEmpty();
  }

  @Test
  void everyOptionOfEveryVerbIsCompleted() throws Exception {
    for (Grammar.Node node : Grammar.whole().all().toList()) {
      List<String> words =
          new ArrayList<>(node.path().isEmpty() ? List.of() : List.of(node.path().split(" ", -1)));
      words.add("--");
      assertWithMessage(node.path())
          .that(completions(words.toArray(String[]::new)))
          .containsExactlyElementsIn(node.options().stream().map(Grammar.Option::name).toList());
    }
  }

  @Test
  void valuesOfOptionsAreCompleted() throws Exception {
    assertThat(completions("plan", "hn0", "--verb", "vf")).containsExactly("vf-up", "vf-down");
    assertThat(completions("vf-up", "--strategy", "=", "b")).containsExactly("before-vf-up");
    assertThat(completions("vf-up", "--strategy", "=")).containsExactly("on-vf-up", "before-vf-up");
    assertThat(completions("vf-up", "--strategy", "=", "before-vf-up", "h"))
        .containsExactly("hn0", "hn1");
    assertThat(completions("sim", "reset", "--kind", "az")).containsExactly("azure");
    assertThat(completions("sandbox", "--kind", "=", "two")).containsExactly("two");
    assertThat(completions("failover", "hn0", "--for", "")).isEmpty();
  }

  @Test
  void filesAndDirectoriesAreCompleted() throws Exception {
    assertThat(completions("rehearse", "--from", "f")).containsExactly("file");
    assertThat(completions("sandbox", "")).containsExactly("bin", "directory");
    assertThat(completions("status", "--sim", "=", "d")).containsExactly("directory");
    assertThat(completions("status", "--sim", "")).containsExactly("hn0", "hn1");
    assertThat(completions("override", "try", "hn0", "f")).containsExactly("file");
    assertThat(completions("sim", "replay", "file", "f")).containsExactly("file");
    assertThat(completions("config", "")).containsExactly("hn0", "hn1", "bin", "directory", "file");
  }

  @Test
  void whereNoIfconfigAnswersNoNameIsCompletedAndNothingIsPrinted() throws Exception {
    Files.delete(scratch.ifconfig());
    assertThat(completions("failover", "h")).isEmpty();
  }
}
