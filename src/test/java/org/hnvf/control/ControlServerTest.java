package org.hnvf.control;

import static com.google.common.truth.Truth.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.hnvf.model.ExitCode;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server's clock is driven by hand, so that no slow machine decides a test. */
final class ControlServerTest {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration READ_WITHIN = Duration.ofSeconds(1);
  private static final Duration WRITE_WITHIN = Duration.ofSeconds(10);
  private static final long UID = new UnixSystem().getUid();

  private final Path directory;

  private final AtomicLong clock = new AtomicLong();
  private final AtomicReference<Runnable> atTheNextLookAtTheClock = new AtomicReference<>(() -> {});
  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private final Queue<Consumer<Answer>> waiting = new ConcurrentLinkedQueue<>();
  private Optional<ControlServer> server = Optional.empty();

  ControlServerTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @AfterEach
  void close() {
    server.ifPresent(ControlServer::close);
  }

  private Path socket() {
    return directory.resolve("hnvf.sock");
  }

  /** Echoes; what begins with "wait" is answered by {@link #answerAll}; "bug" is one. */
  private void handle(String line, Consumer<Answer> reply) {
    if (line.startsWith("bug")) {
      throw new IllegalStateException("a bug");
    }
    if (line.startsWith("wait")) {
      waiting.add(reply);
    } else {
      reply.accept(line.startsWith("event") ? Answer.ok() : Answer.of(line + "\n", "", 0));
    }
  }

  private void answerAll() {
    for (Consumer<Answer> reply = waiting.poll(); reply != null; reply = waiting.poll()) {
      reply.accept(Answer.of("at last\n", "", 0));
    }
  }

  private void open(Limits limits) throws SystemException {
    open(Peers.of(UID), limits);
  }

  private long time() {
    atTheNextLookAtTheClock.getAndSet(() -> {}).run();
    return clock.get();
  }

  private void open(Peers peers, Limits limits) throws SystemException {
    server =
        Optional.of(
            ControlServer.open(socket(), UID, peers, limits, this::handle, log::add, this::time));
  }

  private void open() throws SystemException {
    open(Limits.DEFAULT);
  }

  private Answer ask(String line) throws Exception {
    return new ControlClient(socket()).ask(line, PATIENCE);
  }

  private SocketChannel connect() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(socket()));
  }

  private static String rest(SocketChannel channel) throws IOException {
    return new String(Channels.newInputStream(channel).readAllBytes(), UTF_8);
  }

  private static void send(SocketChannel channel, String text) throws IOException {
    ByteBuffer bytes = UTF_8.encode(text);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Test
  void answersOneLineAndCloses() throws Exception {
    open();

    assertThat(ask("status hn0").out()).containsExactly("status hn0");
    assertThat(ask("event !").isOk()).isTrue();
    assertThat(ask("grüße").out()).containsExactly("grüße");
  }

  @Test
  void aLineMayComeInPiecesAndEndWithAHalfClose() throws Exception {
    open();
    try (SocketChannel client = connect()) {
      send(client, "sta");
      send(client, "tus");
      client.shutdownOutput();

      assertThat(rest(client)).isEqualTo("out status\nexit 0\n");
    }
  }

  @Test
  void onlyTheFirstLineCounts() throws Exception {
    open();
    try (SocketChannel client = connect()) {
      send(client, "first\nsecond\n");

      assertThat(rest(client)).isEqualTo("out first\nexit 0\n");
    }
  }

  @Test
  void aRequestOfFourKibIsReadAndALongerOneRefused() throws Exception {
    open();
    String longest = "x".repeat(4096);

    assertThat(ask(longest).out()).containsExactly(longest);
    Answer refused = ask(longest + "x");
    assertThat(refused.exitStatus()).hasValue(65);
    assertThat(refused.err().get(0)).contains("longer than 4096 bytes");
  }

  @Test
  void tenMegabytesDoNoHarm() throws Exception {
    open();
    try (SocketChannel client = connect()) {
      assertThrows(
          IOException.class,
          () -> {
            for (int i = 0; i < 10 * 1024; i++) {
              send(client, "x".repeat(1024));
            }
            rest(client);
          });
    }

    assertThat(ask("still there").out()).containsExactly("still there");
  }

  @Test
  void bytesThatAreNoTextAreRefused() throws Exception {
    open();
    try (SocketChannel client = connect()) {
      client.write(ByteBuffer.wrap(new byte[] {(byte) 0xff, (byte) 0xfe, 0, '\n'}));

      assertThat(rest(client)).contains("not UTF-8");
    }
    try (SocketChannel client = connect()) {
      send(client, "\n");

      assertThat(rest(client)).contains("empty");
    }
  }

  @Test
  void aClientThatSendsNothingIsToldSoInTime() throws Exception {
    open(new Limits(4096, READ_WITHIN, WRITE_WITHIN, 32));
    try (SocketChannel client = connect()) {
      send(client, "stat");
      // Earlier requests have been read when this one is answered.
      assertThat(ask("before").exitStatus()).hasValue(0);

      clock.addAndGet(READ_WITHIN.toNanos() - 1);
      assertThat(ask("just in time").exitStatus()).hasValue(0);
      send(client, "us");
      assertThat(ask("read").exitStatus()).hasValue(0);
      clock.addAndGet(1);
      assertThat(ask("late").exitStatus()).hasValue(0);

      assertThat(rest(client)).contains("was not complete within PT1S");
    }
  }

  @Test
  void aClientThatDoesNotReadIsGivenUp() throws Exception {
    open(new Limits(1 << 20, READ_WITHIN, WRITE_WITHIN, 1));
    try (SocketChannel client = connect()) {
      send(client, "x".repeat(1 << 20) + "\n");
      assertThat(ask("busy").exitStatus()).hasValue(75);
      assertThat(ask("answered by now").exitStatus()).hasValue(75);

      clock.addAndGet(WRITE_WITHIN.toNanos() - 1);
      assertThat(ask("busy still").exitStatus()).hasValue(75);
      assertThat(ask("busy still").exitStatus()).hasValue(75);
      clock.addAndGet(1);

      // The one place is free again as soon as the server has given that client up.
      await().atMost(PATIENCE).until(() -> ask("next").exitStatus().equals(Optional.of(0)));
    }
  }

  @Test
  void aClientThatWentAwayHarmsNobody() throws Exception {
    open();
    try (SocketChannel client = connect()) {
      send(client, "wait\n");
      await().atMost(PATIENCE).until(() -> !waiting.isEmpty());
    }
    answerAll();
    try (SocketChannel client = connect()) {
      send(client, "half a requ");
    }

    assertThat(ask("still there").out()).containsExactly("still there");
  }

  @Test
  void oneThatIsWorkedOnDoesNotKeepOthersWaiting() throws Exception {
    open();
    try (SocketChannel slow = connect()) {
      send(slow, "wait\n");
      await().atMost(PATIENCE).until(() -> !waiting.isEmpty());

      assertThat(ask("quick").out()).containsExactly("quick");
      answerAll();
      assertThat(rest(slow)).isEqualTo("out at last\nexit 0\n");
    }
  }

  @Test
  void oneClientTooManyIsToldToTryAgain() throws Exception {
    open();
    List<SocketChannel> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 32; i++) {
        SocketChannel client = connect();
        clients.add(client);
        send(client, "wait\n");
      }
      await().atMost(PATIENCE).until(() -> waiting.size() == 32);

      try (SocketChannel client = connect()) {
        assertThat(rest(client)).isEqualTo("err busy\nexit 75\n");
      }
      answerAll();
      for (SocketChannel client : clients) {
        assertThat(rest(client)).isEqualTo("out at last\nexit 0\n");
      }
      assertThat(ask("there is room again").exitStatus()).hasValue(0);
    } finally {
      for (SocketChannel client : clients) {
        client.close();
      }
    }
  }

  @Test
  void oneClientTooManyIsToldSoAlsoWhereItWritesLate() throws Exception {
    open(new Limits(4096, PATIENCE, PATIENCE, 1));
    try (SocketChannel first = connect()) {
      send(first, "wait\n");
      await().atMost(PATIENCE).until(() -> !waiting.isEmpty());
      for (int i = 0; i < 200; i++) {
        assertThat(ask("one too many").exitStatus()).hasValue(75);
      }
      List<SocketChannel> silent = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        silent.add(connect());
      }
      // One that is accepted after the place is free again has the place.
      for (SocketChannel client : silent) {
        assertThat(rest(client)).isEqualTo("err busy\nexit 75\n");
      }
      answerAll();
      assertThat(rest(first)).isEqualTo("out at last\nexit 0\n");
      for (SocketChannel client : silent) {
        client.close();
      }
    }
    assertThat(ask("there is room again").exitStatus()).hasValue(0);
  }

  @Test
  void aBugInTheHandlerIsSaidAndOutlived() throws Exception {
    open();

    assertThat(ask("bug").exitStatus()).hasValue(70);
    assertThat(log).isNotEmpty();
    assertThat(ask("still there").exitStatus()).hasValue(0);
  }

  @Test
  void aThousandEventsAreAllTaken() throws Exception {
    open();
    for (int i = 0; i < 1000; i++) {
      assertThat(ask("event " + i).isOk()).isTrue();
    }
  }

  @Test
  void aClientThatMayNotAskIsRefused() throws Exception {
    open(channel -> false, Limits.DEFAULT);

    try (SocketChannel client = connect()) {
      assertThat(rest(client)).contains("exit 77");
    }
    assertThat(log).containsExactly("refused a request: the client is not root");
  }

  @Test
  void thePeersAreRootAndOneself() throws Exception {
    try (ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listening.bind(UnixDomainSocketAddress.of(socket()));
      try (SocketChannel unused = connect();
          SocketChannel accepted = listening.accept()) {
        assertThat(unused.isConnected()).isTrue();
        assertThat(Peers.of(UID).mayAsk(accepted)).isTrue();
        assertThat(Peers.of(UID + 1).mayAsk(accepted)).isEqualTo(UID == 0);
      }
    }
  }

  @Test
  void theSocketIsClosedToOthersAndGoesWithTheServer() throws Exception {
    open();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
        .isEqualTo("rw-------");

    server.orElseThrow().close();

    assertThat(Files.exists(socket())).isFalse();
    assertThrows(UserException.class, () -> ask("ping"));
  }

  @Test
  void aServerThatStopsFinishesItsAnswers() throws Exception {
    open();
    try (SocketChannel client = connect()) {
      send(client, "wait\n");
      await().atMost(PATIENCE).until(() -> !waiting.isEmpty());
      server.orElseThrow().stopAccepting();
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                try (SocketChannel probe = connect()) {
                  return !probe.isConnected();
                } catch (IOException refused) {
                  return true;
                }
              });
      answerAll();
      server.orElseThrow().close();

      assertThat(rest(client)).isEqualTo("out at last\nexit 0\n");
    }
  }

  @Test
  void anAnswerThatComesWhileTheServerEndsIsWritten() throws Exception {
    open();
    Thread closing = Thread.currentThread();
    try (SocketChannel client = connect()) {
      send(client, "wait\n");
      await().atMost(PATIENCE).until(() -> !waiting.isEmpty());
      // The clock is looked at between the writing of answers and the look whether this is the end.
      atTheNextLookAtTheClock.set(
          () -> {
            while (closing.getState() != Thread.State.TIMED_WAITING) {
              Thread.onSpinWait();
            }
            answerAll();
          });

      server.orElseThrow().close();

      assertThat(rest(client)).isEqualTo("out at last\nexit 0\n");
    }
  }

  @Test
  void aDeadDaemonsSocketIsReplacedAndALiveOnesIsNot() throws Exception {
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(socket()));
    }
    assertThat(Files.exists(socket())).isTrue();
    open();
    assertThat(ask("new").out()).containsExactly("new");

    SystemException e = assertThrows(SystemException.class, this::open);

    assertThat(e.exitCode()).isEqualTo(ExitCode.BUSY);
    assertThat(e).hasMessageThat().contains("hnvf.sock.lock");
    assertThat(ask("still there").out()).containsExactly("still there");
  }

  /** A program that a dead daemon started has its listening socket, and lives on. */
  @Test
  void whereOnlyAStrangerListensItsSocketIsReplaced() throws Exception {
    try (ServerSocketChannel stranger = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      stranger.bind(UnixDomainSocketAddress.of(socket()));
      try (SocketChannel accepted = connect()) {
        assertThat(accepted.isConnected()).isTrue();
      }

      open();

      assertThat(ask("new").out()).containsExactly("new");
    }
  }

  @Test
  void theLockGoesWithTheServerAndIsForItsOwnerAlone() throws Exception {
    open();
    Path lock = directory.resolve("hnvf.sock.lock");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(lock)))
        .isEqualTo("rw-------");
    server.orElseThrow().close();

    open();

    assertThat(ask("again").out()).containsExactly("again");
  }

  @Test
  void aLockThatIsALinkIsNotFollowed() throws Exception {
    Path target = Files.writeString(directory.resolve("target"), "mine");
    Files.createSymbolicLink(directory.resolve("hnvf.sock.lock"), target);

    assertThat(assertThrows(SystemException.class, this::open))
        .hasMessageThat()
        .contains("hnvf.sock.lock");
    assertThat(Files.readString(target)).isEqualTo("mine");
  }

  /** Nor is the place of the socket lost to who comes next where it cannot be had now. */
  @Test
  void whereItCannotBeBoundTheLockIsGivenBack() throws Exception {
    Files.writeString(socket(), "mine");
    assertThrows(SystemException.class, this::open);
    Files.delete(socket());

    open();

    assertThat(ask("now").out()).containsExactly("now");
  }

  @Test
  void whatIsNoSocketIsLeftAlone() throws Exception {
    Files.writeString(socket(), "mine");

    assertThat(assertThrows(SystemException.class, this::open)).hasMessageThat().contains("socket");
    assertThat(Files.readString(socket())).isEqualTo("mine");
  }

  @Test
  void aDirectoryThatIsOpenToOthersIsRefused() throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx-----x"));

    assertThat(assertThrows(SystemException.class, this::open)).hasMessageThat().contains("0700");
    assertThat(Files.exists(socket())).isFalse();
  }

  @Test
  void anothersDirectoryIsRefused() {
    SystemException e =
        assertThrows(
            SystemException.class,
            () ->
                ControlServer.open(
                    socket(),
                    UID + 1,
                    channel -> true,
                    Limits.DEFAULT,
                    this::handle,
                    log::add,
                    this::time));

    assertThat(e).hasMessageThat().contains("is owned by");
  }

  @Test
  void aLinkToADirectoryIsRefused() throws Exception {
    Path link = directory.resolve("link");
    Files.createSymbolicLink(link, directory);

    SystemException e =
        assertThrows(
            SystemException.class,
            () ->
                ControlServer.open(
                    link.resolve("hnvf.sock"),
                    UID,
                    channel -> true,
                    Limits.DEFAULT,
                    this::handle,
                    log::add,
                    this::time));

    assertThat(e).hasMessageThat().contains("not a directory");
  }

  @Test
  void aPathThatIsTooLongForASocketIsSaid() throws Exception {
    Path deep = Files.createDirectories(directory.resolve("d".repeat(120)));
    Files.setPosixFilePermissions(deep, PosixFilePermissions.fromString("rwx------"));

    SystemException e =
        assertThrows(
            SystemException.class,
            () ->
                ControlServer.open(
                    deep.resolve("s"),
                    UID,
                    channel -> true,
                    Limits.DEFAULT,
                    this::handle,
                    log::add,
                    this::time));

    assertThat(e).hasMessageThat().contains("too long");
  }
}
