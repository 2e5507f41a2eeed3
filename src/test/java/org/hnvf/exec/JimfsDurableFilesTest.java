package org.hnvf.exec;

import static com.google.common.truth.Truth.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.hnvf.exec.DurableFiles.Lock;
import org.hnvf.model.SystemException;
import org.junit.jupiter.api.Test;

final class JimfsDurableFilesTest extends DurableFilesContract {

  private static final Configuration EMPTY =
      Configuration.unix().toBuilder().setWorkingDirectory("/").build();

  JimfsDurableFilesTest() throws IOException {
    super(Files.createDirectory(Jimfs.newFileSystem(EMPTY).getPath("/guest")));
  }

  @Test
  void fullDiskLeavesTheOldTextAndNothingElse() throws SystemException, IOException {
    try (FileSystem small = small()) {
      Path directory = Files.createDirectory(small.getPath("/guest"));
      DurableFiles onSmall = new NioDurableFiles(directory);
      onSmall.write("/f", "old");

      assertFails("cannot write /f", () -> onSmall.write("/f", "x".repeat(200_000)));

      assertThat(onSmall.read("/f")).hasValue("old");
      try (var entries = Files.list(directory)) {
        assertThat(entries.map(Path::toString).toList()).containsExactly("/guest/f");
      }
    }
  }

  @Test
  void fullDiskDoesNotRefuseALock() throws SystemException, IOException {
    try (FileSystem small = small()) {
      Path directory = Files.createDirectory(small.getPath("/guest"));
      DurableFiles onSmall = new NioDurableFiles(directory);
      byte[] filler = "x".repeat(65_536).getBytes(UTF_8);
      Files.write(directory.resolve("filler"), filler);

      try (Lock lock = onSmall.tryLock("/0.lock", "vf-up").orElseThrow()) {
        assertThat(lock).isNotNull();
        assertThat(Files.size(directory.resolve("0.lock"))).isEqualTo(0);
        assertThat(onSmall.read("/0.lock"))
            .hasValue("vf-up, process " + ProcessHandle.current().pid());
      }
    }
  }

  @Test
  void modesAreSetWhereThereAreSome() throws SystemException, IOException {
    Configuration posix = EMPTY.toBuilder().setAttributeViews("basic", "posix").build();
    try (FileSystem fileSystem = Jimfs.newFileSystem(posix)) {
      new NioDurableFiles(fileSystem.getPath("/")).write("/d/f", "text");

      assertThat(mode(fileSystem.getPath("/d"))).isEqualTo("rwx------");
      assertThat(mode(fileSystem.getPath("/d/f"))).isEqualTo("rw-------");
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static FileSystem small() {
    return Jimfs.newFileSystem(EMPTY.toBuilder().setBlockSize(4096).setMaxSize(65_536).build());
  }
}
