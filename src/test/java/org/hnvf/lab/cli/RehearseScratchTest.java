package org.hnvf.lab.cli;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.hnvf.model.ExitCode;
import org.hnvf.model.SystemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The temporary directory of a rehearsal. */
final class RehearseScratchTest {

  @Test
  void withoutATemporaryDirectoryNothingIsRehearsed(@TempDir Path directory) {
    SystemException failed =
        assertThrows(
            SystemException.class,
            () -> RehearseCommand.requireScratch(directory.resolve("absent")));
    assertThat(failed).hasMessageThat().contains("cannot make a directory in " + directory);
    assertThat(failed).hasMessageThat().contains("nothing was rehearsed");
    assertThat(failed.exitCode()).isEqualTo(ExitCode.SYSTEM);
  }

  @Test
  void nothingIsLeftInTheTemporaryDirectory(@TempDir Path directory) throws Exception {
    RehearseCommand.requireScratch(directory);
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
  }
}
