package org.hnvf.exec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.model.Command;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;

/**
 * A guest that is a directory of this machine: its programs are in {@code bin}, and {@code root} is
 * its root directory.
 */
public final class GuestDirectory {

  private static final int GROUP_OR_OTHERS_WRITE = 0022;
  private static final int STICKY = 01000;

  private final Path directory;

  private GuestDirectory(Path directory) {
    this.directory = directory;
  }

  /**
   * The guest in a directory.
   *
   * @param asRoot whether this process runs as root; only root may then be able to write programs
   *     or files there
   * @throws UserException (configuration) if it is refused, or has no {@code bin} and {@code root};
   *     no program was run
   * @throws SystemException where it cannot be looked at
   */
  public static GuestDirectory open(Path directory, boolean asRoot)
      throws UserException, SystemException {
    try {
      Path real = directory.toRealPath();
      GuestDirectory guest = new GuestDirectory(real);
      for (Path needed : new Path[] {guest.bin(), guest.root()}) {
        if (!Files.isDirectory(needed, LinkOption.NOFOLLOW_LINKS)) {
          throw UserException.configuration(
              "--guest-bin " + directory + ": " + needed + " is not a directory");
        }
      }
      Optional<String> fault = asRoot ? guest.fault() : Optional.empty();
      if (fault.isPresent()) {
        throw UserException.configuration(
            "refused --guest-bin " + directory + " as root: " + fault.get());
      }
      return guest;
    } catch (IOException e) {
      throw SystemException.failed("cannot read --guest-bin " + directory + ": " + e, e);
    }
  }

  /** The guest's {@code /}. */
  public Path root() {
    return directory.resolve("root");
  }

  /** Runs the guest's programs. */
  public CommandRunner runner() {
    return new GuestDirectoryRunner(bin(), root());
  }

  /** Returns the lines of a long-running program of the guest. */
  public LineSource following(Command command) {
    return new GuestDirectoryRunner(bin(), root()).following(command);
  }

  private Path bin() {
    return directory.resolve("bin");
  }

  /** Returns how another user could replace the programs; empty if only the owner can. */
  private Optional<String> fault() throws IOException {
    Optional<Path> above = Optional.ofNullable(directory.getParent());
    while (above.isPresent()) {
      Optional<String> fault = fault(above.get(), true);
      if (fault.isPresent()) {
        return fault;
      }
      above = Optional.ofNullable(above.get().getParent());
    }
    for (Path own : new Path[] {directory, root(), bin()}) {
      Optional<String> fault = fault(own, false);
      if (fault.isPresent()) {
        return fault;
      }
    }
    try (Stream<Path> programs = Files.list(bin())) {
      for (Path program : (Iterable<Path>) programs.sorted()::iterator) {
        Optional<String> fault = fault(program, false);
        if (fault.isPresent()) {
          return fault;
        }
      }
    }
    return Optional.empty();
  }

  /**
   * In a directory with the sticky bit, such as /tmp, other users cannot replace root's files. The
   * mode of a link is meaningless, and any user may own its target.
   */
  private static Optional<String> fault(Path path, boolean mayBeSticky) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return Optional.of(path + " is a symbolic link");
    }
    Map<String, Object> facts =
        Files.readAttributes(path, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
    if (!(facts.get("uid") instanceof Integer uid)
        || !(facts.get("mode") instanceof Integer mode)) {
      return Optional.of("the system does not report owner and mode of " + path);
    }
    if (uid != 0) {
      return Optional.of(path + " is not owned by root");
    }
    boolean open = (mode & GROUP_OR_OTHERS_WRITE) != 0;
    return open && !(mayBeSticky && (mode & STICKY) != 0)
        ? Optional.of(
            String.format("%s is writable by group or others (mode %04o)", path, mode & 07777))
        : Optional.empty();
  }
}
