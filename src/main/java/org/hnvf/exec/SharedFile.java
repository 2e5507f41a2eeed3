package org.hnvf.exec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

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

/**
 * A file that other users read, in a directory that may belong to one of them. It is replaced at
 * once, with mode 0644 less the umask. It is not durable.
 *
 * <p>The temporary file is created anew and never opened or changed by its name afterwards, so a
 * link that another user puts there is not followed.
 */
public final class SharedFile {

  private static final ImmutableSet<OpenOption> NEW =
      ImmutableSet.of(
          StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS);

  private final Path path;
  private final Path temporary;
  private final Directories directories;

  /** Creates the name of a file. */
  public SharedFile(Path path) {
    this.path = path;
    this.temporary = path.resolveSibling("." + path.getFileName() + ".tmp");
    this.directories = new Directories(path.getFileSystem());
  }

  /** Returns the path. */
  public Path path() {
    return path;
  }

  /**
   * Replaces the file.
   *
   * @throws IOException if the directory does not exist, or the file cannot be written; the
   *     previous one stays
   */
  public void write(String text) throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(path.toString(), null, "not a regular file");
    }
    // A process that died left it.
    Files.deleteIfExists(temporary);
    try {
      ByteBuffer bytes = UTF_8.encode(text);
      try (WritableByteChannel channel =
          Files.newByteChannel(temporary, NEW, directories.sharedMode())) {
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }
      Files.move(temporary, path, ATOMIC_MOVE, REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
  }
}
