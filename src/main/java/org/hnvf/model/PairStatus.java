package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;

/**
 * A pair as it is and as somebody wants it: a line of {@code hnvf status}.
 *
 * @param pair the pair
 * @param state its state
 * @param reasons why it is INCONSISTENT, or what else is odd
 * @param activePort the interface that carries the traffic
 * @param addresses the addresses of whichever of hn and lagg holds the configuration
 * @param defaultRoute the IPv4 gateway and its interface
 * @param dhcp the interfaces of the pair that a DHCP client serves
 * @param wish what somebody wants of it
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
    Wish wish,
    Optional<Instant> delayEnds) {

  /** The same pair, of which somebody now wants this. */
  public PairStatus wanting(Wish now) {
    return new PairStatus(
        pair, state, reasons, activePort, addresses, defaultRoute, dhcp, now, delayEnds);
  }
}
