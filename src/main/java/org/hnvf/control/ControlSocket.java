package org.hnvf.control;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.hnvf.model.SystemException;

/**
 * The socket's place in the file system. Java cannot set the umask, so between bind(2) and chmod(2)
 * the socket itself is open to all: what keeps others out at every moment is its directory, which
 * has to be ours alone (mode 0700) before anything is bound in it.
 */
final class ControlSocket implements AutoCloseable {

  /** Connections that wait to be accepted; FreeBSD's default of kern.ipc.soacceptqueue. */
  private static final int BACKLOG = 128;

  /** The file type bits of a mode, and those of a socket (stat(2)). */
  private static final int S_IFMT = 0170000;

  private static final int S_IFSOCK = 0140000;

  private final Path socket;
  private final ServerSocketChannel channel;
  private final FileChannel lock;

  private ControlSocket(Path socket, ServerSocketChannel channel, FileChannel lock) {
    this.socket = socket;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Listens. A socket that a dead daemon has left behind is replaced.
   *
   * <p>Who is alive is told by the lock beside the socket, never by a connection: a program that a
   * dead daemon started may live on with its listening socket, and the kernel then takes
   * connections for nobody. The lock is a POSIX record lock (fcntl(2)), which no child inherits.
   *
   * @param uid the user whose directory it must be in: the one that this process runs as
   * @throws SystemException where the directory is not ours alone, something else is in the way, or
   *     another process has the lock (busy)
   */
  static ControlSocket listen(Path socket, long uid) throws SystemException {
    try {
      requirePrivate(directory(socket), uid);
      FileChannel lock = lock(socket);
      try {
        return new ControlSocket(socket, bind(socket), lock);
      } catch (IOException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw SystemException.failed("cannot listen on " + socket + ": " + e, e);
    }
  }

  /** Where clients come from. */
  ServerSocketChannel channel() {
    return channel;
  }

  /** Takes no more clients, removes the socket, and only then gives the lock back. */
  @Override
  public void close() throws IOException {
    try (lock) {
      channel.close();
      Files.deleteIfExists(socket);
    }
  }

  private static FileChannel lock(Path socket) throws IOException, SystemException {
    Path file = socket.resolveSibling(socket.getFileName() + ".lock");
    FileChannel channel = open(file);
    if (!isLocked(channel)) {
      channel.close();
      throw SystemException.busy(
          "another hnvf daemon serves " + socket + ": it holds the lock " + file);
    }
    return channel;
  }

  private static FileChannel open(Path file) throws IOException {
    try {
      return FileChannel.open(
          file,
          ImmutableSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, NOFOLLOW_LINKS),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (IOException e) {
      throw new IOException("its lock " + file + " cannot be opened: " + e, e);
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  private static ServerSocketChannel bind(Path socket) throws IOException {
    removeDead(socket);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(socket), BACKLOG);
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
      server.configureBlocking(false);
      return server;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  private static Path directory(Path socket) throws IOException {
    Path parent = socket.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IOException("the path has no directory");
    }
    if (!Files.exists(parent, NOFOLLOW_LINKS)) {
      Files.createDirectory(
          parent,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    return parent;
  }

  private static void requirePrivate(Path directory, long uid) throws IOException {
    PosixFileAttributes facts =
        Files.readAttributes(directory, PosixFileAttributes.class, NOFOLLOW_LINKS);
    if (!facts.isDirectory()) {
      throw new IOException(directory + " is not a directory");
    }
    int owner = (Integer) Files.getAttribute(directory, "unix:uid", NOFOLLOW_LINKS);
    if (Integer.toUnsignedLong(owner) != uid) {
      throw new IOException(
          directory
              + " is owned by "
              + facts.owner().getName()
              + ", not by the user of this daemon");
    }
    Set<PosixFilePermission> others = EnumSet.copyOf(facts.permissions());
    others.removeAll(PosixFilePermissions.fromString("rwx------"));
    if (!others.isEmpty()) {
      throw new IOException(
          directory
              + " can be entered by other users ("
              + PosixFilePermissions.toString(facts.permissions())
              + "); it must have mode 0700");
    }
  }

  /** We have the lock: who still listens there is none of hnvf's daemons. */
  private static void removeDead(Path socket) throws IOException {
    if (!Files.exists(socket, NOFOLLOW_LINKS)) {
      return;
    }
    int mode = (Integer) Files.getAttribute(socket, "unix:mode", NOFOLLOW_LINKS);
    if ((mode & S_IFMT) != S_IFSOCK) {
      throw new IOException("a file that is not a socket has this name; remove it");
    }
    Files.delete(socket);
  }
}
