package org.hnvf.doctor;

import org.hnvf.model.HnvfException;

/** A fact of the guest, or the reason why it is not known. */
sealed interface Fact<T> {

  /** A fact. */
  record Known<T>(T value) implements Fact<T> {
    @Override
    public T get() {
      return value;
    }
  }

  /** A fact that could not be read. */
  record NotKnown<T>(String why) implements Fact<T> {
    @Override
    public T get() throws NotKnownException {
      throw new NotKnownException(why);
    }
  }

  /** Reads a fact. */
  @FunctionalInterface
  interface Reading<T> {
    T read() throws HnvfException, NotKnownException;
  }

  /** Returns the value. */
  T get() throws NotKnownException;

  /** Reads a fact; a failure is kept as the reason. */
  static <T> Fact<T> of(Reading<T> reading) {
    try {
      return new Known<>(reading.read());
    } catch (HnvfException | NotKnownException e) {
      return new NotKnown<>(String.valueOf(e.getMessage()));
    }
  }
}
