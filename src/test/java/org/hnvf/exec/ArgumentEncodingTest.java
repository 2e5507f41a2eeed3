package org.hnvf.exec;

import static com.google.common.truth.Truth.assertThat;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.time.Duration;
import org.hnvf.model.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ArgumentEncodingTest {

  private static final Command ASCII = command("ifconfig", "hn0", "description", "uplink");
  private static final Command UMLAUT = command("ifconfig", "hn0", "description", "Büro");

  @Test
  void asciiIsPassedOnInEveryLocale() {
    assertThat(ArgumentEncoding.hindrance(ASCII, US_ASCII)).isEmpty();
    assertThat(ArgumentEncoding.hindrance(ASCII, UTF_8)).isEmpty();
  }

  @Test
  void otherTextIsPassedOnInUtf8Only() {
    assertThat(ArgumentEncoding.hindrance(UMLAUT, UTF_8)).isEmpty();
    assertThat(ArgumentEncoding.hindrance(UMLAUT, US_ASCII).orElseThrow())
        .contains("start Java with LC_ALL=C.UTF-8");
    assertThat(ArgumentEncoding.hindrance(UMLAUT, ISO_8859_1)).isPresent();
  }

  @Test
  void fileEncodingDecidesOnJava17AndTheLocaleLater() {
    assertThat(ArgumentEncoding.charset(17, UTF_8, US_ASCII)).isEqualTo(UTF_8);
    assertThat(ArgumentEncoding.charset(17, US_ASCII, UTF_8)).isEqualTo(US_ASCII);
    assertThat(ArgumentEncoding.charset(18, UTF_8, US_ASCII)).isEqualTo(US_ASCII);
    assertThat(ArgumentEncoding.charset(25, US_ASCII, UTF_8)).isEqualTo(UTF_8);
  }

  /** Whether that is true of the Java that is here, a Java of its own shows in each locale. */
  @ParameterizedTest
  @ValueSource(strings = {"C.UTF-8", "C", "xx_YY.UTF-8", ""})
  void whatIsNotRefusedArrives(String locale) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dfile.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                UmlautProcess.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().clear();
    builder.environment().put("LC_ALL", locale);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), US_ASCII);
    assertThat(process.waitFor()).isEqualTo(0);
    boolean passes = Runtime.version().feature() == 17 || locale.equals("C.UTF-8");
    assertThat(said).contains(passes ? UmlautProcess.ARRIVED : "start Java with LC_ALL=C.UTF-8");
  }

  @Test
  void environmentIsLookedAtToo() {
    Command value = ASCII.withEnvironment(ImmutableMap.of("HNVF_HN", "hn\0"));
    Command name = ASCII.withEnvironment(ImmutableMap.of("Ü", "hn0"));

    assertThat(ArgumentEncoding.hindrance(value, UTF_8).orElseThrow()).contains("NUL");
    assertThat(ArgumentEncoding.hindrance(name, US_ASCII)).isPresent();
  }

  @Test
  void nulIsRefusedInTheProgramsNameToo() {
    assertThat(ArgumentEncoding.hindrance(command("a\0b"), UTF_8).orElseThrow()).contains("NUL");
  }

  @Test
  void nameOfAVariableMustBeOne() {
    assertThat(
            ArgumentEncoding.hindrance(ASCII.withEnvironment(ImmutableMap.of("A=B", "c")), UTF_8))
        .hasValue("\"A=B\" is not a valid name of an environment variable");
    assertThat(ArgumentEncoding.hindrance(ASCII.withEnvironment(ImmutableMap.of("", "c")), UTF_8))
        .isPresent();
  }

  private static Command command(String program, String... arguments) {
    return Command.reading(Duration.ofSeconds(1), program, arguments);
  }
}
