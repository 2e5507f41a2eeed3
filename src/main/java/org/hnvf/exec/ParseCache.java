package org.hnvf.exec;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * A reading of what a machine shows that remembers its last few answers: hnvf looks again and
 * again, and a machine mostly shows what it showed at the look before. May be used by many threads.
 */
public final class ParseCache<T, R> {

  /** Enough for the files of a few pairs, read in turn. */
  private static final int MOST = 4;

  /** What texts may hold together, in characters; a larger one is read each time. */
  private static final int ROOM = 1 << 17;

  private final Function<T, R> reading;
  private final ToIntFunction<T> size;
  private final Deque<Answer<T, R>> answers = new ArrayDeque<>();

  private record Answer<T, R>(T shown, R answer) {}

  /**
   * Remembers what it reads.
   *
   * @param reading its answer depends on what it is given alone, and nobody can change either
   */
  public ParseCache(Function<T, R> reading) {
    this(reading, shown -> 0);
  }

  private ParseCache(Function<T, R> reading, ToIntFunction<T> size) {
    this.reading = reading;
    this.size = size;
  }

  /**
   * Remembers what it reads in texts, as long as these are not large: what a large guest shows, and
   * what was read in it, is not kept several times over.
   */
  public static <R> ParseCache<String, R> texts(Function<String, R> reading) {
    return new ParseCache<>(reading, String::length);
  }

  /** The answer of the reading, which is not asked where it was asked the same of late. */
  public synchronized R of(T shown) {
    for (Answer<T, R> known : answers) {
      if (known.shown().equals(shown)) {
        return known.answer();
      }
    }
    Answer<T, R> read = new Answer<>(shown, reading.apply(shown));
    answers.addFirst(read);
    while (answers.size() > MOST || held() > ROOM) {
      answers.removeLast();
    }
    return read.answer();
  }

  private int held() {
    return answers.stream().mapToInt(answer -> size.applyAsInt(answer.shown())).sum();
  }
}
