package org.hnvf.exec;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A log file. It is opened for each write, so that hnvf needs no signal and keeps no descriptor
 * when newsyslog(8) renames the file or an administrator removes it. A missing file is created with
 * mode 0640, and so is its directory.
 *
 * <p>A symbolic link is not followed, and only a regular file is opened: a FIFO without a reader
 * would block the writer.
 */
public final class LogFile {

  private static final ImmutableSet<OpenOption> OPTIONS =
      ImmutableSet.of(
          StandardOpenOption.WRITE,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND,
          LinkOption.NOFOLLOW_LINKS);

  private final Path path;

  /** Whether the last write was partial; the next write then starts with a newline. */
  private boolean torn;

  private final Opener opener;

  /** Opens the file for appending. */
  @FunctionalInterface
  interface Opener {
    WritableByteChannel open() throws IOException;
  }

  /** Creates a log file without opening it. */
  public LogFile(Path path) {
    this(path, () -> open(path));
  }

  LogFile(Path path, Opener opener) {
    this.path = path;
    this.opener = opener;
  }

  private static WritableByteChannel open(Path path) throws IOException {
    FileAttribute<?> mode =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));
    return Files.newByteChannel(path, OPTIONS, mode);
  }

  /** Returns the path. */
  public Path path() {
    return path;
  }

  /**
   * Appends a text in a single write if the system accepts it, so that the lines of another process
   * are not mixed in.
   *
   * @param text whole lines
   * @throws IOException if the write fails or is partial
   */
  public void append(String text) throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(path.toString(), null, "not a regular file");
    }
    Path directory = path.getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    ByteBuffer bytes = UTF_8.encode(torn ? "\n" + text : text);
    try (WritableByteChannel channel = opener.open()) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      torn = false;
    } catch (IOException e) {
      torn |= bytes.position() > 0;
      throw e;
    }
  }
}
