package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One network interface as ifconfig(8) shows it. Lines without a component of their own are kept in
 * {@code others}.
 *
 * @param name its name; it may be one that {@link InterfaceName} does not accept
 * @param flags its flags
 * @param metric its metric
 * @param mtu its MTU, in bytes
 * @param description what {@code ifconfig description} set
 * @param options enabled capabilities
 * @param ether its MAC address
 * @param hwaddr its hardware MAC address, if another one was set
 * @param addresses its addresses, in the kernel's order
 * @param lagg its lagg(4) attributes, if it is a lagg
 * @param groups the groups that it is in
 * @param media the media line
 * @param status {@code active}, {@code no carrier}, …
 * @param nd6 its ND6 options
 * @param fib the routing table that it uses, where it is not 0
 * @param driverName the name that its driver gave it (only {@code ifconfig -D} shows it)
 * @param others the other lines, unchanged, without the leading tab
 */
public record NetInterface(
    String name,
    FlagWord flags,
    int metric,
    int mtu,
    Optional<String> description,
    Optional<FlagWord> options,
    Optional<String> ether,
    Optional<String> hwaddr,
    ImmutableList<InterfaceAddress> addresses,
    Optional<Lagg> lagg,
    ImmutableList<String> groups,
    Optional<String> media,
    Optional<String> status,
    Optional<FlagWord> nd6,
    Optional<Integer> fib,
    Optional<String> driverName,
    ImmutableList<String> others) {

  /**
   * The additional attributes of a lagg(4) interface.
   *
   * @param protocol {@code failover} and the like
   * @param hash the value of {@code lagghash}, where it is shown
   * @param ports its ports, in order
   */
  public record Lagg(String protocol, Optional<String> hash, ImmutableList<LaggPort> ports) {}

  /** Returns whether it is up (IFF_UP); its link may still be down. */
  public boolean isUp() {
    return flags.has("UP");
  }

  /** Returns whether its driver reports a link. */
  public boolean hasCarrier() {
    return status.map("active"::equals).orElse(true);
  }

  /**
   * Returns the groups that were assigned to it: all but that of the lagg driver, in which each
   * lagg is without a command (if_clone_addgroup of net/if_clone.c).
   */
  public ImmutableList<String> assignedGroups() {
    return groups.stream()
        .filter(group -> !group.equals("lagg"))
        .collect(ImmutableList.toImmutableList());
  }

  /** Its addresses with their prefix lengths. */
  public Stream<Prefix> prefixes() {
    return addresses.stream().map(InterfaceAddress::prefix);
  }

  /** Its addresses with their prefix lengths, without the link-local ones of IPv6. */
  public Stream<Prefix> prefixesBeyondLink() {
    return prefixes().filter(prefix -> !prefix.isIpv6LinkLocal());
  }

  /** Its IPv4 addresses. */
  public Stream<InterfaceAddress.V4> inet() {
    return addresses.stream()
        .filter(InterfaceAddress.V4.class::isInstance)
        .map(InterfaceAddress.V4.class::cast);
  }

  /** Its IPv6 addresses, link-local ones included. */
  public Stream<InterfaceAddress.V6> inet6() {
    return addresses.stream()
        .filter(InterfaceAddress.V6.class::isInstance)
        .map(InterfaceAddress.V6.class::cast);
  }

  /** Whether IPv6 is switched off here (ND6_IFF_IFDISABLED). */
  public boolean isIpv6Disabled() {
    return nd6.map(word -> word.has("IFDISABLED")).orElse(true);
  }

  /** Whether this ND6 option is set. */
  public boolean hasNd6(String option) {
    return nd6.map(word -> word.has(option)).orElse(false);
  }

  /** Its lagg ports; none where it is not a lagg. */
  public ImmutableList<LaggPort> ports() {
    return lagg.map(Lagg::ports).orElse(ImmutableList.of());
  }

  /** The port of this name. */
  public Optional<LaggPort> port(InterfaceName port) {
    return ports().stream().filter(p -> p.name().equals(port.value())).findFirst();
  }
}
