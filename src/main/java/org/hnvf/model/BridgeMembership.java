package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

/**
 * That hn, or the lagg in its place, is a member of a bridge(4), and how.
 *
 * @param bridge the bridge
 * @param flags the flags of the member, as ifconfig(8) shows them: {@code LEARNING}, {@code STP}, …
 * @param priority its spanning tree priority
 * @param cost its path cost
 * @param entries the MAC addresses that somebody gave it ({@code static})
 */
public record BridgeMembership(
    InterfaceName bridge,
    ImmutableSet<String> flags,
    int priority,
    int cost,
    ImmutableList<String> entries) {

  /** The same with these static entries. */
  public BridgeMembership with(ImmutableList<String> macs) {
    return new BridgeMembership(bridge, flags, priority, cost, macs);
  }
}
