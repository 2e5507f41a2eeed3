package org.hnvf.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Stream;

/**
 * How long it takes, by the clock on the wall, from devd's start of {@code scripts/event} until it
 * is back with devd, and until a daemon has the event; against {@code sh -c :} and one nc(1) that
 * asks the same. In the place of daemon(8), where there is none, stands {@code setsid -f}, which
 * does as much.
 */
public final class EventScript {

  private static final int ROUNDS = 200;
  private static final int WARM_UP = 20;
  private static final String REQUEST = "event !system=HYPERV_NIC_VF subsystem=hn0 type=VF_UP\n";

  private final Path directory;
  private final BlockingQueue<Long> answered = new ArrayBlockingQueue<>(16);

  private EventScript(Path directory) {
    this.directory = directory;
  }

  /** Prints the times and their ratio. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    EventScript bench = new EventScript(Files.createTempDirectory("hnvf-bench"));
    bench.install();
    try (ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      door.bind(UnixDomainSocketAddress.of(bench.directory.resolve("hnvf.sock")));
      Thread daemon = new Thread(() -> bench.serve(door), "daemon");
      daemon.setDaemon(true);
      daemon.start();
      bench.measure();
    }
  }

  /** The script, and daemon(8); everything else is found where it always is. */
  private void install() throws IOException {
    String text = Files.readString(Path.of("scripts/event"));
    text = text.replaceFirst("(?m)^socket=.*$", "socket='" + directory.resolve("hnvf.sock") + "'");
    Path script = Files.writeString(directory.resolve("event"), text);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    Path daemon =
        Stream.of("/usr/sbin/daemon", "/usr/bin/setsid")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow();
    Files.createSymbolicLink(directory.resolve("daemon"), daemon);
    Files.writeString(directory.resolve("request"), REQUEST);
  }

  private void serve(ServerSocketChannel door) {
    ByteBuffer buffer = ByteBuffer.allocate(4096);
    while (true) {
      try (SocketChannel client = door.accept()) {
        int length = 0;
        while (length >= 0) {
          length = client.read(buffer.clear());
        }
        answered.add(System.nanoTime());
        client.write(ByteBuffer.wrap("ok\n".getBytes(UTF_8)));
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void measure() throws IOException, InterruptedException {
    List<Long> shell = new ArrayList<>();
    List<Long> netcat = new ArrayList<>();
    List<Long> back = new ArrayList<>();
    List<Long> handedOver = new ArrayList<>();
    String socket = directory.resolve("hnvf.sock").toString();
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      long sh = run("/bin/sh", "-c", ":");
      long nc = run("nc", "-U", "-N", socket);
      answered.take();
      long start = System.nanoTime();
      long event = run(directory.resolve("event").toString(), "vf_up", "hn0");
      long until = answered.take() - start;
      if (round >= 0) {
        shell.add(sh);
        netcat.add(nc);
        back.add(event);
        handedOver.add(until);
      }
    }
    double unit = median(shell) + median(netcat);
    System.out.printf(
        Locale.ROOT,
        "sh -c :                    %5.2f ms (median of %d)%n"
            + "nc, asked and answered     %5.2f ms%n"
            + "event, back with devd      %5.2f ms, %.1f times both%n"
            + "event, with the daemon     %5.2f ms, %.1f times both%n",
        median(shell),
        ROUNDS,
        median(netcat),
        median(back),
        median(back) / unit,
        median(handedOver),
        median(handedOver) / unit);
  }

  /** Nanoseconds from the start of a process to its end. */
  private long run(String... argv) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(ImmutableList.copyOf(argv));
    builder.environment().clear();
    builder.environment().put("PATH", directory + ":/sbin:/bin:/usr/sbin:/usr/bin");
    builder
        .redirectInput(directory.resolve("request").toFile())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD);
    long start = System.nanoTime();
    int status = builder.start().waitFor();
    long end = System.nanoTime();
    if (status != 0) {
      throw new IllegalStateException(argv[0] + " ended with " + status);
    }
    return end - start;
  }

  private static double median(List<Long> nanos) {
    return nanos.stream().sorted().skip(nanos.size() / 2).findFirst().orElseThrow() / 1e6;
  }
}
