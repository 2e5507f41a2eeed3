package org.hnvf.model;

import java.time.Instant;
import java.util.Optional;

/**
 * The administrator's last request for a pair. It is stored and survives restart, reboot and
 * re-attach; no timer of hnvf ends it. It has precedence over the pair's {@link BackOff}.
 */
public sealed interface OperatorWord {

  /** The default, which {@code failback} restores: hnvf uses the VF while it is attached. */
  record Auto() implements OperatorWord {}

  /**
   * {@code failover}: the VF stays out of the lagg and down.
   *
   * @param until the end, if the administrator set one
   */
  record Pinned(Optional<Instant> until) implements OperatorWord {

    /** Returns whether its end has passed. */
    public boolean isOver(Instant now) {
      return until.map(end -> !now.isBefore(end)).orElse(false);
    }
  }

  /** {@code release}: hnvf does not change the pair until {@code failback}. */
  record Released() implements OperatorWord {}

  /** Returns the back-off under AUTO, and empty otherwise. */
  default Optional<BackOff> effectiveBackOff(Optional<BackOff> stored) {
    return this instanceof Auto ? stored : Optional.empty();
  }
}
