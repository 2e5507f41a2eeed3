package org.hnvf.model;

import java.time.Instant;
import java.util.Optional;

/**
 * What somebody wants of a pair. It is stored, and outlives restart, reboot and re-attach; the
 * operator's word is never undone by a timer of ours.
 */
public sealed interface Wish {

  /** The default: use the VF while it is there. */
  record Auto() implements Wish {}

  /**
   * The operator said {@code failover}: the VF stays out of the lagg and down.
   *
   * @param until the end, where the operator gave one
   */
  record Pinned(Optional<Instant> until) implements Wish {

    /** Whether its time is over. */
    public boolean isOver(Instant now) {
      return until.map(end -> !now.isBefore(end)).orElse(false);
    }
  }

  /** The operator said {@code release}: hands off until {@code failback}. */
  record Released() implements Wish {}

  /**
   * A try failed and was rolled back: the VF stays down until the next one.
   *
   * @param reason what failed
   * @param attempts how often in a row
   * @param nextTry not before this
   */
  record Held(String reason, int attempts, Instant nextTry) implements Wish {}
}
