package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PlainLoggersTest {

  private static final Duration LONG = Duration.ofMinutes(10);

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PlainLoggers loggers =
      new PlainLoggers(() -> new PrintStream(said, true, StandardCharsets.UTF_8), LONG);

  private System.Logger logger(String name) {
    return loggers.getLogger(name, PlainLoggersTest.class.getModule());
  }

  @Test
  void javaFindsIt() {
    assertThat(System.LoggerFinder.getLoggerFinder()).isInstanceOf(PlainLoggers.class);
  }

  @Test
  void aWarningIsOneLineLikeAllOthers() {
    logger("a").log(Level.WARNING, "cannot read the DHCP lease of hn0:\nlarger than 1 MiB");
    logger("a").log(Level.INFO, "of no interest");
    logger("b").log(Level.ERROR, "it failed", new IllegalStateException("why"));
    assertThat(said.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            hnvf: cannot read the DHCP lease of hn0:\\nlarger than 1 MiB
            hnvf: it failed: java.lang.IllegalStateException: why
            """);
  }

  @Test
  void theSameIsNotToldTwiceInARow() {
    logger("a").log(Level.WARNING, "x");
    logger("a").log(Level.WARNING, "x");
    logger("b").log(Level.WARNING, "x");
    logger("a").log(Level.WARNING, "y");
    logger("a").log(Level.WARNING, "x");
    assertThat(said.toString(StandardCharsets.UTF_8).lines().toList())
        .containsExactly("hnvf: x", "hnvf: x", "hnvf: y", "hnvf: x")
        .inOrder();
  }
}
