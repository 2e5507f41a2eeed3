package org.hnvf.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Prints lines on a thread of its own and waits for each one, but not for long: standard error may
 * be a pipe that its reader does not empty, and the guest may be cut off meanwhile. Until a line
 * that takes too long is printed, further lines are not awaited, and some of them may be lost.
 * Their number is printed in their place.
 */
final class BoundedPrinter {

  private static final int KEPT = 100;

  private final Consumer<String> out;
  private final Duration patience;

  /** Has no thread until there is a line, because few processes print one. */
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(KEPT), BoundedPrinter::thread);

  private volatile boolean stuck;

  /** Guards {@link #lost} together with the queue. */
  private final Object order = new Object();

  /** The lines that were lost since the last one that found a place. */
  private int lost;

  /**
   * Creates it.
   *
   * @param out prints a line
   * @param patience the longest wait for a line
   */
  BoundedPrinter(Consumer<String> out, Duration patience) {
    this.out = out;
    this.patience = patience;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "hnvf messages");
    thread.setDaemon(true);
    return thread;
  }

  /** Prints a line. */
  void print(String line) {
    Optional<Future<?>> printed = queued(line);
    if (printed.isPresent() && !stuck) {
      await(printed.get());
    }
  }

  /** Queues a line; empty if the queue is full, and the line is lost. */
  private Optional<Future<?>> queued(String line) {
    synchronized (order) {
      int before = lost;
      try {
        Future<?> printed = thread.submit(() -> printNow(before, line));
        lost = 0;
        return Optional.of(printed);
      } catch (RejectedExecutionException e) {
        lost++;
        stuck = true;
        return Optional.empty();
      }
    }
  }

  private void printNow(int lostBefore, String line) {
    tell(lostBefore);
    out.accept(line);
    stuck = false;
    tell(lostAtTheEnd());
  }

  /** Returns the number of lines that were lost after the last one; 0 while others wait. */
  private int lostAtTheEnd() {
    synchronized (order) {
      if (!thread.getQueue().isEmpty()) {
        return 0;
      }
      int after = lost;
      lost = 0;
      return after;
    }
  }

  private void tell(int number) {
    if (number > 0) {
      out.accept(LogLine.plain(number + (number == 1 ? " line was lost" : " lines were lost")));
    }
  }

  private void await(Future<?> printed) {
    try {
      printed.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      stuck = !printed.isDone();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a message could not be printed", e);
    }
  }
}
