package org.hnvf.rcconf;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Duration;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.ExitCode;
import org.hnvf.model.UserException;
import org.junit.jupiter.api.Test;

/** A value read once more: each word as sh itself would make it. */
final class ShellWordsTest {

  private static final String ASSIGNMENTS = "a='1 2'; empty=; q=\"'\"; ";
  private static final RcVariables VARIABLES =
      new RcVariables(ImmutableMap.of("a", "1 2", "empty", "", "q", "'"));

  private static final ImmutableList<String> TEXTS =
      ImmutableList.of(
          "",
          "   ",
          "inet 10.0.0.4/24 mtu 9000",
          "\tinet\n\t10.0.0.4/24  ",
          "description 'two words'",
          "description \"two  words\"",
          "description two\\ words",
          "x'y'\"z\"w",
          "'' \"\" end",
          "'$a' \"$a\" $a",
          "${a} x${a}y \"x${a}y\" $a$a",
          "$empty \"$empty\" x${empty}y $unset",
          "$q \"$q\" '\"'",
          "\\$a \"\\$a\" \"\\\\\" \"\\\"\" \"\\x\" \\' \\\\",
          "cost 5$ $ \"$\" \"5$.\" $.",
          "a\\\nb \"c\\\nd\"",
          "=x ~x! a}b {c} %+,:@^-_",
          "last\\");

  @Test
  void argumentsAreThoseOfSh() throws Exception {
    for (String text : TEXTS) {
      if (!text.contains("\n\t")) {
        assertWithMessage(text)
            .that(ShellWords.ofArguments(VARIABLES, "ifconfig_hn0", text))
            .isEqualTo(sh("eval \"set -- $1\"", text));
      }
    }
  }

  @Test
  void aCommentEndsTheArguments() throws Exception {
    for (String text : ImmutableList.of("a # b", "# b", "a#b c", "a '#' \\# b", "a $empty# b")) {
      assertWithMessage(text)
          .that(ShellWords.ofArguments(VARIABLES, "ifconfig_hn0", text))
          .isEqualTo(sh("eval \"set -- $1\"", text));
    }
  }

  @Test
  void aDefaultIsThatOfSh() throws Exception {
    for (String text : TEXTS) {
      if (!text.contains("}b") && !text.endsWith("\\")) {
        assertWithMessage(text)
            .that(ShellWords.ofDefault(VARIABLES, "ifconfig_DEFAULT", text))
            .isEqualTo(sh("eval \"set -- \\${nothing-$1}\"", text));
      }
    }
    assertThat(ShellWords.ofDefault(VARIABLES, "ifconfig_DEFAULT", "a; b & # c | (d) <e>"))
        .isEqualTo(sh("eval \"set -- \\${nothing-$1}\"", "a; b & # c | (d) <e>"));
  }

  @Test
  void moreThanArgumentsIsRefused() {
    for (String text :
        ImmutableList.of(
            ";",
            "a&",
            "a|b",
            "a<b",
            "a>b",
            "(a)",
            "`a`",
            "\"`a`\"",
            "$(a)",
            "\"$(a)\"",
            "${a:-b}",
            "${a",
            "$1",
            "$@",
            "$$",
            "$?",
            "'a",
            "\"a",
            "\"a\\\"")) {
      UserException error =
          assertThrows(
              UserException.class, () -> ShellWords.ofArguments(VARIABLES, "ifconfig_hn0", text));

      assertThat(error.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
      assertThat(error).hasMessageThat().contains("ifconfig_hn0");
    }
  }

  @Test
  void aDefaultThatEndsEarlyIsRefused() {
    UserException error =
        assertThrows(
            UserException.class,
            () -> ShellWords.ofDefault(VARIABLES, "ifconfig_DEFAULT", "a } b"));

    assertThat(error).hasMessageThat().contains("ifconfig_DEFAULT has }");
  }

  /** The positional parameters that sh has after these commands with the text as {@code $1}. */
  private static ImmutableList<String> sh(String commands, String text) {
    String script = ASSIGNMENTS + commands + "; for w in \"$@\"; do printf '<%s>\\n' \"$w\"; done";
    CommandResult result =
        new ShRunner()
            .run(Command.reading(Duration.ofMinutes(10), "/bin/sh", "-c", script, "sh", text));
    assertWithMessage("%s: %s", text, result.stderr()).that(result.succeeded()).isTrue();
    ImmutableList.Builder<String> words = ImmutableList.builder();
    String rest = result.stdout();
    while (!rest.isEmpty()) {
      int end = rest.indexOf(">\n");
      words.add(rest.substring(1, end));
      rest = rest.substring(end + 2);
    }
    return words.build();
  }
}
