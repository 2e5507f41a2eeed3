package org.hnvf.override;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the facts of a file from a file system; links are not followed. */
@FunctionalInterface
interface FileFacts {

  /** The names of uid 0 where only names are known: FreeBSD has a second one. */
  ImmutableSet<String> ROOT = ImmutableSet.of("root", "toor", "0");

  /** The kind of a file. */
  enum Kind {
    REGULAR,
    DIRECTORY,
    LINK,
    OTHER
  }

  /**
   * The facts of a file.
   *
   * @param kind its kind
   * @param rights its owner and mode; empty if the file system does not report them
   */
  record Facts(Kind kind, Optional<Rights> rights) {}

  /**
   * The owner and the mode of a file.
   *
   * @param ownedByRoot whether its owner is root
   * @param mode the permission bits, {@code 0755}
   */
  record Rights(boolean ownedByRoot, int mode) {}

  /** Returns the facts; empty if there is no such file. */
  Optional<Facts> at(Path path) throws IOException;

  /**
   * Returns the best reader for this file system: by number on the machine's own, by name
   * elsewhere.
   */
  static FileFacts of(FileSystem fileSystem) {
    Set<String> views = fileSystem.supportedFileAttributeViews();
    if (fileSystem.equals(FileSystems.getDefault()) && views.contains("unix")) {
      return path -> ifThere(() -> byNumber(path));
    }
    if (views.contains("posix")) {
      return path -> ifThere(() -> byName(path));
    }
    return path -> ifThere(() -> withoutRights(path));
  }

  private static Facts byNumber(Path path) throws IOException {
    Map<String, Object> numbers = Files.readAttributes(path, "unix:uid,mode", NOFOLLOW_LINKS);
    if (numbers.get("uid") instanceof Integer uid && numbers.get("mode") instanceof Integer mode) {
      return new Facts(kind(mode & 0170000), Optional.of(new Rights(uid == 0, mode & 07777)));
    }
    throw new IOException("the system does not report owner and mode of " + path + ": " + numbers);
  }

  /** Returns the kind, by the file type bits of sys/stat.h. */
  private static Kind kind(int type) {
    return switch (type) {
      case 0100000 -> Kind.REGULAR;
      case 0040000 -> Kind.DIRECTORY;
      case 0120000 -> Kind.LINK;
      default -> Kind.OTHER;
    };
  }

  private static Facts byName(Path path) throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(path, PosixFileAttributes.class, NOFOLLOW_LINKS);
    String permissions = PosixFilePermissions.toString(attributes.permissions());
    int mode = 0;
    for (int bit = 0; bit < permissions.length(); bit++) {
      mode |= permissions.charAt(bit) == '-' ? 0 : 0400 >> bit;
    }
    boolean ownedByRoot = ROOT.contains(attributes.owner().getName());
    return new Facts(kind(attributes), Optional.of(new Rights(ownedByRoot, mode)));
  }

  private static Facts withoutRights(Path path) throws IOException {
    return new Facts(
        kind(Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS)),
        Optional.empty());
  }

  private static Kind kind(BasicFileAttributes attributes) {
    if (attributes.isSymbolicLink()) {
      return Kind.LINK;
    }
    if (attributes.isDirectory()) {
      return Kind.DIRECTORY;
    }
    return attributes.isRegularFile() ? Kind.REGULAR : Kind.OTHER;
  }

  private static Optional<Facts> ifThere(Reading reading) throws IOException {
    try {
      return Optional.of(reading.facts());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Reads facts. */
  @FunctionalInterface
  interface Reading {
    Facts facts() throws IOException;
  }
}
