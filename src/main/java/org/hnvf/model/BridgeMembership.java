package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

/**
 * The membership of hn, or of the lagg in its place, in a bridge(4).
 *
 * @param bridge the bridge
 * @param flags the flags of the member, as ifconfig(8) shows them: {@code LEARNING}, {@code STP}, …
 * @param priority its spanning tree priority
 * @param cost its path cost
 * @param entries the static MAC addresses of the member ({@code static})
 */
public record BridgeMembership(
    InterfaceName bridge,
    ImmutableSet<String> flags,
    int priority,
    int cost,
    ImmutableList<String> entries) {

  /** Returns a copy with these static entries. */
  public BridgeMembership with(ImmutableList<String> macs) {
    return new BridgeMembership(bridge, flags, priority, cost, macs);
  }
}
