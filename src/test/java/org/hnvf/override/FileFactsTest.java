package org.hnvf.override;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.hnvf.override.FileFacts.Facts;
import org.hnvf.override.FileFacts.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The facts of the machine's own file system. */
final class FileFactsTest {

  private final FileFacts facts = FileFacts.of(FileSystems.getDefault());
  private final Path directory;

  FileFactsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void kindsAreTold() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);
    Path dangling = Files.createSymbolicLink(directory.resolve("dangling"), Path.of("missing"));

    assertThat(at(directory).kind()).isEqualTo(Kind.DIRECTORY);
    assertThat(at(file).kind()).isEqualTo(Kind.REGULAR);
    assertThat(at(link).kind()).isEqualTo(Kind.LINK);
    assertThat(at(dangling).kind()).isEqualTo(Kind.LINK);
    assertThat(at(Path.of("/dev/null")).kind()).isEqualTo(Kind.OTHER);
    assertThat(facts.at(directory.resolve("missing"))).isEmpty();
  }

  @Test
  void modeIsTold() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x-w-"));
    assertThat(at(file).rights().orElseThrow().mode()).isEqualTo(0752);

    Files.setAttribute(directory, "unix:mode", 01777);
    assertThat(at(directory).rights().orElseThrow().mode()).isEqualTo(01777);
  }

  @Test
  void ownerIsTold() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    Object uid = Files.getAttribute(file, "unix:uid");

    assertThat(at(Path.of("/")).rights().orElseThrow().ownedByRoot()).isTrue();
    assertThat(at(file).rights().orElseThrow().ownedByRoot()).isEqualTo(uid.equals(0));
  }

  private Facts at(Path path) throws IOException {
    return facts.at(path).orElseThrow();
  }
}
