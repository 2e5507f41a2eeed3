package org.hnvf.sim;

/** The time limit of the running command is over: it is killed where it stands. */
final class OutOfTime extends Exception {

  private static final long serialVersionUID = 1L;

  OutOfTime() {
    super("time limit", null, false, false);
  }
}
