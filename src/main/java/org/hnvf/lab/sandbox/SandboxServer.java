package org.hnvf.lab.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Splitter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.hnvf.model.SystemException;

/**
 * Answers the clients of a sandbox: one request and one answer on each connection. A request is
 * words, each with a NUL after it, up to the end of what is sent; an answer is a text for sh. The
 * one word {@code monitor} is not answered: what the guest's kernel tells of its routes goes to
 * that connection, as it is, for as long as it is there.
 */
final class SandboxServer implements AutoCloseable {

  private static final int LONGEST_REQUEST = 1 << 20;
  private static final Splitter WORDS = Splitter.on('\0');

  private final ServerSocketChannel door;
  private final Desk desk;
  private final Consumer<String> complaints;

  /** Connections of programs that never end. They are closed with the server. */
  private final Set<SocketChannel> hanging = ConcurrentHashMap.newKeySet();

  private static final int MOST_WATCHERS = 32;

  /** Connections that are told of the routes. */
  private final LineClients watching;

  /** Who knows the answers. */
  @FunctionalInterface
  interface Desk {
    /** The answer; empty where the program never ends. */
    Optional<ShellAnswer> answer(List<String> words) throws InterruptedException;
  }

  private SandboxServer(ServerSocketChannel door, Desk desk, Consumer<String> complaints) {
    this.door = door;
    this.desk = desk;
    this.complaints = complaints;
    this.watching = new LineClients(complaints);
  }

  /**
   * Listens from now on; a socket that a dead server left there is replaced.
   *
   * @throws SystemException where the socket cannot be made
   */
  static SandboxServer listen(Path socket, Desk desk, Consumer<String> complaints)
      throws SystemException {
    try {
      Files.deleteIfExists(socket);
      ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      door.bind(UnixDomainSocketAddress.of(socket));
      return new SandboxServer(door, desk, complaints);
    } catch (IOException e) {
      throw SystemException.failed("cannot listen on " + socket + ": " + e, e);
    }
  }

  /** Accepts connections until the server is closed; each is answered by one of these threads. */
  void work(ExecutorService threads) {
    while (door.isOpen()) {
      try {
        SocketChannel client = door.accept();
        threads.execute(() -> serve(client));
      } catch (IOException e) {
        if (door.isOpen()) {
          complaints.accept("cannot accept a connection: " + e);
        }
      }
    }
  }

  private void serve(SocketChannel client) {
    try {
      List<String> words = request(client);
      if (words.equals(List.of("monitor")) && watching.count() < MOST_WATCHERS) {
        watching.add(client);
        return;
      }
      Optional<ShellAnswer> answer = desk.answer(words);
      if (answer.isEmpty()) {
        hanging.add(client);
        return;
      }
      ByteBuffer text = UTF_8.encode(answer.get().script());
      while (text.hasRemaining()) {
        client.write(text);
      }
      client.close();
    } catch (IOException e) {
      // The client is gone, for example killed at its time limit, so there is no receiver.
      closeQuietly(client);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closeQuietly(client);
    }
  }

  /** A line for all that watch. */
  void tellWatchers(String line) {
    watching.tell(line);
  }

  private static List<String> request(SocketChannel client) throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    ByteBuffer piece = ByteBuffer.allocate(8192);
    while (client.read(piece) >= 0) {
      request.write(piece.array(), 0, piece.position());
      piece.clear();
      if (request.size() > LONGEST_REQUEST) {
        throw new IOException("a request of more than " + LONGEST_REQUEST + " bytes");
      }
    }
    List<String> words = WORDS.splitToList(request.toString(UTF_8));
    return words.subList(0, words.size() - 1);
  }

  @Override
  public void close() throws SystemException {
    try {
      door.close();
    } catch (IOException e) {
      throw SystemException.failed("cannot close the socket of the sandbox: " + e, e);
    }
    hanging.forEach(this::closeQuietly);
    watching.closeAll();
  }

  private void closeQuietly(SocketChannel client) {
    try {
      client.close();
    } catch (IOException e) {
      complaints.accept("cannot close a connection: " + e);
    }
  }
}
