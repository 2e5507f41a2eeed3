package org.hnvf.exec;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.base.StandardSystemProperty;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hnvf.exec.DurableFiles.Lock;
import org.hnvf.model.Command;
import org.hnvf.model.SystemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RealDurableFilesTest extends DurableFilesContract {

  RealDurableFilesTest(@TempDir Path root) {
    super(root);
  }

  @Test
  void filesAndDirectoriesAreForTheOwnerAlone() throws SystemException, IOException {
    files.write("/a/b/f", "text");
    files.tryLock("/c/0.lock", "test").orElseThrow().close();

    assertThat(mode("a")).isEqualTo("rwx------");
    assertThat(mode("a/b")).isEqualTo("rwx------");
    assertThat(mode("a/b/f")).isEqualTo("rw-------");
    assertThat(mode("c")).isEqualTo("rwx------");
    assertThat(mode("c/0.lock")).isEqualTo("rw-------");
  }

  @Test
  void directoryThatIsThereKeepsItsMode() throws SystemException, IOException {
    Files.createDirectory(root.resolve("d"));
    Files.setPosixFilePermissions(root.resolve("d"), PosixFilePermissions.fromString("rwxr-xr-x"));

    files.write("/d/f", "text");

    assertThat(mode("d")).isEqualTo("rwxr-xr-x");
  }

  @Test
  void whatOthersMayWriteToIsNotPrivate() throws SystemException, IOException {
    files.write("/f", "text");
    Files.setPosixFilePermissions(root.resolve("f"), PosixFilePermissions.fromString("rw-rw----"));

    assertFails("writable by others (rw-rw----)", () -> files.requirePrivate("/f"));
  }

  /** /etc/f leads to /usr/f; both directories are the owner's alone. */
  private Path linked(String target) throws IOException {
    for (String directory : List.of("etc", "usr")) {
      Path made = Files.createDirectory(root.resolve(directory));
      Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Path file = Files.writeString(root.resolve("usr/f"), "text");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    Files.createSymbolicLink(root.resolve("etc/f"), Path.of(target));
    return file;
  }

  @ParameterizedTest
  @ValueSource(strings = {"../usr/f", "/usr/f", "../usr/./f"})
  void configurationOfTheSystemIsReadThroughALink(String target)
      throws SystemException, IOException {
    linked(target);

    assertThat(files.readThroughLinks("/etc/f")).hasValue("text");
    assertThat(files.readThroughLinks("/usr/f")).hasValue("text");
    assertFails("a symbolic link", () -> files.read("/etc/f"));
    assertFails("a symbolic link", () -> files.write("/etc/f", "other"));
  }

  @Test
  void linkThatLeadsToNothingIsNoFile() throws SystemException, IOException {
    Files.delete(linked("/usr/f"));

    assertThat(files.readThroughLinks("/etc/f")).isEmpty();
    assertThat(files.readThroughLinks("/etc/g")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"usr/f", "usr", "etc"})
  void linkIsNotFollowedIfOthersCanChangeWhatIsRead(String open) throws IOException {
    linked("/usr/f");
    Files.setPosixFilePermissions(root.resolve(open), PosixFilePermissions.fromString("rwxrwxr-x"));

    assertFails("writable by others", () -> files.readThroughLinks("/etc/f"));
  }

  @Test
  void linkIsNotFollowedInACircleNorOutOfTheGuest() throws IOException {
    linked("/etc/f");
    Files.createSymbolicLink(root.resolve("etc/out"), Path.of("../../f"));

    assertFails("FileSystemLoopException", () -> files.readThroughLinks("/etc/f"));
    assertFails("leads out of the guest", () -> files.readThroughLinks("/etc/out"));
  }

  @Test
  void linkToADirectoryIsNoConfiguration() throws IOException {
    linked("/usr");

    assertFails("not a regular file but a directory", () -> files.readThroughLinks("/etc/f"));
  }

  /** Its content is being written while it is read. */
  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void fileThatGrowsWhileItIsReadIsRefused() throws Exception {
    Path file = Files.writeString(root.resolve("f"), "x");
    Path old = Files.writeString(root.resolve("old"), "x");
    AtomicBoolean over = new AtomicBoolean();
    Thread writer =
        new Thread(
            () -> {
              try {
                while (!over.get()) {
                  Files.writeString(file, "lease { ", StandardOpenOption.APPEND);
                  if (Files.size(file) > 1 << 19) {
                    Files.copy(old, file, StandardCopyOption.REPLACE_EXISTING);
                  }
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    writer.start();
    try {
      boolean refused = false;
      while (!refused) {
        try {
          String unused = files.read("/f").orElse("");
        } catch (SystemException e) {
          refused = String.valueOf(e.getMessage()).contains("it changed while it was read");
        }
      }
    } finally {
      over.set(true);
      writer.join();
    }
    assertThat(files.read("/f")).isPresent();
  }

  /** Opening a named pipe would wait for a writer. */
  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void namedPipeIsRefusedAndNotOpened() {
    Command mkfifo =
        Command.changing(Duration.ofMinutes(10), "mkfifo", root.resolve("pipe").toString());
    assertThat(new ProcessRunner().run(mkfifo).succeeded()).isTrue();

    assertFails("a pipe, socket or device", () -> files.read("/pipe"));
    assertFails("a pipe, socket or device", () -> files.write("/pipe", "text"));
    assertFails("a pipe, socket or device", () -> files.tryLock("/pipe", "test"));
  }

  @Test
  void lockOfAnotherProcessIsRespectedUntilItDies() throws Exception {
    Process other = other("hold");
    try (BufferedReader answers = other.inputReader()) {
      assertThat(answers.readLine()).isEqualTo("locked");
      assertThat(files.tryLock("/0.lock", "mine")).isEmpty();
      assertThat(files.read("/0.lock"))
          .hasValue("purpose of the other process, process " + other.pid());
      assertThat(files.tryLock("/0.lock", "mine")).isEmpty();

      other.destroyForcibly().waitFor();

      Optional<Lock> mine = files.tryLock("/0.lock", "mine");
      assertThat(mine).isPresent();
    } finally {
      other.destroyForcibly();
    }
  }

  /**
   * A process loses a POSIX record lock when it closes the file anywhere: a caller that was
   * refused, or that reads who has the lock, must not close it.
   */
  @Test
  void lockOutlivesTheCallersOfThisProcessThatWereRefused() throws Exception {
    try (Lock lock = files.tryLock("/0.lock", "mine").orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(files.tryLock("/0.lock", "refused")).isEmpty();
      assertThat(new NioDurableFiles(root).tryLock("/0.lock", "refused too")).isEmpty();
      assertThat(files.read("/0.lock")).hasValue("mine, process " + ProcessHandle.current().pid());

      assertThat(answerOf("try")).isEqualTo("refused");
    }
    assertThat(answerOf("try")).isEqualTo("locked");
  }

  @Test
  void lockOfAnotherProcessIsSeenUntilItDies() throws Exception {
    Process other = other("hold");
    try (BufferedReader answers = other.inputReader()) {
      assertThat(answers.readLine()).isEqualTo("locked");
      assertThat(files.isLocked("/0.lock")).isTrue();

      other.destroyForcibly().waitFor();

      assertThat(files.isLocked("/0.lock")).isFalse();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void aProcessThatAsksLosesNoLockAndItsHolderIsSeenByOthers() throws Exception {
    try (Lock lock = files.tryLock("/0.lock", "mine").orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(files.isLocked("/0.lock")).isTrue();
      assertThat(new NioDurableFiles(root).isLocked("/0.lock")).isTrue();
      assertThat(answerOf("ask")).isEqualTo("locked");
      assertThat(answerOf("try")).isEqualTo("refused");
    }
    assertThat(answerOf("ask")).isEqualTo("free");
  }

  /** Here the other process has stopped in the middle of asking. */
  @Test
  void aProcessThatAsksKeepsNoneFromTheLock() throws Exception {
    files.write("/0.lock", "");
    Process other = other("ask-and-stop");
    try (BufferedReader answers = other.inputReader()) {
      assertThat(answers.readLine()).isEqualTo("asking");
      assertThat(files.isLocked("/0.lock")).isFalse();
      try (Lock lock = files.tryLock("/0.lock", "mine").orElseThrow()) {
        assertThat(lock).isNotNull();
        assertThat(answerOf("try")).isEqualTo("refused");
      }
      assertThat(answerOf("try")).isEqualTo("locked");
    } finally {
      other.destroyForcibly();
    }
  }

  /** An hnvf before this one locks the whole file. */
  @Test
  void aLockOfTheWholeFileIsRespectedAndSeen() throws Exception {
    files.write("/0.lock", "");
    Process other = other("whole");
    try (BufferedReader answers = other.inputReader()) {
      assertThat(answers.readLine()).isEqualTo("locked");
      assertThat(files.tryLock("/0.lock", "mine")).isEmpty();
      assertThat(files.isLocked("/0.lock")).isTrue();
    } finally {
      other.destroyForcibly().waitFor();
    }
    try (Lock lock = files.tryLock("/0.lock", "mine").orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(answerOf("whole")).isEqualTo("refused");
    }
  }

  private String answerOf(String mode) throws Exception {
    Process other = other(mode);
    try (BufferedReader answers = other.inputReader()) {
      return Optional.ofNullable(answers.readLine()).orElse("no answer");
    } finally {
      other.destroyForcibly();
    }
  }

  private Process other(String mode) throws IOException {
    String java = Path.of(property(StandardSystemProperty.JAVA_HOME), "bin", "java").toString();
    String classPath = property(StandardSystemProperty.JAVA_CLASS_PATH);
    return new ProcessBuilder(
            java, "-cp", classPath, LockingProcess.class.getName(), root.toString(), mode)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String property(StandardSystemProperty property) {
    return Optional.ofNullable(property.value()).orElseThrow();
  }

  private String mode(String path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(path)));
  }
}
