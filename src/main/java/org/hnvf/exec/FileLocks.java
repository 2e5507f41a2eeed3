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
 * The locks that this process holds, or has tried to get.
 *
 * <p>They are POSIX record locks (fcntl(2)). A process loses all of these on a file as soon as it
 * closes the file anywhere, also where it had opened it only to be refused, or to read it. So a
 * lock file, once opened, stays open; and whoever reads a file asks here first.
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

  /** Who has the lock of this file and what for, where that is this process. */
  synchronized Optional<String> holder(Path file) {
    return Optional.ofNullable(held.get(file));
  }

  /** The lock; empty where somebody has it. */
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

  /** The open file; opened anew where the one that we have is no longer the one of that name. */
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

  /** A full disk is no reason to refuse a lock. */
  private static void tell(FileChannel channel, Path file, String holder) {
    try {
      channel.truncate(0);
      ByteBuffer text = UTF_8.encode(holder);
      for (long position = 0; text.hasRemaining(); ) {
        position += channel.write(text, position);
      }
    } catch (IOException e) {
      // A logger takes longer to come than all else here: it is only asked for when there is need.
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
