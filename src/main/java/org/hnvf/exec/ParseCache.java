package org.hnvf.exec;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * A parser that caches its last few results: hnvf reconciles periodically, and a guest mostly
 * prints the same output as before. The class is thread-safe.
 */
public final class ParseCache<T, R> {

  /** The number of cached results, enough for the files of a few pairs. */
  private static final int MOST = 4;

  /** The total size of the cached texts, in characters; a larger text is parsed each time. */
  private static final int ROOM = 1 << 17;

  private final Function<T, R> reading;
  private final ToIntFunction<T> size;
  private final Deque<Answer<T, R>> answers = new ArrayDeque<>();

  private record Answer<T, R>(T shown, R answer) {}

  /**
   * Caches the results of this parser.
   *
   * @param reading the parser; its result depends only on its argument, and both are immutable
   */
  public ParseCache(Function<T, R> reading) {
    this(reading, shown -> 0);
  }

  private ParseCache(Function<T, R> reading, ToIntFunction<T> size) {
    this.reading = reading;
    this.size = size;
  }

  /**
   * Caches the results of a parser of texts, except for large texts, so that the output of a large
   * guest is not kept in memory several times.
   */
  public static <R> ParseCache<String, R> texts(Function<String, R> reading) {
    return new ParseCache<>(reading, String::length);
  }

  /** Returns the result of the parser, from the cache if the argument is cached. */
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
