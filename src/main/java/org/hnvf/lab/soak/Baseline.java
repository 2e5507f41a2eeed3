package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.hnvf.model.GuestState;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Prefix;
import org.hnvf.model.Route;

/** The guest before the first event: everything that must exist at the end. */
final class Baseline {

  /** The configuration of one unit; others may add to it. */
  static final class Unit {
    final int number;
    final boolean dhcp;
    final boolean resolves;
    final Optional<String> description;
    final ImmutableSet<String> groups;
    final int mtu;

    /**
     * Whether its link may have gone and come back while a dhclient served it. Then the client asks
     * anew and takes away the interface's first address, whichever that is, and the routes that
     * hang on it, with or without hnvf (dhclient-script(8), transcript 57).
     */
    boolean fragile;

    /** hnvf was killed in what it could not write down: only rc.conf tells what there was. */
    boolean unwritten;

    /** Those that rc.conf has: hnvf adds them again. */
    final Set<Prefix> inRc = new LinkedHashSet<>();

    final Set<Prefix> addresses = new LinkedHashSet<>();

    /** Addresses that a client on the port may have deleted. */
    final Set<Prefix> perhaps = new LinkedHashSet<>();

    /** Routes that rc.conf has and that may be added; the routes of a drawn guest are all there. */
    final Set<String> perhapsRoutes = new LinkedHashSet<>();

    /** Whether it is one of a copied guest, on which a route may have been added by hand. */
    boolean copied;

    /** Addresses that did not answer before anything happened. */
    final Set<Prefix> silent = new LinkedHashSet<>();

    final Set<String> routes = new LinkedHashSet<>();

    /** The times at which others added addresses. */
    private final Map<Prefix, Instant> since = new HashMap<>();

    /** The leased addresses so far; one of them must exist. */
    final Set<Prefix> leases = new LinkedHashSet<>();

    private Unit(int number, NetInterface hn, GuestState guest) {
      InterfaceName name = new InterfaceName(hn.name());
      this.number = number;
      this.dhcp = !guest.dhcpClientsOn(name).isEmpty();
      this.resolves = guest.resolvers().contains(hn.name());
      this.description = hn.description();
      this.groups = ImmutableSet.copyOf(hn.groups());
      this.mtu = hn.mtu();
      addresses.addAll(global(hn));
      routes.addAll(staticRoutes(guest, hn.name()));
      if (dhcp) {
        Optional.ofNullable(guest.leases().get(hn.name()))
            .ifPresent(lease -> leases.add(lease.prefix()));
        addresses.removeAll(leases);
      }
    }

    void add(Prefix address, Instant now) {
      addresses.add(address);
      since.putIfAbsent(address, now);
    }

    /** Whether hnvf adds the route to this destination again if another program deletes it. */
    boolean isPutBack(String destination) {
      return !copied
          || perhapsRoutes.stream().anyMatch(route -> route.startsWith(destination + " via "));
    }

    /** Since when it is there, if not since the beginning. */
    Instant since(Prefix address, Instant began) {
      return since.getOrDefault(address, began);
    }

    /** Whether it had nothing: there is nothing to move. */
    boolean isBare() {
      return !dhcp && addresses.isEmpty() && routes.isEmpty();
    }

    boolean hasInet() {
      return dhcp || addresses.stream().anyMatch(address -> !address.isIpv6());
    }

    /** Whether hnvf promises that this address, or this route, is still there. */
    boolean promises(Prefix address, boolean onLagg) {
      return !dhcp || !fragile || address.isIpv6() || (onLagg && inRc.contains(address));
    }

    boolean promises(String route) {
      if (unwritten && !route.startsWith("default ")) {
        return false;
      }
      return !dhcp || !fragile || route.contains("default ") || route.startsWith("-6 ");
    }
  }

  private final ImmutableList<Unit> units;
  private final ImmutableMap<String, NetInterface> foreign;
  private final VlansBefore vlans;

  private Baseline(
      ImmutableList<Unit> units, ImmutableMap<String, NetInterface> foreign, VlansBefore vlans) {
    this.units = units;
    this.foreign = foreign;
    this.vlans = vlans;
  }

  /** Returns the current configuration of this guest. */
  static Baseline of(GuestState guest) {
    Map<Integer, Unit> units = new TreeMap<>();
    ImmutableMap.Builder<String, NetInterface> foreign = ImmutableMap.builder();
    for (NetInterface each : guest.interfaces().values()) {
      // rc.conf(5) may give an hn another name.
      InterfaceName.of(each.driverName().orElse(each.name()))
          .flatMap(InterfaceName::hnUnit)
          .ifPresent(u -> units.put(u.number(), new Unit(u.number(), each, guest)));
      if (each.lagg().isPresent()) {
        foreign.put(each.name(), each);
      }
    }
    return new Baseline(
        ImmutableList.copyOf(units.values()), foreign.buildOrThrow(), VlansBefore.of(guest));
  }

  /** Some unit's link was gone for a while. */
  void flapped(int unit) {
    units.get(unit).fragile = true;
  }

  /** hnvf was killed while it could write nothing down. */
  void unwritten() {
    units.forEach(unit -> unit.unwritten = true);
  }

  ImmutableList<Unit> units() {
    return units;
  }

  Unit unit(int number) {
    return units.get(number);
  }

  VlansBefore vlans() {
    return vlans;
  }

  /** Returns the laggs of other owners. */
  ImmutableMap<String, NetInterface> foreign() {
    return foreign;
  }

  /** The addresses of an interface but the link-local ones. */
  static ImmutableSet<Prefix> global(NetInterface iface) {
    return iface.addresses().stream()
        .map(address -> address.prefix())
        .filter(prefix -> !prefix.isIpv6LinkLocal())
        .collect(ImmutableSet.toImmutableSet());
  }

  /**
   * Returns the routes through an interface that were added by a program, without the interface's
   * name.
   */
  static ImmutableSet<String> staticRoutes(GuestState guest, String name) {
    return guest.routes().stream()
        .filter(route -> route.netif().equals(name) && route.isStatic())
        .map(Baseline::words)
        .collect(ImmutableSet.toImmutableSet());
  }

  /** A route over an interface alone has the index of the interface instead of a gateway. */
  private static String words(Route route) {
    String gateway = route.gateway().replaceFirst("%.*", "").replaceFirst("^link#.*", "link");
    return (route.ipv6() ? "-6 " : "") + route.destination() + " via " + gateway;
  }
}
