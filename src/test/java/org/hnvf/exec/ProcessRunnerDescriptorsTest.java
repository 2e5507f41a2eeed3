package org.hnvf.exec;

import static com.google.common.truth.Truth.assertThat;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.hnvf.exec.DurableFiles.Lock;
import org.hnvf.model.Command;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program gets none of this process's descriptors except its three streams. */
final class ProcessRunnerDescriptorsTest {

  private static final Duration LONG = Duration.ofMinutes(5);

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void programHasNoSocketAndNoLockOfOurs(boolean mayLeaveDaemon, @TempDir Path directory)
      throws Exception {
    Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")));
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("s"));
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(address);
      try (SocketChannel client = SocketChannel.open(address);
          SocketChannel accepted = server.accept();
          Lock lock = new NioDurableFiles(directory).tryLock("/0.lock", "test").orElseThrow()) {
        assertThat(client.isConnected() && accepted.isOpen()).isTrue();
        assertThat(lock).isNotNull();
        // Its own directory of descriptors is opened by ls itself.
        Command ls = Command.reading(LONG, "/bin/sh", "-c", "ls /proc/$$/fd");

        String descriptors =
            new ProcessRunner().run(mayLeaveDaemon ? ls.leavingDaemon() : ls).wholeText();

        assertThat(descriptors.lines()).containsExactly("0", "1", "2").inOrder();
      }
    }
  }
}
