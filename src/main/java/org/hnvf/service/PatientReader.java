package org.hnvf.service;

import java.time.Duration;
import org.hnvf.exec.Timer;
import org.hnvf.guest.GuestReader;
import org.hnvf.model.GuestState;
import org.hnvf.model.HyperV;
import org.hnvf.model.SystemException;

/**
 * Reads the guest and repeats the reading after a failure: no decision is possible without it, and
 * the guest may be cut off meanwhile. Three tries, half a second apart.
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

  /** Returns the reader without repetition. */
  GuestReader once() {
    return reader;
  }

  /** One reading. */
  @FunctionalInterface
  private interface Reading<T> {
    T once() throws SystemException;
  }

  /** Returns a snapshot; throws the last failure. */
  GuestState snapshot() throws SystemException {
    return patiently(reader::snapshot);
  }

  /** Returns {@link GuestReader#links}; throws the last failure. */
  GuestState links() throws SystemException {
    return patiently(reader::links);
  }

  /** Returns the variables of hn(4); throws the last failure. */
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
