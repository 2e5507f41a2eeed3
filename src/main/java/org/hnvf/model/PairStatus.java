package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;

/**
 * A pair as it is and as the operator wants it: a line of {@code hnvf status}.
 *
 * @param pair the pair
 * @param state its state
 * @param reasons why it is INCONSISTENT, or what else is odd
 * @param activePort the interface that carries the traffic
 * @param addresses the addresses of whichever of hn and lagg holds the configuration
 * @param defaultRoute the IPv4 gateway and its interface
 * @param dhcp the interfaces of the pair that a DHCP client serves
 * @param word what the operator said of it
 * @param backOff what keeps hnvf from trying again, where something failed; it counts under AUTO
 * @param delayEnds when the VF's delay ends, while it runs
 */
public record PairStatus(
    Pair pair,
    PairState state,
    ImmutableList<String> reasons,
    Optional<InterfaceName> activePort,
    ImmutableList<String> addresses,
    Optional<String> defaultRoute,
    ImmutableList<String> dhcp,
    OperatorWord word,
    Optional<BackOff> backOff,
    Optional<Instant> delayEnds) {

  /** The same pair with this back-off, or none. */
  public PairStatus backingOff(Optional<BackOff> now) {
    return new PairStatus(
        pair, state, reasons, activePort, addresses, defaultRoute, dhcp, word, now, delayEnds);
  }

  /** The back-off where it counts. */
  public Optional<BackOff> held() {
    return word.counting(backOff);
  }
}
