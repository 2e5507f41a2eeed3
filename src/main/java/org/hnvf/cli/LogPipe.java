package org.hnvf.cli;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.hnvf.daemon.Weight;

/**
 * The way to the daemon's log, which a thread of its own writes: in the middle of a workflow nobody
 * waits for a disk, or for the reader of a pipe. A log that cannot be written as fast as lines come
 * loses lines, and does nothing else.
 */
final class LogPipe implements Consumer<LogLine>, AutoCloseable {

  /** A bring-up has some thirty lines at info level, and some hundred at debug. */
  private static final int KEPT = 5000;

  /** Java ends after it, and the rc.d script kills what takes longer than all that together. */
  private static final Duration LAST_LINES = Duration.ofSeconds(5);

  private final Consumer<ImmutableList<LogLine>> writer;
  private final Duration lastLines;

  /** An empty one only wakes the writer. */
  private final BlockingQueue<Optional<LogLine>> lines = new ArrayBlockingQueue<>(KEPT);

  private final AtomicLong lost = new AtomicLong();
  private final Thread thread = new Thread(this::write, "hnvf log");
  private volatile boolean closed;

  /**
   * A way that is open.
   *
   * @param writer writes all lines that wait, and throws nothing
   */
  LogPipe(Consumer<ImmutableList<LogLine>> writer) {
    this(writer, LAST_LINES);
  }

  /** One whose last lines may take this long. */
  LogPipe(Consumer<ImmutableList<LogLine>> writer, Duration lastLines) {
    this.writer = writer;
    this.lastLines = lastLines;
    thread.setDaemon(true);
    thread.start();
  }

  /** Takes a line, or loses it; never waits. */
  @Override
  public void accept(LogLine line) {
    if (!lines.offer(Optional.of(line))) {
      lost.incrementAndGet();
    }
  }

  private void write() {
    try {
      while (!closed || !lines.isEmpty()) {
        List<Optional<LogLine>> waiting = new ArrayList<>();
        waiting.add(lines.take());
        lines.drainTo(waiting);
        ImmutableList<LogLine> now =
            waiting.stream().flatMap(Optional::stream).collect(ImmutableList.toImmutableList());
        if (!now.isEmpty()) {
          writer.accept(withLoss(now));
        }
      }
    } catch (InterruptedException e) {
      // Nobody does: it could hit a line that is being written.
      Thread.currentThread().interrupt();
    }
  }

  private ImmutableList<LogLine> withLoss(ImmutableList<LogLine> now) {
    long number = lost.getAndSet(0);
    if (number == 0) {
      return now;
    }
    String told =
        "daemon: "
            + number
            + " lines of this log were lost because they came faster than they could "
            + "be written";
    return ImmutableList.<LogLine>builder()
        .addAll(now)
        .add(new LogLine(now.get(now.size() - 1).at(), Weight.FAULT, told))
        .build();
  }

  /** Gives the last lines a moment to be written. */
  @Override
  public void close() {
    closed = true;
    // Where there is no room for it the writer does not wait.
    boolean unused = lines.offer(Optional.empty());
    try {
      thread.join(lastLines.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
