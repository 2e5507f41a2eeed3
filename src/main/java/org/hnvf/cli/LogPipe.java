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
 * Passes lines to the daemon's log, which a separate thread writes: in the middle of a workflow no
 * thread waits for a disk, or for the reader of a pipe. If the log cannot be written as fast as
 * lines arrive, lines are lost.
 */
final class LogPipe implements Consumer<LogLine>, AutoCloseable {

  /**
   * The length of the queue. A bring-up has some thirty lines at info level, and some hundred at
   * debug.
   */
  private static final int KEPT = 5000;

  /**
   * The time limit of the last lines. Java ends after it, and the rc.d script kills the process if
   * all of it takes too long.
   */
  private static final Duration LAST_LINES = Duration.ofSeconds(5);

  private final Consumer<ImmutableList<LogLine>> writer;
  private final Duration lastLines;

  /** An empty element only wakes the writer. */
  private final BlockingQueue<Optional<LogLine>> lines = new ArrayBlockingQueue<>(KEPT);

  private final AtomicLong lost = new AtomicLong();
  private final Thread thread = new Thread(this::write, "hnvf log");
  private volatile boolean closed;

  /**
   * Creates an open pipe.
   *
   * @param writer writes all waiting lines; if it throws an exception, they are lost
   */
  LogPipe(Consumer<ImmutableList<LogLine>> writer) {
    this(writer, LAST_LINES);
  }

  /** Creates a pipe with this time limit for its last lines. */
  LogPipe(Consumer<ImmutableList<LogLine>> writer, Duration lastLines) {
    this.writer = writer;
    this.lastLines = lastLines;
    thread.setDaemon(true);
    thread.start();
  }

  /** Accepts a line, or drops it; never blocks. */
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
          written(withLoss(now));
        }
      }
    } catch (InterruptedException e) {
      // The writer is not interrupted by others: that could hit a line that is being written.
      Thread.currentThread().interrupt();
    }
  }

  /** A writer that fails must not end this thread: lines that follow may be written again. */
  private void written(ImmutableList<LogLine> now) {
    try {
      writer.accept(now);
    } catch (RuntimeException e) {
      lost.addAndGet(now.size());
    }
  }

  private ImmutableList<LogLine> withLoss(ImmutableList<LogLine> now) {
    long number = lost.getAndSet(0);
    if (number == 0) {
      return now;
    }
    String told =
        number + " lines of this log could not be written, or came too fast, and were lost";
    return ImmutableList.<LogLine>builder()
        .addAll(now)
        .add(new LogLine(now.get(now.size() - 1).at(), Weight.FAULT, "daemon", told))
        .build();
  }

  /** Waits a moment until the last lines are written. */
  @Override
  public void close() {
    closed = true;
    // If the queue is full, the writer does not wait.
    boolean unused = lines.offer(Optional.empty());
    try {
      thread.join(lastLines.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
