package org.hnvf.exec;

import static com.google.common.truth.Truth.assertThat;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.nio.charset.Charset;
import java.time.Duration;
import org.hnvf.model.Command;
import org.junit.jupiter.api.Test;

final class VerbatimTest {

  private static final ImmutableSet<Charset> ONLY_UTF_8 = ImmutableSet.of(UTF_8);
  private static final Command ASCII = command("ifconfig", "hn0", "description", "uplink");
  private static final Command UMLAUT = command("ifconfig", "hn0", "description", "Büro");

  @Test
  void asciiIsPassedOnInEveryLocale() {
    assertThat(Verbatim.hindrance(ASCII, ImmutableSet.of(US_ASCII))).isEmpty();
    assertThat(Verbatim.hindrance(ASCII, ONLY_UTF_8)).isEmpty();
  }

  @Test
  void otherTextIsPassedOnInUtf8Only() {
    assertThat(Verbatim.hindrance(UMLAUT, ONLY_UTF_8)).isEmpty();
    assertThat(Verbatim.hindrance(UMLAUT, ImmutableSet.of(US_ASCII)).orElseThrow())
        .contains("start Java with LC_ALL=C.UTF-8");
    assertThat(Verbatim.hindrance(UMLAUT, ImmutableSet.of(ISO_8859_1))).isPresent();
    assertThat(Verbatim.hindrance(UMLAUT, ImmutableSet.of(UTF_8, US_ASCII))).isPresent();
  }

  @Test
  void environmentIsLookedAtToo() {
    Command value = ASCII.withEnvironment(ImmutableMap.of("HNVF_HN", "hn\0"));
    Command name = ASCII.withEnvironment(ImmutableMap.of("Ü", "hn0"));

    assertThat(Verbatim.hindrance(value, ONLY_UTF_8).orElseThrow()).contains("NUL");
    assertThat(Verbatim.hindrance(name, ImmutableSet.of(US_ASCII))).isPresent();
  }

  @Test
  void nulIsRefusedInTheProgramsNameToo() {
    assertThat(Verbatim.hindrance(command("a\0b"), ONLY_UTF_8).orElseThrow()).contains("NUL");
  }

  @Test
  void nameOfAVariableMustBeOne() {
    assertThat(Verbatim.hindrance(ASCII.withEnvironment(ImmutableMap.of("A=B", "c")), ONLY_UTF_8))
        .hasValue("\"A=B\" is no name for a variable of the environment");
    assertThat(Verbatim.hindrance(ASCII.withEnvironment(ImmutableMap.of("", "c")), ONLY_UTF_8))
        .isPresent();
  }

  private static Command command(String program, String... arguments) {
    return Command.reading(Duration.ofSeconds(1), program, arguments);
  }
}
