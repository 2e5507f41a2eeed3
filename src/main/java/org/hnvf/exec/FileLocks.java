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
 */
final class FileLocks {

  private static final ImmutableSet<OpenOption> OPTIONS =
      ImmutableSet.of(
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.CREATE,
          NOFOLLOW_LINKS);

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
    Optional<FileLock> lock = tryLock(channel);
    if (lock.isPresent()) {
      String holder = purpose + ", process " + process;
      tell(channel, file, holder);
      held.put(file, holder);
    }
    return lock.map(kernelLock -> new Held(file, kernelLock));
  }

  private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
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

  private synchronized void release(Path file, FileLock kernelLock) {
    if (!kernelLock.isValid()) {
      return;
    }
    held.remove(file);
    try {
      kernelLock.release();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot release the lock of " + file, e);
    }
  }

  private record OpenFile(FileChannel channel, String key) {}

  private final class Held implements Lock {
    private final Path file;
    private final FileLock kernelLock;

    Held(Path file, FileLock kernelLock) {
      this.file = file;
      this.kernelLock = kernelLock;
    }

    @Override
    public void close() {
      release(file, kernelLock);
    }
  }
}
