package org.hnvf.lab.rehearse;

/**
 * Something that can be left out of a capture.
 *
 * @param what its name, for messages
 */
record Omission(String what, Edit edit) {

  /** Returns a capture without it. */
  @FunctionalInterface
  interface Edit {
    Capture of(Capture capture);
  }
}
