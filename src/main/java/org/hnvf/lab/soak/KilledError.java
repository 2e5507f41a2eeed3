package org.hnvf.lab.soak;

/**
 * {@code kill -9}: hnvf does not catch it. try-with-resources closes on its way the locks that the
 * kernel closes when a process dies.
 */
final class KilledError extends Error {

  private static final long serialVersionUID = 1L;

  KilledError(String where) {
    super("killed " + where, null, false, false);
  }
}
