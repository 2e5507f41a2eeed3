package org.hnvf.service;

import java.time.Duration;
import org.hnvf.exec.Timer;
import org.hnvf.guest.GuestReader;
import org.hnvf.model.GuestState;
import org.hnvf.model.HyperV;
import org.hnvf.model.SystemException;

/**
 * Reads the guest, and once more where that fails: nothing can be decided without, and the guest
 * may be cut off meanwhile. Three tries, half a second apart.
 */
final class PatientReader {

  private static final int TRIES = 3;
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final GuestReader reader;
  private final Timer timer;

  PatientReader(GuestReader reader, Timer timer) {
    this.reader = reader;
    this.timer = timer;
  }

  /** The reader that it asks, for whoever has no need of patience. */
  GuestReader once() {
    return reader;
  }

  /** What is read, in one try. */
  @FunctionalInterface
  private interface Reading<T> {
    T once() throws SystemException;
  }

  /** What the guest shows; the last failure where it could not be read. */
  GuestState snapshot() throws SystemException {
    return patiently(reader::snapshot);
  }

  /** The same of {@link GuestReader#links}. */
  GuestState links() throws SystemException {
    return patiently(reader::links);
  }

  /** What hn(4) tells alone; the last failure where it could not be read. */
  HyperV hyperV() throws SystemException {
    return patiently(reader::hyperV);
  }

  private <T> T patiently(Reading<T> reading) throws SystemException {
    for (int attempt = 1; ; attempt++) {
      try {
        return reading.once();
      } catch (SystemException e) {
        if (attempt == TRIES) {
          throw e;
        }
      }
      try {
        timer.sleep(PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw SystemException.failed("interrupted before the guest could be read", e);
      }
    }
  }
}
