package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.util.concurrent.Uninterruptibles;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A reader of standard error that hangs stalls no caller. */
final class BoundedPrinterTest {

  private static final Duration LONG = Duration.ofMinutes(10);

  private final List<String> printed = new CopyOnWriteArrayList<>();
  private final CountDownLatch goesOn = new CountDownLatch(1);
  private final CountDownLatch last = new CountDownLatch(1);

  private void printLate(String line) {
    Uninterruptibles.awaitUninterruptibly(goesOn);
    printed.add(line);
    if (line.equals("last")) {
      last.countDown();
    }
  }

  @Test
  void aLineIsPrintedBeforeTheCallerGoesOn() {
    BoundedPrinter printer = new BoundedPrinter(printed::add, LONG);
    printer.print("a");
    assertThat(printed).containsExactly("a");
    printer.print("b");
    assertThat(printed).containsExactly("a", "b").inOrder();
  }

  @Test
  @Timeout(600)
  void noCallerWaitsForAStuckOutput() throws InterruptedException {
    // A wait for each of the thousand lines would take longer than this test may.
    BoundedPrinter printer = new BoundedPrinter(this::printLate, Duration.ofSeconds(1));
    for (int i = 0; i < 1000; i++) {
      printer.print("line " + i);
    }
    assertThat(printed).isEmpty();
    goesOn.countDown();
    while (!printed.contains("last")) {
      printer.print("last");
      boolean unused = last.await(10, TimeUnit.MILLISECONDS);
    }
    assertThat(printed.subList(0, 3)).containsExactly("line 0", "line 1", "line 2").inOrder();
  }

  /** One line is with the thread and a hundred wait; the others are lost. */
  @Test
  @Timeout(600)
  void lostLinesAreCountedWhenTheOutputGoesOn() throws InterruptedException {
    CountDownLatch told = new CountDownLatch(1);
    BoundedPrinter printer =
        new BoundedPrinter(
            line -> {
              printLate(line);
              if (line.contains("lost")) {
                told.countDown();
              }
            },
            Duration.ofMillis(1));
    for (int i = 0; i < 150; i++) {
      printer.print("line " + i);
    }
    goesOn.countDown();
    assertThat(told.await(5, TimeUnit.MINUTES)).isTrue();
    assertThat(printed).hasSize(102);
    assertThat(printed.get(100)).isEqualTo("line 100");
    assertThat(printed.get(101)).isEqualTo("hnvf: 49 lines were lost");
    printer.print("next");
    printer.print("last");
    assertThat(last.await(5, TimeUnit.MINUTES)).isTrue();
    assertThat(printed.subList(102, printed.size())).containsExactly("next", "last").inOrder();
  }

  /** The number stands where the lines would have stood, also if the queue is never empty. */
  @Test
  @Timeout(600)
  void lostLinesAreToldBeforeTheNextLine() throws InterruptedException {
    Semaphore taken = new Semaphore(0);
    Semaphore permits = new Semaphore(0);
    BoundedPrinter printer =
        new BoundedPrinter(
            line -> {
              taken.release();
              permits.acquireUninterruptibly();
              printed.add(line);
              if (line.equals("last")) {
                last.countDown();
              }
            },
            Duration.ofMillis(1));
    for (int i = 0; i < 102; i++) {
      printer.print("line " + i);
    }
    // The thread has printed the first line, and holds the second: one more finds a place.
    permits.release();
    assertThat(taken.tryAcquire(2, 5, TimeUnit.MINUTES)).isTrue();
    printer.print("last");
    permits.release(1000);
    assertThat(last.await(5, TimeUnit.MINUTES)).isTrue();
    assertThat(printed.subList(100, printed.size()))
        .containsExactly("line 100", "hnvf: 1 line was lost", "last")
        .inOrder();
  }
}
