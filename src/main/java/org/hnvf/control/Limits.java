package org.hnvf.control;

import java.time.Duration;

/**
 * The limits of a client.
 *
 * @param requestBytes the longest request without its line end
 * @param readWithin the longest time to send it
 * @param writeWithin the longest time to read the answer
 * @param clients the number of clients at a time; a further one is told to try again
 */
public record Limits(int requestBytes, Duration readWithin, Duration writeWithin, int clients) {

  /** 4 KiB, one second, ten seconds, 32 clients. */
  public static final Limits DEFAULT =
      new Limits(4096, Duration.ofSeconds(1), Duration.ofSeconds(10), 32);
}
