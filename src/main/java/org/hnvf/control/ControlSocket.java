package org.hnvf.control;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
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
final class ControlSocket {

  /** Connections that wait to be accepted; FreeBSD's default of kern.ipc.soacceptqueue. */
  private static final int BACKLOG = 128;

  /** The file type bits of a mode, and those of a socket (stat(2)). */
  private static final int S_IFMT = 0170000;

  private static final int S_IFSOCK = 0140000;

  private ControlSocket() {}

  /**
   * Listens. A socket that a dead daemon has left behind is replaced.
   *
   * @param uid the user whose directory it must be in: the one that this process runs as
   * @throws SystemException where the directory is not ours alone, something else is in the way, or
   *     a daemon answers there (busy)
   */
  static ServerSocketChannel listen(Path socket, long uid) throws SystemException {
    try {
      requirePrivate(directory(socket), uid);
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
    } catch (IOException e) {
      throw SystemException.failed("cannot listen on " + socket + ": " + e, e);
    }
  }

  private static Path directory(Path socket) throws IOException {
    Path parent = socket.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IOException("it is in no directory");
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
      throw new IOException(directory + " is no directory");
    }
    int owner = (Integer) Files.getAttribute(directory, "unix:uid", NOFOLLOW_LINKS);
    if (Integer.toUnsignedLong(owner) != uid) {
      throw new IOException(directory + " belongs to " + facts.owner().getName() + ", not to us");
    }
    Set<PosixFilePermission> others = EnumSet.copyOf(facts.permissions());
    others.removeAll(PosixFilePermissions.fromString("rwx------"));
    if (!others.isEmpty()) {
      throw new IOException(
          directory
              + " is open to others ("
              + PosixFilePermissions.toString(facts.permissions())
              + "); it must have mode 0700");
    }
  }

  private static void removeDead(Path socket) throws IOException, SystemException {
    if (!Files.exists(socket, NOFOLLOW_LINKS)) {
      return;
    }
    int mode = (Integer) Files.getAttribute(socket, "unix:mode", NOFOLLOW_LINKS);
    if ((mode & S_IFMT) != S_IFSOCK) {
      throw new IOException("something that is no socket is in the way");
    }
    if (isAnswered(socket)) {
      throw SystemException.busy("another daemon listens on " + socket);
    }
    Files.delete(socket);
  }

  private static boolean isAnswered(Path socket) {
    try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return probe.isConnected();
    } catch (IOException nobodyListens) {
      return false;
    }
  }
}
