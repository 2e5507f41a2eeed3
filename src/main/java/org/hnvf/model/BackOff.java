package org.hnvf.model;

import java.time.Instant;

/**
 * After a failure the pair is HELD: its VF stays down until the next try. It is stored beside the
 * {@link OperatorWord} and counts only where that is AUTO; {@code failback} ends it.
 *
 * @param cause what failed
 * @param attempts how often in a row
 * @param nextTry no try before this
 */
public record BackOff(String cause, int attempts, Instant nextTry) {

  /** Whether the next try is still to come. */
  public boolean waits(Instant now) {
    return now.isBefore(nextTry);
  }
}
