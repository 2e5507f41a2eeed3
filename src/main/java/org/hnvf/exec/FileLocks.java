package org.hnvf.exec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hnvf.exec.DurableFiles.Lock;

/**
 * The locks that this process holds or has tried to acquire.
 *
 * <p>They are POSIX record locks (fcntl(2)). A process loses all its locks on a file when it closes
 * any descriptor of that file, including one that it opened to read the file or for a lock that it
 * did not get. So an opened lock file stays open, and code that reads a file checks here first.
 *
 * <p>The lock is the one of the first byte. Its holder also locks the second byte, for those who
 * only ask: Java has no query for a lock (F_GETLK), so they lock the second byte for an instant,
 * and never the first one.
 */
final class FileLocks {

  private static final ImmutableSet<OpenOption> OPTIONS =
      ImmutableSet.of(
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.CREATE,
          NOFOLLOW_LINKS);

  private static final long LOCK = 0;
  private static final long SIGN = 1;

  private final Directories directories;
  private final long process = ProcessHandle.current().pid();
  private final Map<Path, OpenFile> open = new HashMap<>();
  private final Map<Path, String> held = new HashMap<>();

  FileLocks(Directories directories) {
    this.directories = directories;
  }

  /** Returns the holder and the purpose of the file's lock if this process holds it. */
  synchronized Optional<String> holder(Path file) {
    return Optional.ofNullable(held.get(file));
  }

  /** Returns the lock, or empty if it is held. */
  synchronized Optional<Lock> tryLock(Path file, String purpose) throws IOException {
    if (held.containsKey(file)) {
      return Optional.empty();
    }
    FileChannel channel = channel(file);
    Optional<FileLock> lock = tryLock(channel, LOCK, false);
    if (lock.isEmpty()) {
      return Optional.empty();
    }
    String holder = purpose + ", process " + process;
    tell(channel, file, holder);
    held.put(file, holder);
    return Optional.of(new Held(file, lock.get(), sign(channel)));
  }

  /** Returns the lock of the second byte, if it can be had: without it the lock is the same. */
  private static Optional<FileLock> sign(FileChannel channel) {
    try {
      return tryLock(channel, SIGN, false);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Returns whether the existing file is locked, without a lock of its first byte. */
  synchronized boolean isLocked(Path file) throws IOException {
    if (held.containsKey(file)) {
      return true;
    }
    // Shared, so that those who ask at the same time do not take each other for the holder.
    Optional<FileLock> sign = tryLock(channel(file), SIGN, true);
    if (sign.isPresent()) {
      sign.get().release();
    }
    return sign.isEmpty();
  }

  private static Optional<FileLock> tryLock(FileChannel channel, long at, boolean shared)
      throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock(at, 1, shared));
    } catch (OverlappingFileLockException heldByAnotherUserOfThisProcess) {
      return Optional.empty();
    }
  }

  /** Returns the open file, and opens it again if the path now names another file. */
  private FileChannel channel(Path file) throws IOException {
    OpenFile known = open.get(file);
    if (known != null && Files.exists(file, NOFOLLOW_LINKS) && known.key().equals(key(file))) {
      return known.channel();
    }
    if (known != null) {
      open.remove(file);
      known.channel().close();
    }
    FileChannel channel = FileChannel.open(file, OPTIONS, directories.fileMode());
    open.put(file, new OpenFile(channel, key(file)));
    return channel;
  }

  private static String key(Path file) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
    return Objects.toString(attributes.fileKey());
  }

  /** Writes the holder into the lock file; a full disk does not prevent the lock. */
  private static void tell(FileChannel channel, Path file, String holder) {
    try {
      channel.truncate(0);
      ByteBuffer text = UTF_8.encode(holder);
      for (long position = 0; text.hasRemaining(); ) {
        position += channel.write(text, position);
      }
    } catch (IOException e) {
      // Creating a logger is slow, so it is created only when needed.
      System.getLogger(FileLocks.class.getName())
          .log(Level.WARNING, "cannot write the pid of the lock's holder into " + file + ": " + e);
    }
  }

  private synchronized void release(Path file, FileLock kernelLock, Optional<FileLock> sign) {
    if (!kernelLock.isValid()) {
      return;
    }
    held.remove(file);
    try {
      try {
        if (sign.isPresent()) {
          sign.get().release();
        }
      } finally {
        kernelLock.release();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot release the lock of " + file, e);
    }
  }

  private record OpenFile(FileChannel channel, String key) {}

  private final class Held implements Lock {
    private final Path file;
    private final FileLock kernelLock;
    private final Optional<FileLock> sign;

    Held(Path file, FileLock kernelLock, Optional<FileLock> sign) {
      this.file = file;
      this.kernelLock = kernelLock;
      this.sign = sign;
    }

    @Override
    public void close() {
      release(file, kernelLock, sign);
    }
  }
}
