package org.hnvf.exec;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.model.SystemException;

/** Reads the times of a guest's files. Links are not followed. */
public final class FileTimes {

  private final Path root;

  /**
   * The times of a file.
   *
   * @param modified when its content was last written
   * @param changed when it was put in its place: pkg(8) sets {@code modified} to an older time
   */
  public record Times(Instant modified, Instant changed) {}

  /**
   * Creates a reader.
   *
   * @param root the root directory of the guest
   */
  public FileTimes(Path root) {
    this.root = root;
  }

  /**
   * Returns the times of a file; empty if there is no such file.
   *
   * @param path its absolute path on the guest
   * @throws SystemException if they cannot be read
   */
  public Optional<Times> of(String path) throws SystemException {
    Path file = root.resolve(path.substring(1));
    try {
      Instant modified = Files.getLastModifiedTime(file, NOFOLLOW_LINKS).toInstant();
      boolean unix = root.getFileSystem().supportedFileAttributeViews().contains("unix");
      boolean known =
          unix && Files.getAttribute(file, "unix:ctime", NOFOLLOW_LINKS) instanceof FileTime;
      return Optional.of(
          new Times(
              modified,
              known
                  ? ((FileTime) Files.getAttribute(file, "unix:ctime", NOFOLLOW_LINKS)).toInstant()
                  : modified));
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw SystemException.failed("cannot look at " + path + ": " + e, e);
    }
  }
}
