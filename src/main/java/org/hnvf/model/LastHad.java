package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;

/**
 * The parts of a pair's configuration at the start of its last workflow that later reconciliations
 * need: whether the default route belonged to the pair, its leased address, and its VLANs.
 *
 * @param begun when the workflow began
 * @param boot {@code kern.boottime} at that time, if known
 * @param defaultRoute whether the pair had the guest's IPv4 default route
 * @param defaultRoute6 whether the pair had the guest's IPv6 default route
 * @param leased the IPv4 address of its DHCP lease
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

  /**
   * Returns the leased address if the guest has not been rebooted since; a reboot requests a new
   * lease.
   */
  public Optional<Prefix> leasedIn(Optional<Instant> currentBoot) {
    return boot.equals(currentBoot) ? leased : Optional.empty();
  }

  /** Returns the VLANs if the guest has not been rebooted since; a reboot creates them again. */
  public ImmutableList<Vlan> vlansIn(Optional<Instant> currentBoot) {
    return boot.equals(currentBoot) ? vlans : ImmutableList.of();
  }
}
