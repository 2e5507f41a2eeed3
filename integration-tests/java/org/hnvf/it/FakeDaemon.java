package org.hnvf.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableList;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * Speaks the protocol of the daemon on a socket: it reads one line and answers. The test chooses
 * the answer.
 */
final class FakeDaemon implements AutoCloseable {

  private final ServerSocketChannel door;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger lost = new AtomicInteger();

  private FakeDaemon(Path socket) throws IOException {
    this.door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    door.bind(UnixDomainSocketAddress.of(socket));
  }

  /** One that gives each request this answer. */
  static FakeDaemon answering(Path socket, String answer) throws IOException {
    return new FakeDaemon(socket).serving(request -> answer);
  }

  /** One that makes the answer of the request. */
  static FakeDaemon answering(Path socket, UnaryOperator<String> answers) throws IOException {
    return new FakeDaemon(socket).serving(answers);
  }

  /**
   * Creates one that hangs: the kernel accepts connections that no process reads, as with a stopped
   * process.
   */
  static FakeDaemon hung(Path socket) throws IOException {
    return new FakeDaemon(socket);
  }

  /** Creates one that died: its socket exists, and no process listens. */
  static void dead(Path socket) throws IOException {
    new FakeDaemon(socket).close();
  }

  /** It recovers, and gives each request this answer, those that are waiting too. */
  void wakeUp(String answer) {
    var unused = serving(request -> answer);
  }

  private FakeDaemon serving(UnaryOperator<String> answers) {
    Thread thread = new Thread(() -> serve(answers), "fake daemon");
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  private void serve(UnaryOperator<String> answers) {
    while (door.isOpen()) {
      try (SocketChannel client = door.accept()) {
        String request = request(client);
        asked.add(request);
        client.write(ByteBuffer.wrap(answers.apply(request).getBytes(UTF_8)));
      } catch (IOException e) {
        // The test is over, or this client lost its patience before it got its answer.
        lost.incrementAndGet();
      }
    }
  }

  private static String request(SocketChannel client) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    ByteBuffer piece = ByteBuffer.allocate(4096);
    while (client.read(piece) >= 0) {
      text.write(piece.array(), 0, piece.position());
      piece.clear();
    }
    return text.toString(UTF_8);
  }

  /** The requests so far, as they came. */
  ImmutableList<String> asked() {
    return ImmutableList.copyOf(asked);
  }

  /** Waits for the next request. */
  void awaitAsked() {
    await().atMost(Duration.ofMinutes(10)).until(() -> !asked.isEmpty());
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
