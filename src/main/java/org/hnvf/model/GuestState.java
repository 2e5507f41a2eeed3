package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A snapshot of a guest. All decisions are made from a snapshot.
 *
 * @param hyperV the sysctl values of hn(4)
 * @param interfaces every interface by its name, in the kernel's order
 * @param routes the routing tables of all FIBs
 * @param dhcpClients the running DHCP clients
 * @param leases the last DHCP lease of each interface, by interface name
 * @param resolvers the interfaces that have an entry in resolvconf(8)
 * @param integrationDaemons which of hv_kvp_daemon and hv_vss_daemon run
 * @param foreignClients the running DHCP clients that are not the base system's
 * @param firewalls the packet filters that the kernel has
 * @param dhclientBlocks the interfaces that have a block in dhclient.conf(5)
 * @param bootTime the boot time, {@code kern.boottime}; it also changes when the clock is set
 * @param fibs the number of FIBs
 */
public record GuestState(
    HyperV hyperV,
    ImmutableMap<String, NetInterface> interfaces,
    ImmutableList<Route> routes,
    ImmutableList<DhcpClient> dhcpClients,
    ImmutableMap<String, LeasedAddress> leases,
    ImmutableSet<String> resolvers,
    ImmutableSet<String> integrationDaemons,
    ImmutableList<ForeignClient> foreignClients,
    Firewalls firewalls,
    ImmutableSet<String> dhclientBlocks,
    Optional<Instant> bootTime,
    Fibs fibs) {

  /** Returns a copy without this route. */
  public GuestState withoutRoute(Route route) {
    return new GuestState(
        hyperV,
        interfaces,
        routes.stream()
            .filter(other -> !other.equals(route))
            .collect(ImmutableList.toImmutableList()),
        dhcpClients,
        leases,
        resolvers,
        integrationDaemons,
        foreignClients,
        firewalls,
        dhclientBlocks,
        bootTime,
        fibs);
  }

  /** Creates a snapshot of the links only, without routes, DHCP clients and files. */
  public static GuestState ofLinks(
      HyperV hyperV,
      ImmutableMap<String, NetInterface> interfaces,
      Firewalls firewalls,
      Optional<Instant> bootTime,
      Fibs fibs) {
    return new GuestState(
        hyperV,
        interfaces,
        ImmutableList.of(),
        ImmutableList.of(),
        ImmutableMap.of(),
        ImmutableSet.of(),
        ImmutableSet.of(),
        ImmutableList.of(),
        firewalls,
        ImmutableSet.of(),
        bootTime,
        fibs);
  }

  /** The interface of this name. */
  public Optional<NetInterface> find(InterfaceName name) {
    return Optional.ofNullable(interfaces.get(name.value()));
  }

  /** The lagg that has this interface as a port. */
  public Optional<NetInterface> laggOf(InterfaceName port) {
    return interfaces.values().stream()
        .filter(candidate -> candidate.port(port).isPresent())
        .findFirst();
  }

  /** Returns whether a FIB has a default route through any interface. */
  public boolean hasDefaultRoute(boolean ipv6, int fib) {
    return routes.stream().anyMatch(route -> route.isDefaultOf(ipv6, fib));
  }

  /** The routes through this interface. */
  public Stream<Route> routesOn(InterfaceName name) {
    return routes.stream().filter(route -> route.netif().equals(name.value()));
  }

  /** The DHCP clients on this interface; more than one is a fault. */
  public ImmutableList<DhcpClient> dhcpClientsOn(InterfaceName name) {
    return dhcpClients.stream()
        .filter(client -> client.interfaceName().equals(name.value()))
        .collect(ImmutableList.toImmutableList());
  }
}
