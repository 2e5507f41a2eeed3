package org.hnvf.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.Optional;
import org.hnvf.model.ExitCode;

/**
 * One client: its request is read, handled, and answered. Only the server's thread uses it, and it
 * never blocks; a client that does not send or read in time is disconnected.
 */
final class Conversation {

  private final SocketChannel channel;
  private final SelectionKey key;
  private final Limits limits;
  private final ByteBuffer input;
  private Optional<ByteBuffer> output = Optional.empty();
  private Optional<Long> deadline;
  private boolean leaving;

  Conversation(SocketChannel channel, SelectionKey key, Limits limits, long now) {
    this.channel = channel;
    this.key = key;
    this.limits = limits;
    // Larger than a request, to detect a longer one.
    this.input = ByteBuffer.allocate(2 * limits.requestBytes());
    this.deadline = Optional.of(later(now, limits.readWithin()));
  }

  /**
   * Returns the deadline on the clock of {@link System#nanoTime}; empty while the request is
   * handled.
   */
  Optional<Long> deadline() {
    return deadline;
  }

  boolean isOver(long now) {
    return deadline.filter(end -> now - end >= 0).isPresent();
  }

  /** Returns whether the answer is being written. */
  boolean answers() {
    return output.isPresent();
  }

  /** Returns whether a part of the answer has not been read by the client. */
  boolean owes() {
    return output.filter(ByteBuffer::hasRemaining).isPresent();
  }

  /**
   * Reads the available data.
   *
   * @return the complete request, once it has arrived
   * @throws Refused if it is not a valid request
   */
  Optional<String> read() throws IOException, Refused {
    boolean ended = channel.read(input) < 0;
    int end = lineEnd();
    int length = end < 0 ? input.position() : end;
    if (length > limits.requestBytes()) {
      throw new Refused("the request is longer than " + limits.requestBytes() + " bytes");
    }
    if (end < 0 && !ended) {
      return Optional.empty();
    }
    if (length == 0) {
      throw new Refused("the request is empty");
    }
    deadline = Optional.empty();
    key.interestOps(0);
    return Optional.of(text(length));
  }

  private int lineEnd() {
    for (int i = 0; i < input.position(); i++) {
      if (input.get(i) == '\n') {
        return i;
      }
    }
    return -1;
  }

  private String text(int length) throws Refused {
    try {
      return UTF_8.newDecoder().decode(input.duplicate().position(0).limit(length)).toString();
    } catch (CharacterCodingException e) {
      throw new Refused("the request is not UTF-8");
    }
  }

  /**
   * Reads and discards further data of a client whose answer is written, for as long as a request
   * may take. If the socket were closed at once, a client that is still writing would get a broken
   * pipe instead of the answer.
   */
  void leave(long now) throws IOException {
    leaving = true;
    channel.shutdownOutput();
    deadline = Optional.of(later(now, limits.readWithin()));
    key.interestOps(SelectionKey.OP_READ);
  }

  boolean isLeaving() {
    return leaving;
  }

  /** Discards the available data; returns whether the client has closed its side. */
  boolean drain() throws IOException {
    return channel.read(input.clear()) < 0;
  }

  /** Starts the answer. */
  void answer(Answer answer, long now) {
    output = Optional.of(UTF_8.encode(answer.wire()));
    deadline = Optional.of(later(now, limits.writeWithin()));
    key.interestOps(SelectionKey.OP_WRITE);
  }

  /** Refuses the request while it is still being read. */
  void refuse(String reason, long now) {
    answer(Answer.fault("hnvf: " + reason + "; nothing was done", ExitCode.BAD_DATA), now);
  }

  /** Writes as much of the answer as the client accepts; returns whether it is complete. */
  boolean write() throws IOException {
    if (output.isEmpty()) {
      return false;
    }
    channel.write(output.get());
    return !output.get().hasRemaining();
  }

  private static long later(long now, Duration duration) {
    return now + duration.toNanos();
  }

  /** A request that is not valid. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String reason) {
      super(reason);
    }
  }
}
