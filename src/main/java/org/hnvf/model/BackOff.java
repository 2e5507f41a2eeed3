package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;

/**
 * The back-off of a pair. hnvf keeps the VF down while the back-off lasts. It is stored beside the
 * {@link OperatorWord} and applies only under AUTO; {@code failback} clears it.
 *
 * @param kind the reason for the back-off, which also determines when it ends
 * @param cause what failed, or was refused
 * @param attempts the number of failures in a row
 * @param nextTry the earliest time of the next retry; not used for {@code BY_CAUSE}, which no timer
 *     ends
 * @param tries the failed tries since the last successful one, oldest first
 */
public record BackOff(
    Kind kind, String cause, int attempts, Instant nextTry, ImmutableList<Tried> tries) {

  /** Why the VF is held down. */
  public enum Kind {
    /**
     * The configuration forbids the move, and no step was started. hnvf checks again when the
     * configuration changes and after the pause: the check does not interrupt traffic.
     */
    REFUSED,
    /**
     * The same fault occurred twice with the same configuration. hnvf retries when the
     * configuration changes, never by a timer.
     */
    BY_CAUSE,
    /** A fault occurred that may be temporary. hnvf retries after the pause. */
    PASSING,
    /**
     * Hold-down: no step failed, but the VF came up too often. hnvf uses the VF again after the
     * pause.
     */
    TOO_OFTEN
  }

  /**
   * A try that failed, or was refused.
   *
   * @param at when
   * @param vf the VF
   * @param fingerprint the fingerprint of the pair's configuration
   * @param cause the fault, without the parts of its text that vary
   */
  public record Tried(Instant at, Optional<InterfaceName> vf, String fingerprint, String cause) {}

  /** Creates the back-off of a temporary fault. */
  public BackOff(String cause, int attempts, Instant nextTry) {
    this(Kind.PASSING, cause, attempts, nextTry, ImmutableList.of());
  }

  /** Returns whether the pause is not over yet. */
  public boolean isPausing(Instant now) {
    return kind == Kind.BY_CAUSE || now.isBefore(nextTry);
  }

  /** Returns the end of the pause, or empty if no timer ends this back-off. */
  public Optional<Instant> ends() {
    return kind == Kind.BY_CAUSE ? Optional.empty() : Optional.of(nextTry);
  }

  /** Returns the kind and the cause as text for the administrator. */
  public String description() {
    return switch (kind) {
          case REFUSED -> "refused: ";
          case BY_CAUSE -> "held by cause: ";
          case PASSING -> "held after a failure: ";
          case TOO_OFTEN -> "held down: ";
        }
        + cause;
  }

  /** Returns a copy of another kind with other tries. */
  public BackOff as(Kind now, ImmutableList<Tried> others) {
    return new BackOff(now, cause, attempts, nextTry, others);
  }

  /** Returns a copy whose pause ends at this instant. */
  public BackOff dueAt(Instant now) {
    return now.isBefore(nextTry) ? new BackOff(kind, cause, attempts, now, tries) : this;
  }
}
