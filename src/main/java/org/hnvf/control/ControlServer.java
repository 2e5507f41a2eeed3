package org.hnvf.control;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.hnvf.model.ExitCode;
import org.hnvf.model.SystemException;

/**
 * Serves all clients of the socket on one thread, which never blocks: the handler works on other
 * threads. A client that stops in the middle of a request, sends invalid or endless data, or
 * disconnects does not affect other clients.
 */
public final class ControlServer implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(200);

  /** The number of refused clients whose remaining data is read; further ones are disconnected. */
  private static final int LEAVING = 64;

  private static final Duration LAST_ANSWERS = Duration.ofSeconds(2);

  private final Path socket;
  private final Limits limits;
  private final Peers peers;
  private final RequestHandler handler;
  private final Consumer<String> log;
  private final LongSupplier nanoTime;
  private final ControlSocket listening;
  private final ServerSocketChannel server;
  private final Selector selector;
  private final Thread thread = new Thread(this::serve, "hnvf control");
  private final Queue<Runnable> replies = new ConcurrentLinkedQueue<>();
  private volatile boolean accepting = true;
  private volatile boolean closed;
  private Optional<Long> acceptAgain = Optional.empty();

  private ControlServer(
      Path socket,
      Limits limits,
      Peers peers,
      RequestHandler handler,
      Consumer<String> log,
      LongSupplier nanoTime,
      ControlSocket listening,
      Selector selector) {
    this.socket = socket;
    this.limits = limits;
    this.peers = peers;
    this.handler = handler;
    this.log = log;
    this.nanoTime = nanoTime;
    this.listening = listening;
    this.server = listening.channel();
    this.selector = selector;
  }

  /**
   * Listens and serves.
   *
   * @param socket the path; its directory must belong to {@code uid} and be closed to all other
   *     users
   * @param uid the user id of this process; only this user and root may send requests
   * @param handler answers requests
   * @param log receives faults of clients
   * @throws SystemException if the socket cannot be created; busy, if another daemon serves it
   */
  public static ControlServer open(
      Path socket, long uid, Limits limits, RequestHandler handler, Consumer<String> log)
      throws SystemException {
    return open(socket, uid, Peers.of(uid), limits, handler, log, System::nanoTime);
  }

  static ControlServer open(
      Path socket,
      long uid,
      Peers peers,
      Limits limits,
      RequestHandler handler,
      Consumer<String> log,
      LongSupplier nanoTime)
      throws SystemException {
    ControlSocket listening = ControlSocket.listen(socket, uid);
    try {
      Selector selector = Selector.open();
      listening.channel().register(selector, SelectionKey.OP_ACCEPT);
      ControlServer opened =
          new ControlServer(socket, limits, peers, handler, log, nanoTime, listening, selector);
      opened.thread.setDaemon(true);
      opened.thread.start();
      return opened;
    } catch (IOException e) {
      closeAfter(e, listening);
      throw SystemException.failed("cannot serve requests on " + socket + ": " + e, e);
    }
  }

  private static void closeAfter(IOException failure, ControlSocket listening) {
    try {
      listening.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** Accepts no more clients. Connected ones are still served. */
  public void stopAccepting() {
    accepting = false;
    selector.wakeup();
  }

  /** Waits a moment until the last answers are read, ends, and deletes the socket. */
  @Override
  public void close() {
    stopAccepting();
    closed = true;
    selector.wakeup();
    try {
      thread.join(LAST_ANSWERS.multipliedBy(2).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      listening.close();
    } catch (IOException e) {
      log.accept("cannot remove " + socket + ": " + e);
    }
  }

  private void serve() {
    Optional<Long> end = Optional.empty();
    try {
      while (end.isEmpty() || (hasOutput() && nanoTime.getAsLong() - end.get() < 0)) {
        selector.select(this::ready, wait(end));
        answer();
        expire();
        if (!accepting && server.isOpen()) {
          server.close();
        }
        if (closed && end.isEmpty()) {
          end = Optional.of(nanoTime.getAsLong() + LAST_ANSWERS.toNanos());
        }
      }
    } catch (IOException e) {
      log.accept("the control socket failed and was closed: " + e);
    } finally {
      closeAll();
    }
  }

  /**
   * Returns whether an answer is unsent; one may have been added after {@link #answer} and before
   * the end was noticed.
   */
  private boolean hasOutput() {
    return !replies.isEmpty()
        || selector.keys().stream()
            .anyMatch(
                key -> key.isValid() && key.attachment() instanceof Conversation c && c.owes());
  }

  private void closeAll() {
    selector.keys().forEach(ControlServer::close);
    try {
      server.close();
      selector.close();
    } catch (IOException e) {
      log.accept("the control socket cannot be closed: " + e);
    }
  }

  /** Returns the milliseconds until the next deadline of a client; 0 for no deadline. */
  private long wait(Optional<Long> end) {
    long now = nanoTime.getAsLong();
    long next = Long.MAX_VALUE;
    for (SelectionKey key : selector.keys()) {
      if (key.attachment() instanceof Conversation client && client.deadline().isPresent()) {
        next = Math.min(next, client.deadline().get() - now);
      }
    }
    for (Optional<Long> at : ImmutableList.of(acceptAgain, end)) {
      next = Math.min(next, at.map(t -> t - now).orElse(next));
    }
    return next == Long.MAX_VALUE ? 0 : Math.max(1, next / 1_000_000 + 1);
  }

  private void ready(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        accept();
      } else if (key.attachment() instanceof Conversation client) {
        go(key, client);
      }
    } catch (IOException | CancelledKeyException clientIsGone) {
      close(key);
    }
  }

  private void go(SelectionKey key, Conversation client) throws IOException {
    if (client.isLeaving()) {
      if (client.drain()) {
        close(key);
      }
      return;
    }
    if (key.isReadable()) {
      try {
        client.read().ifPresent(line -> hand(key, client, line));
      } catch (Conversation.Refused e) {
        client.refuse(String.valueOf(e.getMessage()), nanoTime.getAsLong());
      }
    }
    if (key.isValid() && client.answers() && client.write()) {
      close(key);
    }
  }

  private void hand(SelectionKey key, Conversation client, String line) {
    try {
      handler.answer(
          line,
          answer -> {
            replies.add(() -> reply(key, client, answer));
            selector.wakeup();
          });
    } catch (RuntimeException e) {
      log.accept("this is a bug of hnvf: a request could not be served: " + e);
      client.answer(
          Answer.fault("hnvf: this is a bug of hnvf: " + e, ExitCode.SOFTWARE),
          nanoTime.getAsLong());
    }
  }

  private void answer() {
    for (Runnable reply = replies.poll(); reply != null; reply = replies.poll()) {
      reply.run();
    }
  }

  private void reply(SelectionKey key, Conversation client, Answer answer) {
    if (!key.isValid() || client.answers()) {
      return;
    }
    client.answer(answer, nanoTime.getAsLong());
    try {
      if (client.write()) {
        close(key);
      }
    } catch (IOException clientIsGone) {
      close(key);
    }
  }

  private void expire() {
    long now = nanoTime.getAsLong();
    for (SelectionKey key : selector.keys()) {
      if (key.isValid() && key.attachment() instanceof Conversation client && client.isOver(now)) {
        if (client.answers()) {
          close(key);
        } else {
          client.refuse("the request was not complete within " + limits.readWithin(), now);
        }
      }
    }
    if (acceptAgain.filter(at -> now - at >= 0).isPresent() && server.isOpen()) {
      acceptAgain = Optional.empty();
      server.keyFor(selector).interestOps(SelectionKey.OP_ACCEPT);
    }
  }

  private void accept() throws IOException {
    try {
      SocketChannel channel = server.accept();
      if (channel != null) {
        admit(channel);
      }
    } catch (IOException e) {
      // Probably no file descriptor is free. The client stays in the queue; trying again at once
      // would use all of a processor.
      log.accept("cannot accept a connection on the control socket: " + e);
      acceptAgain = Optional.of(nanoTime.getAsLong() + PAUSE.toNanos());
      server.keyFor(selector).interestOps(0);
    }
  }

  private void admit(SocketChannel channel) {
    try {
      channel.configureBlocking(false);
      long now = nanoTime.getAsLong();
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
      Conversation client = new Conversation(channel, key, limits, now);
      key.attach(client);
      Optional<Answer> refusal = refusal(channel);
      if (refusal.isPresent()) {
        client.answer(refusal.get(), now);
        if (client.write() && leaving() < LEAVING) {
          client.leave(now);
        } else {
          close(key);
        }
      }
    } catch (IOException clientIsGone) {
      closeQuietly(channel);
    }
  }

  private Optional<Answer> refusal(SocketChannel channel) throws IOException {
    if (!peers.mayAsk(channel)) {
      log.accept("refused a request: the client is not root");
      return Optional.of(
          Answer.fault("hnvf: only root may send requests to the daemon", ExitCode.NOT_ROOT));
    }
    long clients = selector.keys().stream().filter(ControlServer::isServed).count();
    return clients > limits.clients()
        ? Optional.of(Answer.fault("busy", ExitCode.BUSY))
        : Optional.empty();
  }

  private long leaving() {
    return selector.keys().stream()
        .filter(k -> k.isValid() && k.attachment() instanceof Conversation c && c.isLeaving())
        .count();
  }

  private static boolean isServed(SelectionKey key) {
    return key.isValid() && key.attachment() instanceof Conversation c && !c.isLeaving();
  }

  private static void close(SelectionKey key) {
    key.cancel();
    if (key.channel() instanceof SocketChannel channel) {
      closeQuietly(channel);
    }
  }

  /**
   * The connection is shut down first: a program that this process started may have the socket
   * open, too.
   */
  private static void closeQuietly(SocketChannel channel) {
    try (channel) {
      channel.shutdownOutput();
    } catch (IOException itIsGoneAnyway) {
      return;
    }
  }
}
