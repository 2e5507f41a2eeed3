package org.hnvf.lab.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hnvf.model.SystemException;

/** Runs cases on several threads. */
final class Workers {

  private Workers() {}

  /**
   * Runs the same worker on each of these threads, and waits until all have ended.
   *
   * @throws SystemException if the caller is interrupted
   */
  static void run(int threads, Callable<?> worker) throws SystemException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(pool.submit(worker));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SystemException.failed("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a case could not be run", e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }
}
