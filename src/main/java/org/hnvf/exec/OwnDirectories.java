package org.hnvf.exec;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The directories in which hnvf keeps files of its own. A user who could enter one of them could
 * hold a lock for ever or connect to the daemon; a user who could write to one could forge a
 * journal. So hnvf writes and locks files only in directories that no user but the guest's root can
 * access.
 */
public final class OwnDirectories {

  /** The files that survive a reboot. */
  public static final String STATE = "/var/db/hnvf";

  /** The files of this boot: locks, the socket, notes. FreeBSD empties /var/run at boot. */
  public static final String RUN = "/var/run/hnvf";

  private static final ImmutableList<String> ALL = ImmutableList.of(STATE, RUN);

  private final Path root;
  private final Directories directories;

  OwnDirectories(Path root, Directories directories) {
    this.root = root;
    this.directories = directories;
  }

  /**
   * Checks a file in one of these directories: the directory and those between it and the file must
   * be accessible only to root. A missing directory is accepted, because it is created with mode
   * 0700.
   *
   * <p>If other users can only read or enter a directory of root's, it is set to mode 0700: they
   * cannot have written to it. If they can write to it, it is refused, because its files may not be
   * hnvf's.
   *
   * @param file the file's path on the guest
   * @return the reason for the refusal; empty if the file is accepted
   */
  Optional<String> fault(String file) throws IOException {
    Optional<String> own = ALL.stream().filter(d -> file.startsWith(d + "/")).findFirst();
    if (own.isEmpty()) {
      return Optional.empty();
    }
    for (int end = own.get().length(); end > 0; end = file.indexOf('/', end + 1)) {
      Optional<String> fault = directoryFault(file.substring(0, end));
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  private Optional<String> directoryFault(String path) throws IOException {
    Path directory = root.resolve(path.substring(1));
    try {
      Optional<String> fault = directories.notPrivate(directory, root);
      if (fault.isPresent()) {
        return Optional.of(
            path
                + " must be a directory, not a link, owned by root, with mode 0700: "
                + fault.get());
      }
      if (Files.isDirectory(directory, NOFOLLOW_LINKS)) {
        close(directory);
      }
      return Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private void close(Path directory) throws IOException {
    Optional<String> before = directories.closeToOthers(directory);
    if (before.isPresent()) {
      // Creating a logger is slow, so it is created only when needed.
      System.getLogger(OwnDirectories.class.getName())
          .log(
              Level.WARNING,
              directory
                  + " could be entered by other users ("
                  + before.get()
                  + "); hnvf changed its mode to 0700");
    }
  }
}
