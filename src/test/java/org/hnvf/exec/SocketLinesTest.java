package org.hnvf.exec;

import static com.google.common.truth.Truth.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of a socket, until one of both sides closes it. */
final class SocketLinesTest {

  private final Path socket;

  SocketLinesTest(@TempDir Path directory) {
    this.socket = directory.resolve("devd.pipe");
  }

  private ServerSocketChannel door() throws IOException {
    ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    door.bind(UnixDomainSocketAddress.of(socket));
    return door;
  }

  @Test
  void linesComeUntilTheOtherSideClosesIt() throws IOException {
    try (ServerSocketChannel door = door();
        LineSource.Lines lines = new SocketLines(socket).open()) {
      try (SocketChannel client = door.accept()) {
        client.write(UTF_8.encode("!system=IFNET subsystem=hn0 type=LINK_UP\n+uhub0 at\nhalf"));
      }
      assertThat(lines.next()).hasValue("!system=IFNET subsystem=hn0 type=LINK_UP");
      assertThat(lines.next()).hasValue("+uhub0 at");
      assertThat(lines.next()).hasValue("half");
      assertThat(lines.next()).isEmpty();
      assertThat(lines.ending()).isEqualTo("the other side closed the connection");
    }
  }

  @Test
  void ofALongLineTheBeginningIsKept() throws IOException {
    try (ServerSocketChannel door = door();
        LineSource.Lines lines = new SocketLines(socket).open();
        SocketChannel client = door.accept()) {
      client.write(UTF_8.encode("x".repeat(10_000) + "\nnext\n"));
      assertThat(lines.next().orElseThrow()).hasLength(8192);
      assertThat(lines.next()).hasValue("next");
    }
  }

  @Test
  void closedByAnotherThreadItEnds() throws Exception {
    try (ServerSocketChannel door = door();
        LineSource.Lines lines = new SocketLines(socket).open();
        SocketChannel client = door.accept()) {
      assertThat(client.isOpen()).isTrue();
      Thread closer = new Thread(lines::close);
      closer.start();
      assertThat(lines.next()).isEmpty();
      closer.join();
    }
  }

  /** devd may be started later: that is no reason to give up. */
  @Test
  void oneThatIsNotThereYetIsNotMissing() {
    IOException e = assertThrows(IOException.class, () -> new SocketLines(socket).open());
    assertThat(e).isNotInstanceOf(NoSuchFileException.class);
    assertThat(e).hasMessageThat().contains("devd.pipe");
  }
}
