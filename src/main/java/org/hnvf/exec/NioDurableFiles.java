package org.hnvf.exec;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hnvf.model.SystemException;

/**
 * Files under a directory that is the guest's root: {@code /} on the machine itself, a directory or
 * an in-memory file system for a simulated guest.
 *
 * <p>Only regular files are read, replaced and locked; any other file, such as a symbolic link, is
 * refused and left unchanged. Only configuration files of the system are read through links. A file
 * in one of {@link OwnDirectories} is not written, locked or deleted if users other than root can
 * write to that directory. Texts are UTF-8; malformed bytes are replaced when read. On a file
 * system without modes or without fsync(2) of directories, these are skipped.
 *
 * <p>A process that dies in the middle of a {@link #write} may leave a file {@code .hnvf-*.tmp}
 * behind, which {@link #list} does not show.
 *
 * <p>A process must have only one instance per root: the kernel releases a process's lock when the
 * process closes any descriptor of the file, and only a single instance prevents that. The class is
 * thread-safe.
 */
public final class NioDurableFiles implements DurableFiles {

  /** The largest size of a file: 1 MiB. */
  private static final int CAP = 1 << 20;

  /** The number of attempts to read a file that changes during the read. */
  private static final int READINGS = 3;

  private static final String TEMPORARY_PREFIX = ".hnvf-";
  private static final String TEMPORARY_SUFFIX = ".tmp";
  private static final String ASIDE_SUFFIX = ".unreadable";
  private static final Pattern UPWARDS = Pattern.compile("/\\.\\.?(?:/|\\z)");

  private final Path root;
  private final Directories directories;
  private final OwnDirectories own;
  private final FileLocks locks;
  private final SystemLinks links;

  /** The files of the guest whose root is this directory. */
  public NioDurableFiles(Path root) {
    this.root = root.toAbsolutePath();
    this.directories = new Directories(root.getFileSystem());
    this.own = new OwnDirectories(this.root, directories);
    this.locks = new FileLocks(directories);
    this.links = new SystemLinks(this.root, directories);
  }

  @Override
  public Optional<String> read(String path) throws SystemException {
    return read(path, file -> file);
  }

  @Override
  public Optional<String> readThroughLinks(String path) throws SystemException {
    return read(path, links::target);
  }

  /** Finds the file to read. */
  @FunctionalInterface
  private interface Way {
    Path of(Path path) throws IOException;
  }

  private Optional<String> read(String path, Way way) throws SystemException {
    Path named = resolve(path);
    try {
      Path file = way.of(named);
      synchronized (locks) {
        Optional<String> holder = locks.holder(file);
        if (holder.isPresent()) {
          return holder;
        }
        return checkRegular(file) ? Optional.of(text(file)) : Optional.empty();
      }
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed("read", path, e);
    }
  }

  /**
   * Returns the text of a file; reads it again if its size changes during the read, because the
   * text may then end in the middle of a write.
   */
  private static String text(Path file) throws IOException {
    for (int attempt = 1; attempt <= READINGS; attempt++) {
      byte[] bytes = bytes(file);
      if (Files.size(file) == bytes.length) {
        return new String(bytes, UTF_8);
      }
    }
    throw new FileSystemException(file.toString(), null, "it changed while it was read");
  }

  private static byte[] bytes(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file, NOFOLLOW_LINKS)) {
      byte[] bytes = stream.readNBytes(CAP + 1);
      if (bytes.length > CAP) {
        throw new FileSystemException(file.toString(), null, "larger than 1 MiB");
      }
      return bytes;
    }
  }

  @Override
  public boolean exists(String path) {
    return Files.exists(resolve(path), NOFOLLOW_LINKS);
  }

  @Override
  public ImmutableList<String> list(String directory) throws SystemException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(realDirectory(directory))) {
      return Streams.stream(files)
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> !isTemporary(name))
          .sorted()
          .collect(toImmutableList());
    } catch (NoSuchFileException e) {
      return ImmutableList.of();
    } catch (DirectoryIteratorException | IOException e) {
      throw failed("list", directory, e);
    }
  }

  private Path realDirectory(String path) throws IOException {
    Path directory = resolve(path);
    if (!attributes(directory).isDirectory()) {
      throw new NotDirectoryException(directory.toString());
    }
    return directory;
  }

  private static boolean isTemporary(String name) {
    return name.startsWith(TEMPORARY_PREFIX) && name.endsWith(TEMPORARY_SUFFIX);
  }

  @Override
  public void write(String path, String text) throws SystemException {
    Path file = resolve(path);
    ByteBuffer bytes = UTF_8.encode(text);
    try {
      if (bytes.remaining() > CAP) {
        throw new FileSystemException(file.toString(), null, "the text is larger than 1 MiB");
      }
      refuseLocked(file);
      Path directory = parent(file);
      refuseOpen(path);
      directories.make(directory);
      checkRegular(file);
      replace(file, directory, bytes);
      directories.sync(directory);
    } catch (IOException e) {
      throw failed("write", path, e);
    }
  }

  private void replace(Path file, Path directory, ByteBuffer bytes) throws IOException {
    Path temporary =
        Files.createTempFile(directory, TEMPORARY_PREFIX, TEMPORARY_SUFFIX, directories.fileMode());
    try {
      Directories.fill(temporary, bytes);
      Files.move(temporary, file, ATOMIC_MOVE, REPLACE_EXISTING);
    } catch (IOException e) {
      deleteAfter(e, temporary);
      throw e;
    }
  }

  private static void deleteAfter(IOException failure, Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public void append(String path, String text) throws SystemException {
    Path file = resolve(path);
    ByteBuffer bytes = UTF_8.encode(text);
    try {
      refuseLocked(file);
      refuseOpen(path);
      checkRegular(file);
      try (FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.WRITE, StandardOpenOption.APPEND, NOFOLLOW_LINKS)) {
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }
    } catch (IOException e) {
      throw failed("add to", path, e);
    }
  }

  @Override
  public String setAside(String path) throws SystemException {
    Path file = resolve(path);
    Path aside = file.resolveSibling(file.getFileName() + ASIDE_SUFFIX);
    try {
      refuseLocked(file);
      refuseOpen(path);
      Files.move(file, aside, ATOMIC_MOVE, REPLACE_EXISTING);
      directories.sync(parent(file));
      return path + ASIDE_SUFFIX;
    } catch (IOException e) {
      throw failed("set aside", path, e);
    }
  }

  @Override
  public void rename(String path, String target) throws SystemException {
    Path file = resolve(path);
    Path to = resolve(target);
    try {
      refuseLocked(file);
      refuseLocked(to);
      refuseOpen(path);
      refuseOpen(target);
      if (!checkRegular(file)) {
        throw new NoSuchFileException(file.toString());
      }
      Path directory = parent(to);
      directories.make(directory);
      checkRegular(to);
      Files.move(file, to, ATOMIC_MOVE, REPLACE_EXISTING);
      // Sync the new directory first: a file that is durable in neither directory could be lost.
      directories.sync(directory);
      directories.sync(parent(file));
    } catch (IOException e) {
      throw failed("rename to " + target, path, e);
    }
  }

  @Override
  public long size(String path) throws SystemException {
    try {
      return attributes(resolve(path)).size();
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw failed("look at", path, e);
    }
  }

  @Override
  public void requirePrivate(String path) throws SystemException {
    Path file = resolve(path);
    try {
      Optional<String> fault = directories.notPrivate(file, root);
      if (fault.isPresent()) {
        throw SystemException.failed("refused " + path + ": " + fault.get());
      }
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      throw failed("look at", path, e);
    }
  }

  @Override
  public void delete(String path) throws SystemException {
    Path file = resolve(path);
    try {
      if (attributes(file).isDirectory()) {
        throw new FileSystemException(file.toString(), null, "a directory");
      }
      refuseLocked(file);
      refuseOpen(path);
      Files.delete(file);
      directories.sync(parent(file));
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      throw failed("delete", path, e);
    }
  }

  @Override
  public Optional<Lock> tryLock(String path, String purpose) throws SystemException {
    Path file = resolve(path);
    try {
      refuseOpen(path);
      directories.make(parent(file));
      checkRegular(file);
      return locks.tryLock(file, purpose);
    } catch (IOException e) {
      throw failed("lock", path, e);
    }
  }

  @Override
  public boolean isLocked(String path) throws SystemException {
    Path file = resolve(path);
    try {
      refuseOpen(path);
      return checkRegular(file) && locks.isLocked(file);
    } catch (IOException e) {
      throw failed("look at", path, e);
    }
  }

  /**
   * Refuses to replace or delete a locked file: the lock belongs to the file, and a new file of
   * this name would have another lock.
   */
  private void refuseLocked(Path file) throws IOException {
    Optional<String> holder = locks.holder(file);
    if (holder.isPresent()) {
      throw new FileSystemException(file.toString(), null, "locked for " + holder.get());
    }
  }

  /** Refuses a file of hnvf's own in a directory that other users can access. */
  private void refuseOpen(String path) throws IOException {
    Optional<String> fault = own.fault(path);
    if (fault.isPresent()) {
      throw new AccessDeniedException(path, null, fault.get());
    }
  }

  private Path resolve(String path) {
    // The pattern is slow, and a dot at the beginning of a name is rare.
    if (!path.startsWith("/") || (path.contains("/.") && UPWARDS.matcher(path).find())) {
      throw new IllegalArgumentException(
          "not an absolute path without \".\" and \"..\": \"" + path + "\"");
    }
    return root.resolve(CharMatcher.is('/').trimLeadingFrom(path));
  }

  private Path parent(Path file) throws IOException {
    Path parent = file.getParent();
    if (parent == null || file.equals(root)) {
      throw new FileSystemException(file.toString(), null, "the root directory is not a file");
    }
    return parent;
  }

  /**
   * Refuses a file that is not regular.
   *
   * @return whether the file exists
   */
  private static boolean checkRegular(Path file) throws IOException {
    try {
      BasicFileAttributes attributes = attributes(file);
      if (!attributes.isRegularFile()) {
        throw new FileSystemException(
            file.toString(), null, "not a regular file but " + kind(attributes));
      }
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static String kind(BasicFileAttributes attributes) {
    if (attributes.isSymbolicLink()) {
      return "a symbolic link";
    }
    return attributes.isDirectory() ? "a directory" : "a pipe, socket or device";
  }

  private static BasicFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
  }

  private static SystemException failed(String what, String path, Exception e) {
    return SystemException.failed("cannot " + what + " " + path + ": " + e, e);
  }
}
