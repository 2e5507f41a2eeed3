package org.hnvf.doctor;

/** A check needs a fact that could not be read. */
final class NotKnownException extends Exception {

  private static final long serialVersionUID = 1L;

  NotKnownException(String why) {
    super(why);
  }
}
