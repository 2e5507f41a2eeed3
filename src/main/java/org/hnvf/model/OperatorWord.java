package org.hnvf.model;

import java.time.Instant;
import java.util.Optional;

/**
 * What the operator said last of a pair. It is stored, and outlives restart, reboot and re-attach;
 * no timer of hnvf's own ends it. It comes before the pair's {@link BackOff}.
 */
public sealed interface OperatorWord {

  /** The default, and what {@code failback} says: use the VF while it is there. */
  record Auto() implements OperatorWord {}

  /**
   * {@code failover}: the VF stays out of the lagg and down.
   *
   * @param until the end, where the operator gave one
   */
  record Pinned(Optional<Instant> until) implements OperatorWord {

    /** Whether its time is over. */
    public boolean isOver(Instant now) {
      return until.map(end -> !now.isBefore(end)).orElse(false);
    }
  }

  /** {@code release}: hands off until {@code failback}. */
  record Released() implements OperatorWord {}

  /** The back-off where it counts, which is only under AUTO. */
  default Optional<BackOff> counting(Optional<BackOff> stored) {
    return this instanceof Auto ? stored : Optional.empty();
  }
}
