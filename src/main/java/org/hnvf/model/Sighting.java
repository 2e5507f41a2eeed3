package org.hnvf.model;

import java.time.Instant;
import java.util.Optional;

/**
 * The state of a pair at the end of a look, as far as the history keeps it.
 *
 * @param at when it was seen
 * @param boot {@code kern.boottime} at that time, if known
 * @param state the state
 * @param vf the attached VF
 * @param path the interface that carries the traffic, if known; in transparent mode the VF to which
 *     the host sends, or hn
 * @param held the back-off in words; empty if there is none
 */
public record Sighting(
    Instant at,
    Optional<Instant> boot,
    PairState state,
    Optional<InterfaceName> vf,
    Optional<InterfaceName> path,
    Optional<String> held) {

  /** Creates the sighting of a pair. */
  public static Sighting of(Instant at, Optional<Instant> boot, PairStatus status) {
    Optional<InterfaceName> path =
        status.state() == PairState.TRANSPARENT
            ? status
                .receivingVf()
                .flatMap(InterfaceName::of)
                .or(() -> Optional.of(status.pair().hn()))
            : status.activePort();
    return new Sighting(
        at,
        boot,
        status.state(),
        status.pair().vf(),
        path,
        status.held().map(BackOff::description));
  }

  /** Returns whether this one differs from an earlier one in more than its time. */
  public boolean differsFrom(Sighting earlier) {
    return isAfterBoot(earlier)
        || state != earlier.state
        || !vf.equals(earlier.vf)
        || !path.equals(earlier.path)
        || !held.equals(earlier.held);
  }

  /**
   * Returns whether the guest has booted since an earlier sighting. {@code kern.boottime} moves
   * with the clock, so only a boot after that sighting counts.
   */
  public boolean isAfterBoot(Sighting earlier) {
    return boot.filter(time -> time.isAfter(earlier.at)).isPresent();
  }
}
