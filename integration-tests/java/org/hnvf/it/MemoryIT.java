package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MINUTES;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The daemon with the memory that its service gives it, and with less than it needs. */
@Timeout(value = 30, unit = MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class MemoryIT {

  private static final String HEAP = "-Xmx24m";

  /** Enough memory to start, and too little for the first reconciliation. */
  private static final String TOO_LITTLE = "-Xmx2m";

  private static final int CLIENTS = 4;
  private static final int EVENTS_EACH = 250;
  private static final int TEN_MEGABYTES = 10 << 20;

  /** Of -XX:+ExitOnOutOfMemoryError. */
  private static final int OUT_OF_MEMORY = 3;

  private final Installation hnvf;

  MemoryIT(@TempDir Path scratch) throws IOException, InterruptedException {
    this.hnvf = new Installation(scratch);
  }

  @AfterEach
  void end() throws IOException {
    hnvf.end();
  }

  /** How rc.d's script starts Java, unless rc.conf says otherwise. */
  private static ImmutableList<String> javaArguments() throws IOException {
    Path script = Path.of(EventRig.basedir(), "scripts/port/files/hnvf.in");
    Matcher set =
        Pattern.compile("\"\\$\\{hnvf_java_args:=([^}]*)}\"").matcher(Files.readString(script));
    assertThat(set.find()).isTrue();
    return ImmutableList.copyOf(Splitter.on(' ').split(set.group(1)));
  }

  private Process start(List<String> javaArguments) throws IOException {
    List<String> argv = new ArrayList<>();
    argv.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    argv.addAll(javaArguments);
    argv.addAll(
        List.of(
            "-Dfile.encoding=UTF-8",
            "-jar",
            hnvf.jar().toString(),
            "daemon",
            "--guest-bin=" + hnvf.directory()));
    return hnvf.start("daemon", argv.toArray(String[]::new));
  }

  private SocketChannel connect() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(hnvf.socket()));
  }

  private String ask(String line) throws IOException {
    try (SocketChannel client = connect()) {
      client.write(ByteBuffer.wrap((line + "\n").getBytes(UTF_8)));
      client.shutdownOutput();
      return new String(Channels.newInputStream(client).readAllBytes(), UTF_8);
    }
  }

  /** Asked again where this machine was too busy to send the line within the server's second. */
  private boolean isTaken(String line) throws IOException {
    String answer = ask(line);
    while (answer.contains("the request was not complete within")) {
      answer = ask(line);
    }
    return answer.startsWith("ok");
  }

  private int flood(String event) throws IOException {
    int taken = 0;
    for (int i = 0; i < EVENTS_EACH; i++) {
      taken += isTaken("event " + event) ? 1 : 0;
    }
    return taken;
  }

  /** More than it wants to read: it is cut off, or not read at all. */
  private void garbage() throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap("x".repeat(TEN_MEGABYTES).getBytes(UTF_8));
    try (SocketChannel client = connect()) {
      while (bytes.hasRemaining()) {
        client.write(bytes);
      }
    } catch (IOException refused) {
      assertWithMessage("bytes taken").that(bytes.remaining()).isGreaterThan(0);
      return;
    }
    throw new AssertionError("took ten megabytes");
  }

  @Test
  void thatOfTheServiceIsEnoughForAFloodAndGarbageAndWork() throws Exception {
    ImmutableList<String> arguments = javaArguments();
    assertThat(arguments).contains(HEAP);
    Process daemon = start(arguments);
    Installation.patiently().until(() -> hnvf.hnvf("status").status() == 0);

    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Callable<Integer>> floods = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        String event = "!system=HYPERV_NIC_VF subsystem=hn" + i + " type=VF_DOWN";
        floods.add(() -> flood(event));
      }
      for (Future<Integer> taken : clients.invokeAll(floods)) {
        assertThat(taken.get()).isEqualTo(EVENTS_EACH);
      }
    } finally {
      clients.shutdownNow();
    }
    for (int i = 0; i < CLIENTS; i++) {
      garbage();
    }
    hnvf.host("plug", "hn0");

    Installation.patiently().until(() -> hnvf.hnvf("status").out().contains("LAGG_VF"));
    hnvf.awaitReachable(true);
    assertThat(hnvf.oneShots()).isEmpty();
    assertThat(daemon.isAlive()).isTrue();
    assertThat(hnvf.said("daemon")).doesNotContain("OutOfMemory");
  }

  /**
   * Puts a program before that of the guest which prints much more: 58 MB of routes before those of
   * IPv6, 20 MB of processes before the guest's.
   */
  private void crowd(String name, String awk) throws IOException {
    hnvf.replace(name, "'" + hnvf.program("whole-" + name) + "' \"$@\" | awk '" + awk + "'");
  }

  @Test
  void thatOfTheServiceIsEnoughForALargeGuest() throws Exception {
    crowd(
        "netstat",
        "/^Internet6:/ { for (i = 0; i < 1000000; i++)"
            + " printf \"%-18s %-18s %-8s %10s\\n\","
            + " 11 + int(i / 62500) \".\" int(i / 250) % 250 \".\" i % 250 \".0/24\","
            + " \"172.16.0.254\", \"UG1\", \"em0\" } { print }");
    crowd(
        "ps",
        "NR == 1 { a = \"/usr/local/lib/app.jar:\"; while (length(a) < 2000) a = a a;"
            + " for (i = 0; i < 10000; i++) print 100000 + i, \"java\", a } { print }");
    Process daemon = start(javaArguments());
    Installation.patiently().until(() -> hnvf.hnvf("status").status() == 0);

    hnvf.host("plug", "hn0");

    Installation.patiently().until(() -> hnvf.hnvf("status").out().contains("LAGG_VF"));
    hnvf.awaitReachable(true);
    assertThat(hnvf.oneShots()).isEmpty();
    assertThat(daemon.isAlive()).isTrue();
    assertThat(hnvf.said("daemon")).doesNotContain("OutOfMemory");
  }

  @Test
  void withTooLittleItEndsAndEventsAreServedWithoutIt() throws Exception {
    ImmutableList<String> arguments =
        javaArguments().stream()
            .map(argument -> argument.equals(HEAP) ? TOO_LITTLE : argument)
            .map(argument -> argument.startsWith("-Xms") ? "-Xms2m" : argument)
            .collect(ImmutableList.toImmutableList());
    assertThat(arguments).contains(TOO_LITTLE);
    Process daemon = start(arguments);

    assertWithMessage("ends").that(daemon.waitFor(10, MINUTES)).isTrue();
    assertThat(daemon.exitValue()).isEqualTo(OUT_OF_MEMORY);
    assertThat(hnvf.said("daemon")).contains("OutOfMemoryError");
    hnvf.host("plug", "hn0");

    hnvf.awaitState("LAGG_VF");
    hnvf.awaitReachable(true);
    assertThat(hnvf.oneShots()).isNotEmpty();
  }
}
