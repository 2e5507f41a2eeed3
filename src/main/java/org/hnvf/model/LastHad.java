package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;

/**
 * What a pair had when the last workflow on it began, as far as a later look has to know it when
 * that workflow has long ended: whether a default route was its own, its address by DHCP, and its
 * VLANs.
 *
 * @param begun when the workflow began
 * @param boot {@code kern.boottime} then, where it was known
 * @param defaultRoute whether the pair had the guest's IPv4 default route
 * @param defaultRoute6 whether it had that of IPv6
 * @param leased the address that a DHCP server had given to it
 * @param vlans its VLANs
 * @param fib the FIB of its default routes
 */
public record LastHad(
    Instant begun,
    Optional<Instant> boot,
    boolean defaultRoute,
    boolean defaultRoute6,
    Optional<Prefix> leased,
    ImmutableList<Vlan> vlans,
    int fib) {

  /** Whether the pair had the default route of this family in this FIB. */
  public boolean hadDefaultRoute(boolean ipv6, int ofFib) {
    return fib == ofFib && (ipv6 ? defaultRoute6 : defaultRoute);
  }

  /** The leased address, where the guest was not booted since: a boot leases anew. */
  public Optional<Prefix> leasedIn(Optional<Instant> currentBoot) {
    return boot.equals(currentBoot) ? leased : Optional.empty();
  }

  /** The VLANs, where the guest was not booted since: a boot makes them anew. */
  public ImmutableList<Vlan> vlansIn(Optional<Instant> currentBoot) {
    return boot.equals(currentBoot) ? vlans : ImmutableList.of();
  }
}
