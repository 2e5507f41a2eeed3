package org.hnvf.exec;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;

/** Operations that not all file systems support: modes, and fsync(2) of directories. */
final class Directories {

  private static final ImmutableSet<PosixFilePermission> OWNERS =
      ImmutableSet.copyOf(PosixFilePermissions.fromString("rwx------"));

  private final boolean hasModes;
  private final boolean canSync;

  Directories(FileSystem fileSystem) {
    Set<String> views = fileSystem.supportedFileAttributeViews();
    hasModes = views.contains("posix");
    canSync = fileSystem.equals(FileSystems.getDefault()) && views.contains("unix");
  }

  /** Returns mode 0600 for a new file, if the file system has modes. */
  FileAttribute<?>[] fileMode() {
    return mode("rw-------");
  }

  /** Returns mode 0644 for a new file, if the file system has modes. */
  FileAttribute<?>[] sharedMode() {
    return mode("rw-r--r--");
  }

  /** Makes a directory, and all above it that are missing, with mode 0700. */
  void make(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path parent = directory.getParent();
    if (parent != null) {
      make(parent);
    }
    try {
      Files.createDirectory(directory, mode("rwx------"));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory)) {
        throw e;
      }
    }
    if (parent != null) {
      sync(parent);
    }
  }

  /**
   * Returns the reason why users other than the guest's root can write to this file or directory;
   * empty if only root can, or if the file system has no owners or modes.
   */
  Optional<String> notPrivate(Path file, Path root) throws IOException {
    if (Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS).isSymbolicLink()) {
      return Optional.of("it is a symbolic link");
    }
    if (!hasModes) {
      return Optional.empty();
    }
    PosixFileAttributes facts =
        Files.readAttributes(file, PosixFileAttributes.class, NOFOLLOW_LINKS);
    UserPrincipal owner = Files.getOwner(root);
    if (!facts.owner().equals(owner)) {
      return Optional.of(
          "it is owned by " + facts.owner().getName() + ", not by " + owner.getName());
    }
    boolean open =
        facts.permissions().contains(PosixFilePermission.GROUP_WRITE)
            || facts.permissions().contains(PosixFilePermission.OTHERS_WRITE);
    return open
        ? Optional.of(
            "it is writable by others (" + PosixFilePermissions.toString(facts.permissions()) + ")")
        : Optional.empty();
  }

  /**
   * Removes the permissions of group and others from a directory, if the file system has modes.
   *
   * @return the previous permissions, if group or others had any; empty otherwise
   */
  Optional<String> closeToOthers(Path directory) throws IOException {
    if (!hasModes) {
      return Optional.empty();
    }
    Set<PosixFilePermission> before = Files.getPosixFilePermissions(directory, NOFOLLOW_LINKS);
    if (OWNERS.containsAll(before)) {
      return Optional.empty();
    }
    Files.setPosixFilePermissions(directory, OWNERS);
    return Optional.of(PosixFilePermissions.toString(before));
  }

  /** Makes the entries of a directory durable (fsync(2)), if the file system supports it. */
  void sync(Path directory) throws IOException {
    if (canSync) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** Writes an existing file and makes its content durable (fsync(2)). */
  static void fill(Path file, ByteBuffer bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, NOFOLLOW_LINKS)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private FileAttribute<?>[] mode(String permissions) {
    return hasModes
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
