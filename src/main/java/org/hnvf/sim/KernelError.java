package org.hnvf.sim;

/** The error of a system call of the simulated kernel. */
final class KernelError extends Exception {

  private static final long serialVersionUID = 1L;

  private final Errno errno;

  KernelError(Errno errno) {
    super(errno.text(), null, false, false);
    this.errno = errno;
  }

  Errno errno() {
    return errno;
  }

  String text() {
    return errno.text();
  }
}
