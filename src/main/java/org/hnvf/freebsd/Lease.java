package org.hnvf.freebsd;

import com.google.common.collect.ImmutableList;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.model.Prefix;

/**
 * One block of a lease file, dhclient.leases(5).
 *
 * @param interfaceName the interface of the lease
 * @param fixedAddress the leased address
 * @param subnetMask the option {@code subnet-mask}
 * @param routers the option {@code routers}, in order of preference
 * @param expire the end of the lease
 * @param others the other statements, unchanged, without the semicolon
 */
public record Lease(
    Optional<String> interfaceName,
    Optional<InetAddress> fixedAddress,
    Optional<InetAddress> subnetMask,
    ImmutableList<InetAddress> routers,
    Optional<Instant> expire,
    ImmutableList<String> others) {

  /** Returns the leased address with its mask, if both are present and valid. */
  public Optional<Prefix> prefix() {
    return fixedAddress.flatMap(
        address ->
            subnetMask.flatMap(Addresses::maskLength).flatMap(n -> Addresses.prefix(address, n)));
  }
}
