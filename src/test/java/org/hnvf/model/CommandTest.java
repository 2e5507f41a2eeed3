package org.hnvf.model;

import static com.google.common.truth.Truth.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.time.Duration;
import org.hnvf.model.Command.Effect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandTest {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  @Test
  void plainWordsStandAsTheyAre() {
    Command command =
        Command.changing(LIMIT, "ifconfig", "lagg0", "inet6", "fe80::1%hn0/64", "-ifdisabled");

    assertThat(command.line()).isEqualTo("ifconfig lagg0 inet6 fe80::1%hn0/64 -ifdisabled");
    assertThat(command.toString()).isEqualTo(command.line());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "two words,'two words'",
        "\"\",''",
        "it's,'it'\\''s'",
        "$(id),'$(id)'",
        "a;b,'a;b'",
        "*,'*'",
        "~,'~'",
        "#x,'#x'",
        "Büro,'Büro'",
      })
  void otherWordsAreQuoted(String word, String quoted) {
    assertThat(Command.reading(LIMIT, "echo", word).line()).isEqualTo("echo " + quoted);
  }

  @Test
  void programIsQuotedLikeAnArgument() {
    assertThat(Command.reading(LIMIT, "/opt/my tool").line()).isEqualTo("'/opt/my tool'");
  }

  /** A command copied from the output of hnvf has the same effect. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "'",
        "''",
        "a'b'c",
        "\"",
        "\\",
        "\\'",
        "$HOME",
        "`id`",
        "$(id)",
        "a\nb",
        "!x",
        "-n",
        "{a,b}",
        "[a-z]*",
        "a&b|c<d>e",
      })
  void shellReadsTheLineAsItWasMeant(String word) throws IOException, InterruptedException {
    String line = Command.reading(LIMIT, "printf", "<%s>", word, "end").line();
    Process sh = new ProcessBuilder("/bin/sh", "-c", line).start();

    assertThat(new String(sh.getInputStream().readAllBytes(), UTF_8))
        .isEqualTo("<" + word + "><end>");
    assertThat(sh.waitFor()).isEqualTo(0);
  }

  @Test
  void argvStartsWithTheProgram() {
    assertThat(Command.reading(LIMIT, "ifconfig", "-a", "-D").argv())
        .containsExactly("ifconfig", "-a", "-D")
        .inOrder();
  }

  @Test
  void commandsKnowWhetherTheyChangeTheGuest() {
    assertThat(Command.reading(LIMIT, "sysctl").effect()).isEqualTo(Effect.READS);
    assertThat(Command.changing(LIMIT, "route").effect()).isEqualTo(Effect.CHANGES);
  }

  @Test
  void variantsDifferInOneThing() {
    Command plain = Command.changing(LIMIT, "dhclient", "lagg0");
    ImmutableMap<String, String> variables = ImmutableMap.of("HNVF_HN", "hn0");

    assertThat(plain.mayLeaveDaemon()).isFalse();
    assertThat(plain.environment()).isEmpty();
    assertThat(plain.leavingDaemon())
        .isEqualTo(
            new Command(
                "dhclient", plain.arguments(), LIMIT, Effect.CHANGES, true, ImmutableMap.of()));
    assertThat(plain.leavingDaemon().withEnvironment(variables))
        .isEqualTo(
            new Command("dhclient", plain.arguments(), LIMIT, Effect.CHANGES, true, variables));
  }
}
