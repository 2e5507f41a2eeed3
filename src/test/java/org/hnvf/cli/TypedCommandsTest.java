package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The command line knows each verb and each option of the commands that the pages show. */
final class TypedCommandsTest {

  /** In backticks, or a line of a block or of the manual, with or without a prompt. */
  private static final ImmutableList<Pattern> COMMANDS =
      ImmutableList.of(
          Pattern.compile("`hnvf ([^`]+)`"),
          Pattern.compile("(?m)^(?:[#$] )?hnvf ([a-z-]+(?: [^.;\\n]*)?)$"),
          Pattern.compile("(?m)^[.](?:Ic|Dl) hnvf ([^,;\\n]+)$"));

  private static final Splitter WORDS = Splitter.onPattern("[ \\[\\],]+").omitEmptyStrings();

  private final Grammar.Node whole = Grammar.whole();

  private static ImmutableList<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
      return Stream.concat(
              Stream.of(
                  Path.of("README.md"), Path.of("CONTRIBUTING.md"), Path.of("config/man/hnvf.8")),
              docs.filter(path -> path.toString().endsWith(".md")))
          .collect(ImmutableList.toImmutableList());
    }
  }

  /** Returns the commands of a text. Prose that begins with the name is no command. */
  private static ImmutableList<String> commands(String text) {
    String blocks =
        Pattern.compile("(?ms)^```.*?^```").matcher(text).results().map(r -> r.group()).toList()
            + (text.startsWith(".") ? text : "");
    return Stream.concat(
            COMMANDS.get(0).matcher(text).results(),
            COMMANDS.stream().skip(1).flatMap(pattern -> pattern.matcher(blocks).results()))
        .map(result -> result.group(1).replaceFirst(" +#.*", ""))
        .filter(command -> command.matches("[a-z].*"))
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns a word of a command that the command line does not know. */
  private Optional<String> unknown(String command) {
    Grammar.Node node = whole;
    for (String word : WORDS.split(command)) {
      if (word.equals("--")) {
        break;
      }
      Optional<Grammar.Node> verb =
          node.verbs().stream().filter(each -> each.name().equals(word)).findFirst();
      if (verb.isPresent()) {
        node = verb.get();
      } else if (node.path().isEmpty()) {
        return Optional.of(word);
      } else if (word.startsWith("--")) {
        String name = word.replaceFirst("=.*", "");
        if (node.options().stream().noneMatch(option -> option.names().contains(name))) {
          return Optional.of(word);
        }
      }
    }
    return Optional.empty();
  }

  @Test
  void theyAreCommandsOfHnvf() throws IOException {
    int seen = 0;
    for (Path page : pages()) {
      List<String> commands = commands(Files.readString(page));
      for (String command : commands) {
        assertWithMessage("%s: hnvf %s", page, command).that(unknown(command)).isEmpty();
      }
      seen += commands.size();
    }
    assertThat(seen).isGreaterThan(150);
  }

  @Test
  void aWrongOneIsSeen() {
    assertThat(commands("`hnvf nosuch`\n```sh\n# hnvf status --nosuch\n```\nhnvf is here.\n"))
        .containsExactly("nosuch", "status --nosuch")
        .inOrder();
    assertThat(unknown("nosuch")).hasValue("nosuch");
    assertThat(unknown("status --nosuch")).hasValue("--nosuch");
    assertThat(unknown("failover hn0 [--for 2h]")).isEmpty();
    assertThat(unknown("sim run --sim -- ls --nosuch")).isEmpty();
  }
}
