package org.hnvf.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The daemon's log, which a thread of its own writes: in the middle of a workflow nobody waits for
 * whoever reads the log. A log that is not read, or closed, loses lines and does nothing else.
 */
final class LogPipe implements Consumer<String>, AutoCloseable {

  private static final int KEPT = 1000;

  /** Java ends after it, and the rc.d script kills what takes longer than all that together. */
  private static final Duration LAST_LINES = Duration.ofSeconds(5);

  private final PrintWriter writer;
  private final Duration lastLines;

  /** An empty one only wakes the writer. */
  private final BlockingQueue<Optional<String>> lines = new ArrayBlockingQueue<>(KEPT);

  private final AtomicLong lost = new AtomicLong();
  private final Thread thread = new Thread(this::write, "hnvf log");
  private volatile boolean closed;

  LogPipe(PrintWriter writer) {
    this(writer, LAST_LINES);
  }

  /** One whose last lines may take this long. */
  LogPipe(PrintWriter writer, Duration lastLines) {
    this.writer = writer;
    this.lastLines = lastLines;
    thread.setDaemon(true);
    thread.start();
  }

  /** Takes a line, or loses it; never waits. */
  @Override
  public void accept(String line) {
    if (!lines.offer(Optional.of(line))) {
      lost.incrementAndGet();
    }
  }

  private void write() {
    try {
      while (!closed || !lines.isEmpty()) {
        lines.take().ifPresent(line -> writer.println("hnvf: " + line));
        tellLoss();
        writer.flush();
      }
    } catch (InterruptedException e) {
      // Nobody does: it could hit a line that is being written.
      Thread.currentThread().interrupt();
    }
  }

  private void tellLoss() {
    long number = lost.getAndSet(0);
    if (number > 0) {
      writer.println("hnvf: " + number + " lines of this log were lost: nobody read it");
    }
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
