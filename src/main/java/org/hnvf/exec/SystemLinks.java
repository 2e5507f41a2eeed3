package org.hnvf.exec;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import com.google.common.base.CharMatcher;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Symbolic links to configuration files of the system, such as /etc/dhclient.conf. A link is
 * followed only where no user but root can replace the link, its target, or a directory of either:
 * programs of root act on what the file says.
 */
final class SystemLinks {

  /** The number of links in a row that are followed, as MAXSYMLINKS of FreeBSD. */
  private static final int MOST = 32;

  private final Path root;
  private final Directories directories;

  SystemLinks(Path root, Directories directories) {
    this.root = root;
    this.directories = directories;
  }

  /**
   * Returns the file that a path leads to, which may not exist; the path itself if it is no link.
   *
   * @throws IOException if users other than root can change where it leads, or what is there
   */
  Path target(Path path) throws IOException {
    Path at = path;
    for (int links = 0; Files.isSymbolicLink(at); links++) {
      if (links == MOST) {
        throw new FileSystemLoopException(path.toString());
      }
      requireClosed(at);
      at = next(at, Files.readSymbolicLink(at));
    }
    if (!at.equals(path) && Files.exists(at, NOFOLLOW_LINKS)) {
      requireClosed(at);
      refuse(at, directories.notPrivate(at, root));
    }
    return at;
  }

  /** An absolute target is one of the guest. */
  private Path next(Path link, Path target) throws IOException {
    Path next =
        target.isAbsolute()
            ? root.resolve(CharMatcher.is('/').trimLeadingFrom(target.toString()))
            : link.resolveSibling(target);
    if (!next.normalize().startsWith(root)) {
      throw new AccessDeniedException(link.toString(), null, "it leads out of the guest");
    }
    return next;
  }

  /** Requires that only root can replace an entry of the directories on the way to this file. */
  private void requireClosed(Path file) throws IOException {
    Path top = root.toRealPath();
    Path directory = file.resolveSibling(".").toRealPath();
    if (!directory.startsWith(top)) {
      throw new AccessDeniedException(file.toString(), null, "it leads out of the guest");
    }
    for (Path name : top.relativize(directory)) {
      top = top.resolve(name);
      refuse(top, directories.notPrivate(top, root));
    }
  }

  private static void refuse(Path path, Optional<String> fault) throws IOException {
    if (fault.isPresent()) {
      throw new AccessDeniedException(path.toString(), null, fault.get());
    }
  }
}
