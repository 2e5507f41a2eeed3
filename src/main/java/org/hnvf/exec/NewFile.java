package org.hnvf.exec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;

/**
 * A file that an operator names and that does not exist yet. It appears with all of its text or not
 * at all, and only its owner may read it.
 */
public final class NewFile {

  private final Path path;

  /** Creates the name of a file. */
  public NewFile(Path path) {
    this.path = path.toAbsolutePath().normalize();
  }

  /**
   * Refuses the name of an existing file, before there is a text for it.
   *
   * @throws UserException (usage) if there is such a file, directory or link
   */
  public void requireNew() throws UserException {
    if (Files.exists(path, NOFOLLOW_LINKS)) {
      throw exists();
    }
  }

  /**
   * Writes the file.
   *
   * @throws UserException (usage) if it exists; it is left unchanged
   * @throws SystemException if it cannot be written; then there is no file
   */
  public void write(String text) throws UserException, SystemException {
    Directories directories = new Directories(path.getFileSystem());
    Path parent = path.getParent();
    if (parent == null) {
      throw exists();
    }
    try {
      Path temporary = Files.createTempFile(parent, ".hnvf-", ".tmp", directories.fileMode());
      try {
        Directories.fill(temporary, ByteBuffer.wrap(text.getBytes(UTF_8)));
        // A hard link never replaces a file, as a rename would.
        Files.createLink(path, temporary);
      } finally {
        Files.deleteIfExists(temporary);
      }
      directories.sync(parent);
    } catch (FileAlreadyExistsException e) {
      throw exists();
    } catch (NoSuchFileException e) {
      throw failed("there is no directory " + parent, e);
    } catch (IOException | UnsupportedOperationException e) {
      throw failed(e.toString(), e);
    }
  }

  private UserException exists() {
    return UserException.usage(
        path + " exists, and is never replaced; name another file; nothing was written");
  }

  private SystemException failed(String why, Exception e) {
    return SystemException.failed("cannot write " + path + ": " + why + "; nothing was written", e);
  }
}
