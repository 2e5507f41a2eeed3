package org.hnvf.lab.sandbox;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.hnvf.model.SystemException;

/**
 * devd(8)'s own socket, {@code /var/run/devd.pipe}: every client gets every line. One that does not
 * read is not waited for, and gets no more (sbin/devd/devd.cc, notify_clients).
 */
final class DevdSocket implements AutoCloseable {

  private final ServerSocketChannel door;
  private final Consumer<String> complaints;
  private final LineClients clients;

  private DevdSocket(ServerSocketChannel door, Consumer<String> complaints) {
    this.door = door;
    this.complaints = complaints;
    this.clients = new LineClients(complaints);
  }

  /**
   * Listens from now on; a socket that a dead sandbox left there is replaced.
   *
   * @param root the guest's root directory
   * @throws SystemException where the socket cannot be made
   */
  static DevdSocket listen(Path root, Consumer<String> complaints) throws SystemException {
    Path socket = root.resolve("var/run/devd.pipe");
    try {
      Files.createDirectories(socket.resolveSibling("."));
      Files.deleteIfExists(socket);
      ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      door.bind(UnixDomainSocketAddress.of(socket));
      return new DevdSocket(door, complaints);
    } catch (IOException e) {
      throw SystemException.failed("cannot listen on " + socket + ": " + e, e);
    }
  }

  /** Accepts clients until it is closed. */
  void work() {
    while (door.isOpen()) {
      try {
        clients.add(door.accept());
      } catch (IOException e) {
        if (door.isOpen()) {
          complaints.accept("cannot accept a client of devd: " + e);
        }
      }
    }
  }

  /** A line for all that are connected. */
  void tell(String line) {
    clients.tell(line);
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      complaints.accept("cannot close devd's socket: " + e);
    }
    clients.closeAll();
  }
}
