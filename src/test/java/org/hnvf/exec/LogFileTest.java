package org.hnvf.exec;

import static com.google.common.truth.Truth.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogFileTest {

  private final Path directory;
  private final Path path;
  private final LogFile file;

  LogFileTest(@TempDir Path scratch) {
    this.directory = scratch.resolve("log");
    this.path = directory.resolve("hnvf.log");
    this.file = new LogFile(path);
  }

  @Test
  void itIsMadeForRootAndItsGroup() throws IOException {
    file.append("a\n");
    file.append("b\n");
    assertThat(Files.readString(path)).isEqualTo("a\nb\n");
    String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    assertThat(mode).matches("rw-[r-]-----");
  }

  @Test
  void itGoesOnInANewFileAfterRotation() throws IOException {
    file.append("a\n");
    Path old = Files.move(path, directory.resolve("hnvf.log.0"));
    file.append("b\n");
    assertThat(Files.readString(old)).isEqualTo("a\n");
    assertThat(Files.readString(path)).isEqualTo("b\n");
    Files.delete(path);
    file.append("c\n");
    assertThat(Files.readString(path)).isEqualTo("c\n");
  }

  @Test
  void aLinkInItsPlaceIsNotFollowed() throws IOException {
    Files.createDirectories(directory);
    Path target = Files.writeString(directory.resolve("target"), "safe");
    Files.createSymbolicLink(path, target);
    assertThrows(IOException.class, () -> file.append("a\n"));
    Files.delete(path);
    Files.createSymbolicLink(path, directory.resolve("missing"));
    assertThrows(IOException.class, () -> file.append("a\n"));
    assertThat(Files.readString(target)).isEqualTo("safe");
    assertThat(Files.exists(directory.resolve("missing"))).isFalse();
  }

  /** To open it for writing would wait for a reader. */
  @Test
  void aFifoInItsPlaceIsNotOpened() throws Exception {
    Files.createDirectories(directory);
    assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isEqualTo(0);
    IOException refused = assertThrows(IOException.class, () -> file.append("a\n"));
    assertThat(refused).hasMessageThat().contains("not a regular file");
  }

  /** The disk is full after three bytes. */
  @Test
  void whatWasWrittenInPartDoesNotJoinTheNextLine() throws IOException {
    ByteArrayOutputStream disk = new ByteArrayOutputStream();
    int[] room = {3};
    WritableByteChannel channel =
        new WritableByteChannel() {
          @Override
          public int write(ByteBuffer bytes) throws IOException {
            if (room[0] == 0) {
              throw new IOException("No space left on device");
            }
            int written = Math.min(room[0], bytes.remaining());
            for (int i = 0; i < written; i++) {
              disk.write(bytes.get());
            }
            room[0] -= written;
            return written;
          }

          @Override
          public boolean isOpen() {
            return true;
          }

          @Override
          public void close() {}
        };
    LogFile full = new LogFile(path, () -> channel);
    assertThrows(IOException.class, () -> full.append("first\n"));
    assertThrows(IOException.class, () -> full.append("second\n"));
    room[0] = 100;
    full.append("third\n");
    full.append("fourth\n");
    assertThat(disk.toString(UTF_8)).isEqualTo("fir\nthird\nfourth\n");
  }

  @Test
  void whereThereCanBeNoDirectoryItIsTriedAgain() throws IOException {
    Files.writeString(directory, "a file");
    assertThrows(IOException.class, () -> file.append("a\n"));
    Files.delete(directory);
    file.append("b\n");
    assertThat(Files.readString(path)).isEqualTo("b\n");
  }
}
