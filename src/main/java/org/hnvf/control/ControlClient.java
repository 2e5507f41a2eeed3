package org.hnvf.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;

/** Sends requests to a daemon. */
public final class ControlClient {

  private static final int AT_ONCE = 4096;
  private static final int LONGEST_ANSWER = 1 << 20;

  private final Path socket;

  /** Creates a client of the daemon that listens on this socket. */
  public ControlClient(Path socket) {
    this.socket = socket;
  }

  /**
   * Sends a request and waits for the answer.
   *
   * @param request one line, without a line end
   * @param patience the longest wait for the answer
   * @throws UserException (no such pair) if no daemon listens
   * @throws SystemException if the answer is late, incomplete, or absent
   */
  public Answer ask(String request, Duration patience) throws UserException, SystemException {
    try (SocketChannel channel = connect();
        Selector selector = Selector.open()) {
      ByteBuffer line = UTF_8.encode(request + "\n");
      while (line.hasRemaining()) {
        channel.write(line);
      }
      channel.shutdownOutput();
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
      return Answer.read(read(channel, selector, patience));
    } catch (IOException e) {
      throw SystemException.failed(
          "cannot get an answer from the daemon on " + socket + " to `" + request + "`: " + e, e);
    }
  }

  private SocketChannel connect() throws UserException {
    try {
      return SocketChannel.open(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      throw UserException.noSuchPair(
          "no hnvf daemon (see `service hnvf start`) listens on " + socket + ": " + e);
    }
  }

  private static String read(SocketChannel channel, Selector selector, Duration patience)
      throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    ByteBuffer part = ByteBuffer.allocate(AT_ONCE);
    long begun = System.nanoTime();
    while (answer.size() < LONGEST_ANSWER) {
      long left = patience.toNanos() - (System.nanoTime() - begun);
      if (left <= 0) {
        throw new IOException("no complete answer within " + patience);
      }
      selector.select(left / 1_000_000 + 1);
      selector.selectedKeys().clear();
      int length = channel.read(part);
      if (length < 0) {
        return answer.toString(UTF_8);
      }
      answer.write(part.array(), 0, part.position());
      part.clear();
    }
    throw new IOException("the answer is too long");
  }
}
