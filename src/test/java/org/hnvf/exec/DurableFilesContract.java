package org.hnvf.exec;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hnvf.exec.DurableFiles.Lock;
import org.hnvf.model.ExitCode;
import org.hnvf.model.SystemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of every {@link NioDurableFiles}, on any file system. */
abstract class DurableFilesContract {

  private static final int MEBIBYTE = 1 << 20;

  final Path root;
  final DurableFiles files;

  DurableFilesContract(Path root) {
    this.root = root;
    this.files = new NioDurableFiles(root);
  }

  @Test
  void whatIsWrittenIsRead() throws SystemException {
    files.write("/var/db/hnvf/0.word", "auto\nü\n");

    assertThat(files.read("/var/db/hnvf/0.word")).hasValue("auto\nü\n");
    assertThat(files.exists("/var/db/hnvf/0.word")).isTrue();
  }

  @Test
  void whatIsNotThereIsEmptyAndNoFault() throws SystemException {
    assertThat(files.read("/nowhere/file")).isEmpty();
    assertThat(files.exists("/nowhere/file")).isFalse();
    assertThat(files.list("/nowhere")).isEmpty();
    files.delete("/nowhere/file");
    assertThat(Files.exists(root.resolve("nowhere"))).isFalse();
  }

  @Test
  void emptyFileIsThere() throws SystemException {
    files.write("/empty", "");

    assertThat(files.read("/empty")).hasValue("");
  }

  @Test
  void secondTextReplacesTheFirst() throws SystemException {
    files.write("/f", "a long first text");
    files.write("/f", "short");

    assertThat(files.read("/f")).hasValue("short");
    assertThat(names("")).containsExactly("f");
  }

  /** A reader in the middle of the old text is not disturbed: the new one is another file. */
  @Test
  void replacingIsAtomic() throws SystemException, IOException {
    files.write("/f", "old");
    try (InputStream reader = Files.newInputStream(root.resolve("f"))) {
      files.write("/f", "new");

      assertThat(new String(reader.readAllBytes(), ISO_8859_1)).isEqualTo("old");
    }
  }

  @Test
  void deletedFileIsGone() throws SystemException {
    files.write("/f", "text");

    files.delete("/f");

    assertThat(files.exists("/f")).isFalse();
    assertThat(files.read("/f")).isEmpty();
  }

  @Test
  void whatIsAddedStandsAtTheEnd() throws SystemException {
    files.write("/f", "one\n");
    files.append("/f", "two\n");

    assertThat(files.read("/f")).hasValue("one\ntwo\n");
  }

  @Test
  void nothingIsAddedToWhatIsNotThere() {
    assertFails("f", () -> files.append("/f", "two\n"));
    assertThat(files.exists("/f")).isFalse();
  }

  @Test
  void whatIsSetAsideIsKept() throws SystemException {
    files.write("/d/f", "odd");

    assertThat(files.setAside("/d/f")).isEqualTo("/d/f.unreadable");
    assertThat(files.exists("/d/f")).isFalse();
    assertThat(files.read("/d/f.unreadable")).hasValue("odd");
    assertFails("set aside", () -> files.setAside("/d/f"));
  }

  @Test
  void renamedFileIsAtItsNewPathAlone() throws SystemException {
    files.write("/d/f", "text");
    files.write("/new/g", "another");

    files.rename("/d/f", "/new/g");
    files.rename("/new/g", "/made/for/it");

    assertThat(names("d")).isEmpty();
    assertThat(names("new")).isEmpty();
    assertThat(files.read("/made/for/it")).hasValue("text");
  }

  @Test
  void whatIsNoFileIsNotRenamed() throws SystemException, IOException {
    files.write("/f", "text");
    files.write("/d/f", "another");
    Files.createSymbolicLink(root.resolve("link"), root.resolve("f"));

    assertFails("cannot rename to /g /nothing", () -> files.rename("/nothing", "/g"));
    assertFails("a directory", () -> files.rename("/d", "/g"));
    assertFails("a directory", () -> files.rename("/f", "/d"));
    assertFails("symbolic link", () -> files.rename("/link", "/g"));
    assertFails("symbolic link", () -> files.rename("/d/f", "/link"));
    assertThat(files.read("/f")).hasValue("text");
    assertThat(files.read("/d/f")).hasValue("another");
  }

  @Test
  void sizeIsInBytes() throws SystemException {
    files.write("/f", "ü\n");

    assertThat(files.size("/f")).isEqualTo(3);
    assertThat(files.size("/nothing")).isEqualTo(0);
  }

  @Test
  void linkIsNotPrivate() throws SystemException, IOException {
    files.write("/f", "text");
    Files.createSymbolicLink(root.resolve("link"), root.resolve("f"));

    files.requirePrivate("/f");
    files.requirePrivate("/nothing");
    assertFails("symbolic link", () -> files.requirePrivate("/link"));
    assertFails("symbolic link", () -> files.append("/link", "more"));
    assertThat(files.read("/f")).hasValue("text");
  }

  @Test
  void namesAreSortedAndOfThisDirectoryOnly() throws SystemException {
    files.write("/d/c", "");
    files.write("/d/a", "");
    files.write("/d/b/below", "");

    assertThat(files.list("/d")).containsExactly("a", "b", "c").inOrder();
  }

  @Test
  void leftoversOfAnInterruptedWriteAreNotListed() throws SystemException, IOException {
    files.write("/d/a", "");
    Files.createFile(root.resolve("d").resolve(".hnvf-123.tmp"));
    Files.createFile(root.resolve("d").resolve(".hnvf-other"));

    assertThat(files.list("/d")).containsExactly(".hnvf-other", "a").inOrder();
  }

  @Test
  void malformedBytesAreReplaced() throws SystemException, IOException {
    Files.write(root.resolve("f"), "a\u00ffb".getBytes(ISO_8859_1));

    assertThat(files.read("/f")).hasValue("a\uFFFDb");
  }

  @Test
  void textOfOneMebibyteIsTheLargest() throws SystemException, IOException {
    String largest = "x".repeat(MEBIBYTE);
    files.write("/f", largest);
    assertThat(files.read("/f").orElseThrow().length()).isEqualTo(MEBIBYTE);

    assertFails("larger than 1 MiB", () -> files.write("/f", largest + "x"));
    assertThat(files.read("/f").orElseThrow().length()).isEqualTo(MEBIBYTE);

    Files.writeString(root.resolve("f"), largest + "x");
    assertFails("larger than 1 MiB", () -> files.read("/f"));
  }

  @Test
  void linkIsNeverFollowed() throws SystemException, IOException {
    files.write("/secret", "secret");
    Path link = Files.createSymbolicLink(root.resolve("link"), root.resolve("secret"));

    assertFails("a symbolic link", () -> files.read("/link"));
    assertFails("a symbolic link", () -> files.write("/link", "overwritten"));
    assertFails("a symbolic link", () -> files.tryLock("/link", "test"));
    assertThat(files.read("/secret")).hasValue("secret");

    files.delete("/link");
    assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertThat(files.read("/secret")).hasValue("secret");
  }

  @Test
  void linkThatLeadsNowhereIsThereAndNotFollowed() throws IOException {
    Files.createSymbolicLink(root.resolve("link"), root.resolve("missing"));

    assertThat(files.exists("/link")).isTrue();
    assertFails("a symbolic link", () -> files.read("/link"));
    assertFails("a symbolic link", () -> files.write("/link", "text"));
    assertFails("a symbolic link", () -> files.tryLock("/link", "test"));
    assertThat(Files.exists(root.resolve("missing"))).isFalse();
  }

  @Test
  void linkToADirectoryIsNotListed() throws SystemException, IOException {
    files.write("/d/a", "");
    Files.createSymbolicLink(root.resolve("link"), root.resolve("d"));

    assertFails("cannot list /link", () -> files.list("/link"));
  }

  @Test
  void directoryIsNoFile() throws SystemException {
    files.write("/d/a", "");
    files.write("/f", "");

    assertFails("a directory", () -> files.read("/d"));
    assertFails("a directory", () -> files.write("/d", "text"));
    assertFails("a directory", () -> files.delete("/d"));
    assertFails("a directory", () -> files.tryLock("/d", "test"));
    assertFails("cannot list /f", () -> files.list("/f"));
    assertFails("cannot write /f/x", () -> files.write("/f/x", "text"));
    assertThat(files.list("/d")).containsExactly("a");
    assertThat(files.read("/f")).hasValue("");
  }

  @Test
  void rootIsADirectoryLikeOthers() throws SystemException {
    files.write("/f", "");

    assertThat(files.list("/")).containsExactly("f");
    assertFails("cannot read /", () -> files.read("/"));
    assertFails("cannot write /", () -> files.write("/", "text"));
    assertFails("cannot delete /", () -> files.delete("/"));
    assertFails("cannot lock /", () -> files.tryLock("/", "test"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "f", "../f", "/../f", "/a/../f", "/a/..", "/./f", "/a\0b"})
  void pathMustBeAbsoluteAndPlain(String path) {
    assertThrows(IllegalArgumentException.class, () -> files.read(path));
    assertThrows(IllegalArgumentException.class, () -> files.exists(path));
    assertThrows(IllegalArgumentException.class, () -> files.list(path));
    assertThrows(IllegalArgumentException.class, () -> files.write(path, "text"));
    assertThrows(IllegalArgumentException.class, () -> files.delete(path));
    assertThrows(IllegalArgumentException.class, () -> files.rename(path, "/f"));
    assertThrows(IllegalArgumentException.class, () -> files.rename("/f", path));
    assertThrows(IllegalArgumentException.class, () -> files.size(path));
    assertThrows(IllegalArgumentException.class, () -> files.tryLock(path, "test"));
    assertThat(names("")).isEmpty();
  }

  @Test
  void nameMayHoldTwoDots() throws SystemException {
    files.write("/a..b", "text");

    assertThat(files.read("/a..b")).hasValue("text");
  }

  @Test
  void lockIsForOne() throws SystemException {
    try (Lock first = files.tryLock("/run/0.lock", "pid 1").orElseThrow()) {
      assertThat(first).isNotNull();
      assertThat(files.tryLock("/run/0.lock", "pid 2")).isEmpty();
      assertThat(files.tryLock("/run//0.lock", "pid 2")).isEmpty();
      assertThat(files.tryLock("/run/1.lock", "pid 2")).isPresent();
    }
  }

  @Test
  void aLockIsSeenUntilItIsClosed() throws SystemException {
    try (Lock lock = files.tryLock("/run/0.lock", "vf-up").orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(files.isLocked("/run/0.lock")).isTrue();
      assertThat(files.isLocked("/run//0.lock")).isTrue();
      assertThat(files.read("/run/0.lock")).hasValue(holder("vf-up"));
    }
    assertThat(files.isLocked("/run/0.lock")).isFalse();
    assertThat(files.tryLock("/run/0.lock", "next")).isPresent();
  }

  @Test
  void askingForALockMakesAndChangesNoFile() throws SystemException {
    assertThat(files.isLocked("/run/0.lock")).isFalse();
    assertThat(files.exists("/run")).isFalse();

    files.write("/1.lock", "the last holder");
    assertThat(files.isLocked("/1.lock")).isFalse();
    assertThat(files.read("/1.lock")).hasValue("the last holder");
  }

  @Test
  void closedLockIsFree() throws SystemException {
    Lock first = files.tryLock("/0.lock", "first").orElseThrow();
    first.close();
    Optional<Lock> second = files.tryLock("/0.lock", "second");
    assertThat(second).isPresent();

    first.close();

    assertWithMessage("closing twice frees somebody else's lock")
        .that(files.tryLock("/0.lock", "third"))
        .isEmpty();
  }

  private static String holder(String purpose) {
    return purpose + ", process " + ProcessHandle.current().pid();
  }

  @Test
  void purposeAndHolderOfALockAreRead() throws SystemException, IOException {
    files.tryLock("/0.lock", "a longer purpose").orElseThrow().close();
    try (Lock lock = files.tryLock("/0.lock", "vf-up").orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(files.read("/0.lock")).hasValue(holder("vf-up"));
      assertThat(Files.readString(root.resolve("0.lock"))).isEqualTo(holder("vf-up"));
    }
  }

  @Test
  void lockedFileIsNeitherReplacedNorDeleted() throws SystemException {
    try (Lock lock = files.tryLock("/0.lock", "vf-up hn0").orElseThrow()) {
      assertThat(lock).isNotNull();
      assertFails("locked for vf-up hn0, process ", () -> files.write("/0.lock", "text"));
      assertFails("locked for vf-up hn0, process ", () -> files.delete("/0.lock"));
      assertThat(files.exists("/0.lock")).isTrue();
    }
    files.delete("/0.lock");
    assertThat(files.exists("/0.lock")).isFalse();
  }

  @Test
  void lockFileThatWasDeletedInBetweenIsMadeAnew() throws SystemException, IOException {
    files.tryLock("/0.lock", "first").orElseThrow().close();
    Files.delete(root.resolve("0.lock"));

    try (Lock lock = files.tryLock("/0.lock", "second").orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(Files.readString(root.resolve("0.lock"))).isEqualTo(holder("second"));
    }
  }

  static void assertFails(String message, Executable action) {
    SystemException fault = assertThrows(SystemException.class, action);
    assertThat(fault).hasMessageThat().contains(message);
    assertThat(fault.exitCode()).isEqualTo(ExitCode.SYSTEM);
  }

  final List<String> names(String directory) {
    try (var entries = Files.list(root.resolve(directory))) {
      return entries.map(entry -> entry.getFileName() + "").toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
