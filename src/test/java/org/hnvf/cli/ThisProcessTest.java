package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.hnvf.exec.CommandRunner;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.model.CommandResult;
import org.hnvf.model.CommandResult.Exited;
import org.hnvf.model.SystemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where Java finds no name for a user it says uid 0, of everybody. */
final class ThisProcessTest {

  private static CommandRunner idPrints(String text) {
    return command -> {
      assertThat(command.line()).isEqualTo("id -u");
      return new CommandResult(command, new Exited(0), text, "", Duration.ZERO);
    };
  }

  @Test
  void aUserWithANameIsBelieved() throws Exception {
    CommandRunner none =
        command -> {
          throw new AssertionError(command.line());
        };
    assertThat(ThisProcess.uid(0, Optional.of("toor"), none)).isEqualTo(0);
    assertThat(ThisProcess.uid(1001, Optional.of("root"), none)).isEqualTo(1001);
  }

  @Test
  void aUserWithoutANameIsAskedFor() throws Exception {
    assertThat(ThisProcess.uid(0, Optional.empty(), idPrints("54321\n"))).isEqualTo(54321);
    assertThat(ThisProcess.uid(0, Optional.empty(), idPrints("0\n"))).isEqualTo(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "root\n", "-1\n", "12345678901\n"})
  void whatIsNoUidIsRefused(String text) {
    SystemException e =
        assertThrows(
            SystemException.class, () -> ThisProcess.uid(0, Optional.empty(), idPrints(text)));
    assertThat(e).hasMessageThat().contains("is not a user id; nothing was done");
  }

  @Test
  void anIdThatFailsIsRefused() {
    CommandRunner fails =
        command -> new CommandResult(command, new Exited(1), "0\n", "no", Duration.ZERO);
    SystemException e =
        assertThrows(SystemException.class, () -> ThisProcess.uid(0, Optional.empty(), fails));
    assertThat(e).hasMessageThat().contains("id -u");
  }

  @Test
  void itIsTheOwnerOfWhatThisProcessMakes(@TempDir Path directory) throws Exception {
    Object owner = Files.getAttribute(Files.createFile(directory.resolve("f")), "unix:uid");
    assertThat(ThisProcess.uid(new ProcessRunner())).isEqualTo(((Integer) owner).longValue());
    assertThat(ThisProcess.uid(0, Optional.empty(), new ProcessRunner()))
        .isEqualTo(((Integer) owner).longValue());
  }
}
