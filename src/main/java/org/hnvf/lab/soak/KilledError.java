package org.hnvf.lab.soak;

/**
 * {@code kill -9}: nothing in hnvf catches it. What try-with-resources closes on its way is what
 * the kernel closes when a process dies, locks.
 */
final class KilledError extends Error {

  private static final long serialVersionUID = 1L;

  KilledError(String where) {
    super("killed " + where, null, false, false);
  }
}
