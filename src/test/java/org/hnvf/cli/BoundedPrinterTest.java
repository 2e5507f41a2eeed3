package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;

import com.google.common.util.concurrent.Uninterruptibles;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
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
}
