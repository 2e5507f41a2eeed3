package org.hnvf.control;

import java.time.Duration;

/**
 * What a client may take of the server.
 *
 * @param requestBytes the longest request, its line end aside
 * @param readWithin how long a client may take to send it
 * @param writeWithin how long it may take to read the answer
 * @param clients how many there may be at a time; one more is told to try again
 */
public record Limits(int requestBytes, Duration readWithin, Duration writeWithin, int clients) {

  /** 4 KiB, one second, ten seconds, 32 clients. */
  public static final Limits DEFAULT =
      new Limits(4096, Duration.ofSeconds(1), Duration.ofSeconds(10), 32);
}
