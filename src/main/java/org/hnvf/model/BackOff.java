package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;

/**
 * What keeps hnvf from using the pair's VF, which stays down meanwhile. It is stored beside the
 * {@link OperatorWord} and counts only where that is AUTO; {@code failback} ends it.
 *
 * @param kind why it is held, which also says what ends it
 * @param cause what failed, or was refused
 * @param attempts how often in a row
 * @param nextTry no try before this; where it is held by cause no time ends it
 * @param tries the tries that failed since the VF was last brought up well, the last one last
 */
public record BackOff(
    Kind kind, String cause, int attempts, Instant nextTry, ImmutableList<Tried> tries) {

  /** Why the VF is held down. */
  public enum Kind {
    /**
     * Something of the configuration forbids it, and nothing was begun. It is asked for again when
     * the configuration changes, and after the pause: to ask cuts nothing.
     */
    REFUSED,
    /**
     * The same failed twice on the same configuration. It is tried again when the configuration
     * changes, never by a timer.
     */
    BY_CAUSE,
    /** Something failed that may pass; it is tried again after the pause. */
    PASSING,
    /** Nothing failed: the VF came up too often. It is used again after the pause. */
    TOO_OFTEN
  }

  /**
   * A try that failed, or was refused.
   *
   * @param at when
   * @param vf the VF
   * @param fingerprint what the pair's configuration was
   * @param cause what failed, without what varies
   */
  public record Tried(Instant at, Optional<InterfaceName> vf, String fingerprint, String cause) {}

  /** A passing fault. */
  public BackOff(String cause, int attempts, Instant nextTry) {
    this(Kind.PASSING, cause, attempts, nextTry, ImmutableList.of());
  }

  /** Whether the VF is still to be left alone. */
  public boolean waits(Instant now) {
    return kind == Kind.BY_CAUSE || now.isBefore(nextTry);
  }

  /** When time ends it; empty where no time does. */
  public Optional<Instant> ends() {
    return kind == Kind.BY_CAUSE ? Optional.empty() : Optional.of(nextTry);
  }

  /** For a person: what holds it, and the cause. */
  public String told() {
    return switch (kind) {
          case REFUSED -> "refused: ";
          case BY_CAUSE -> "held by cause: ";
          case PASSING -> "held after a failure: ";
          case TOO_OFTEN -> "held down: ";
        }
        + cause;
  }

  /** The same of another kind, with other tries. */
  public BackOff as(Kind now, ImmutableList<Tried> others) {
    return new BackOff(now, cause, attempts, nextTry, others);
  }

  /** The same, whose pause is over. */
  public BackOff dueAt(Instant now) {
    return now.isBefore(nextTry) ? new BackOff(kind, cause, attempts, now, tries) : this;
  }
}
