package org.hnvf.exec;

import static com.google.common.truth.Truth.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.hnvf.model.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that stay, as processes of this machine. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class ProgramLinesTest {

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static LineSource.Lines open(String script, String... more) throws Exception {
    String[] words = new String[more.length + 2];
    words[0] = "-c";
    words[1] = script;
    System.arraycopy(more, 0, words, 2, more.length);
    Command command = Command.reading(Duration.ofSeconds(1), "/bin/sh", words);
    return new ProcessRunner().following(command).open();
  }

  @Test
  void theLinesComeAsTheyAreWritten() throws Exception {
    try (LineSource.Lines lines = open("echo a; echo b >&2; printf c; exit 3")) {
      assertThat(lines.next()).hasValue("a");
      assertThat(lines.next()).hasValue("b");
      assertThat(lines.next()).hasValue("c");
      assertThat(lines.next()).isEmpty();
      assertThat(lines.ending()).isEqualTo("exit 3, after \"c\"");
    }
  }

  @Test
  void aLineWithoutEndTakesNoMemory() throws Exception {
    try (LineSource.Lines lines = open("head -c 3000000 /dev/zero | tr '\\0' x; echo; echo b")) {
      assertThat(lines.next().orElseThrow()).hasLength(4096);
      assertThat(lines.next()).hasValue("b");
    }
  }

  /** The reader is in the middle of a line that never comes; the program has children. */
  @Test
  void whatIsClosedEndsWithAllThatItStarted(@TempDir Path directory) throws Exception {
    Path pids = directory.resolve("pids");
    LineSource.Lines lines =
        open("sleep 3600 & echo $! >\"$0\"; echo begun; cat /dev/zero >/dev/null", pids.toString());
    assertThat(lines.next()).hasValue("begun");
    long child = Long.parseLong(Files.readString(pids).strip());
    Optional<?>[] last = {Optional.of("nothing yet")};
    Thread reader =
        new Thread(
            () -> {
              try {
                last[0] = lines.next();
              } catch (Exception e) {
                last[0] = Optional.of(e);
              }
            });
    reader.start();

    lines.close();

    reader.join();
    assertThat(last[0]).isEqualTo(Optional.empty());
    await()
        .atMost(PATIENCE)
        .until(() -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void aProgramThatIsNotThere() {
    Command command = Command.reading(Duration.ofSeconds(1), "no-such-program", "-n");
    assertThrows(NoSuchFileException.class, () -> new ProcessRunner().following(command).open());
  }
}
