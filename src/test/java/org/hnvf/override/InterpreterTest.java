package org.hnvf.override;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A machine with /bin/sh, and with a /bin/data that is not executable. */
final class InterpreterTest {

  private final Path script;
  private final Interpreter interpreter;

  InterpreterTest(@TempDir Path root) throws IOException {
    this.script = root.resolve("script");
    this.interpreter = new Interpreter(root);
    Files.createDirectories(root.resolve("bin/directory"));
    Files.writeString(root.resolve("bin/data"), "");
    Files.writeString(root.resolve("bin/sh"), "");
    Files.setPosixFilePermissions(
        root.resolve("bin/sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#!/bin/sh\nexit\n",
        "#! \t/bin/sh -eu\n",
        "#!/bin/sh",
        "#!bin/sh\n",
        "exit\n",
        ""
      })
  void aScriptForAnInterpreterThatExistsHasNoFault(String text) throws IOException {
    Files.writeString(script, text);

    assertThat(interpreter.fault(script)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/bin/bash",
        "/bin/data",
        "/bin/directory",
        "/bin",
        "/bin/sh/x",
        "/b\u0000in/sh",
        "\u00ff\u00fe"
      })
  void anInterpreterThatCannotBeStartedIsAFault(String path) throws IOException {
    Files.writeString(script, "#!" + path + " -e\nexit\n");

    assertThat(interpreter.fault(script).orElseThrow())
        .isEqualTo(
            "needs the interpreter "
                + path.replace('\u0000', '?')
                + ", which does not exist or is not executable");
  }

  @Test
  void aCarriageReturnIsNamed() throws IOException {
    Files.writeString(script, "#!/bin/sh\r\nexit\r\n");

    assertThat(interpreter.fault(script).orElseThrow()).contains("has a carriage return");
  }

  @Test
  void aFirstLineWithoutAnInterpreterIsAFault() throws IOException {
    Files.writeString(script, "#! \nexit\n");

    assertThat(interpreter.fault(script)).hasValue("has no interpreter after #!");
  }

  @Test
  void aFirstLineWithoutAnEndIsNotReadWhole() throws IOException {
    Files.writeString(script, "#!" + "x".repeat(1 << 20));

    assertThat(interpreter.fault(script).orElseThrow().length()).isLessThan(5000);
  }
}
