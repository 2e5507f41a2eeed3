package org.hnvf.exec;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
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

/** What file systems do not all have: modes, and directories that can be made durable. */
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

  /** Mode 0600 for a new file, where there are modes. */
  FileAttribute<?>[] fileMode() {
    return mode("rw-------");
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
   * Why this file or directory is not the guest's root's alone; empty where it is. Where the file
   * system has no owners or modes, nothing can be said against it.
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
   * Takes from all but its owner what they may do with a directory, where there are modes.
   *
   * @return the permissions that it had, where others could do something; empty where not
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

  /** Makes durable which files the directory has (fsync(2)), where that can be done. */
  void sync(Path directory) throws IOException {
    if (canSync) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
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
