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
 * The socket in the file system. Java cannot set the umask, so between bind(2) and chmod(2) the
 * socket itself is open to all users. Its directory keeps them out at every moment: it must belong
 * to this user alone (mode 0700) before a socket is bound in it.
 */
final class ControlSocket implements AutoCloseable {

  /** The length of the queue of connections; FreeBSD's default of kern.ipc.soacceptqueue. */
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
   * Listens. A socket that a dead daemon left is replaced.
   *
   * <p>The lock beside the socket shows whether a daemon is alive; a connection does not: a program
   * that a dead daemon started may still have its listening socket open, and the kernel then
   * accepts connections that no process answers. The lock is a POSIX record lock (fcntl(2)), which
   * no child inherits.
   *
   * @param uid the user id of this process, which must own the directory
   * @throws SystemException if other users have access to the directory, another file has the path,
   *     or another process has the lock (busy)
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

  /** Returns the channel of the clients. */
  ServerSocketChannel channel() {
    return channel;
  }

  /** Accepts no more clients, deletes the socket, and then releases the lock. */
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

  /**
   * Deletes the socket of a dead daemon. This process has the lock, so a process that still listens
   * there is no daemon of hnvf.
   */
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
