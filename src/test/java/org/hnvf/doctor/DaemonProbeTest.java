package org.hnvf.doctor;

import static com.google.common.truth.Truth.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The question whether the daemon is alive ends, also if the daemon hangs. */
final class DaemonProbeTest {

  private final Path root;

  DaemonProbeTest(@TempDir Path root) throws IOException {
    this.root = root;
    Files.createDirectories(root.resolve("var/run/hnvf"));
  }

  private ServerSocketChannel listening() throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(root.resolve("var/run/hnvf/hnvf.sock")));
    return server;
  }

  private DaemonState asked(Duration patience) {
    return DaemonProbe.ofSocket(root, patience).ask();
  }

  @Test
  void noSocketIsNoDaemon() {
    assertThat(asked(Duration.ofMinutes(5))).isEqualTo(DaemonState.ABSENT);
  }

  @Test
  void aSocketThatADeadDaemonLeftIsNoDaemon() throws IOException {
    listening().close();
    assertThat(Files.exists(root.resolve("var/run/hnvf/hnvf.sock"))).isTrue();
    assertThat(asked(Duration.ofMinutes(5))).isEqualTo(DaemonState.ABSENT);
  }

  @Test
  void aDaemonThatDoesNotAnswerIsHung() throws IOException {
    try (ServerSocketChannel server = listening()) {
      assertThat(server.isOpen()).isTrue();
      assertThat(asked(Duration.ofMillis(200))).isEqualTo(DaemonState.HUNG);
    }
  }

  @Test
  void aDaemonThatAnswersIsAlive() throws Exception {
    try (ServerSocketChannel server = listening()) {
      AtomicReference<String> asked = new AtomicReference<>("");
      Thread daemon =
          new Thread(
              () -> {
                try (SocketChannel client = server.accept()) {
                  ByteBuffer request = ByteBuffer.allocate(64);
                  while (client.read(request) >= 0) {
                    assertThat(request.hasRemaining()).isTrue();
                  }
                  asked.set(new String(request.array(), 0, request.position(), UTF_8));
                  client.write(UTF_8.encode("out hnvf 1\nexit 0\n"));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      daemon.start();
      assertThat(asked(Duration.ofMinutes(5))).isEqualTo(DaemonState.ANSWERS);
      daemon.join();
      assertThat(asked.get()).isEqualTo("ping\n");
    }
  }
}
