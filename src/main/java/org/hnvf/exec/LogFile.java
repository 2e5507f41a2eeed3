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
 * A file that lines are added to. It is opened for each piece anew: so what newsyslog(8) has
 * renamed, or somebody has removed, is followed without a signal, and no descriptor is kept. It is
 * made, with mode 0640, where it is missing, and so is its directory.
 *
 * <p>A symbolic link in its place is not followed, and what is no regular file is not opened: a
 * FIFO without a reader would hold the writer up.
 */
public final class LogFile {

  private static final ImmutableSet<OpenOption> OPTIONS =
      ImmutableSet.of(
          StandardOpenOption.WRITE,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND,
          LinkOption.NOFOLLOW_LINKS);

  private final Path path;

  /** Whether the last piece was written in part: the next one begins a line of its own. */
  private boolean torn;

  private final Opener opener;

  /** Opens the file to add to it. */
  @FunctionalInterface
  interface Opener {
    WritableByteChannel open() throws IOException;
  }

  /** A file that is not opened yet. */
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

  /** Where it is. */
  public Path path() {
    return path;
  }

  /**
   * Adds a text, in one piece where the system takes it so: another process that adds to the same
   * file does not come in between.
   *
   * @param text whole lines
   * @throws IOException where it cannot be written, or only a part of it was
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
