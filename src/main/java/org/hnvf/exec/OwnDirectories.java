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
 * The directories in which hnvf keeps files of its own. Whoever could enter one of them could hold
 * a lock there for ever, or connect to the daemon; whoever could write to one could say what was
 * done to a pair. So nothing is written or locked in them that is not the guest's root's alone.
 */
public final class OwnDirectories {

  /** What outlives a boot. */
  public static final String STATE = "/var/db/hnvf";

  /** What is of this boot: locks, the socket, notes. FreeBSD empties /var/run at boot. */
  public static final String RUN = "/var/run/hnvf";

  private static final ImmutableList<String> ALL = ImmutableList.of(STATE, RUN);

  private final Path root;
  private final Directories directories;

  OwnDirectories(Path root, Directories directories) {
    this.root = root;
    this.directories = directories;
  }

  /**
   * Refuses a file in one of these directories where that, or one between it and the file, is not
   * root's alone. One that is missing is no fault: it is made with mode 0700.
   *
   * <p>A directory of root's that others can only read or enter is given mode 0700: nothing in it
   * was written by others. One that others can write to is refused, because what lies in it may not
   * be hnvf's.
   *
   * @param file the file's path on the guest
   * @return why it is refused; empty where it is not
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
      // A logger takes longer to come than all else here: it is only asked for when there is need.
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
