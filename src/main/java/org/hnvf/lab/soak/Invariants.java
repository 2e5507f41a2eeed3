package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hnvf.model.GuestState;
import org.hnvf.model.HnUnit;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.OperatorWord;
import org.hnvf.model.Pair;
import org.hnvf.model.Prefix;
import org.hnvf.sim.Reachability;
import org.hnvf.state.Pairs;

/**
 * The state that a guest must have after the last fault, at rest: its whole configuration is on
 * exactly one of hn and its lagg and answers from outside; no address is on a port or a VF; its
 * VLANs are on the same interface, unchanged, and answer; no VF is up outside a lagg; there is one
 * dhclient if there was one; other owners' laggs are unchanged; and the VF is used, or not, as the
 * operator requested.
 *
 * <p>For a pair with an override script only this is promised: no VF is left up outside a lagg. The
 * result of the script is never repaired.
 */
final class Invariants {

  private final Baseline baseline;
  private final GuestState guest;
  private final Reachability probe;
  private final List<String> violations = new ArrayList<>();

  private Invariants(Baseline baseline, GuestState guest, Reachability probe) {
    this.baseline = baseline;
    this.guest = guest;
    this.probe = probe;
  }

  /**
   * Returns the violations in words.
   *
   * @param stored the stored state of each unit
   * @param scripted the unit with an override script
   * @param shut the units whose VF is never used
   */
  static ImmutableList<String> violated(
      Baseline baseline,
      GuestState guest,
      Reachability probe,
      List<Stored> stored,
      Optional<Integer> scripted,
      Set<Integer> shut) {
    Invariants check = new Invariants(baseline, guest, probe);
    boolean scriptLostDefault = scripted.filter(check::hasLostDefault).isPresent();
    for (Baseline.Unit unit : baseline.units()) {
      Pair pair = Pairs.find(guest, new HnUnit(unit.number)).orElseThrow();
      check.vfIsUpInALagg(pair);
      if (scripted.filter(n -> n == unit.number).isEmpty()) {
        check.holds(unit, pair, scriptLostDefault);
        check.portsAreBare(unit, pair);
        if (shut.contains(unit.number)) {
          check.isUnused(pair);
        } else {
          check.isAsStored(unit, pair, stored.get(unit.number));
        }
      }
    }
    check.foreignLaggs(scripted.isPresent());
    return ImmutableList.copyOf(check.violations);
  }

  /**
   * Whether a script has lost the default route of its unit: dhclient-script(8) of the next client
   * that starts adds one where there is none.
   */
  private boolean hasLostDefault(int scripted) {
    String holder = holder(scripted);
    return baseline.units().get(scripted).routes.stream()
            .anyMatch(route -> route.startsWith("default "))
        && Baseline.staticRoutes(guest, holder).stream()
            .noneMatch(route -> route.startsWith("default "));
  }

  /** Returns the interface that has the configuration of a unit. */
  private String holder(int unit) {
    InterfaceName hn = Pairs.find(guest, new HnUnit(unit)).orElseThrow().hn();
    return guest.laggOf(hn).map(NetInterface::name).orElse(hn.value());
  }

  private void vfIsUpInALagg(Pair pair) {
    boolean up = pair.vf().flatMap(guest::find).map(NetInterface::isUp).orElse(false);
    if (up && !guest.hyperV().isTransparent() && pair.vf().flatMap(guest::laggOf).isEmpty()) {
      violations.add(pair.vf().get() + " is up outside a lagg");
    }
  }

  private void holds(Baseline.Unit unit, Pair pair, boolean defaultIsFree) {
    NetInterface holder = guest.laggOf(pair.hn()).or(() -> guest.find(pair.hn())).orElseThrow();
    ImmutableSet<Prefix> there = Baseline.global(holder);
    Set<Prefix> should = new LinkedHashSet<>(unit.addresses);
    if (unit.dhcp) {
      Set<Prefix> leased = Sets.intersection(there, unit.leases);
      // dhclient(8) of a link that came back leaves the address of a refused lease, without hnvf
      // too.
      boolean onItsOwn = leased.size() > 1 && unit.fragile && guest.laggOf(pair.hn()).isEmpty();
      if (leased.size() == 1 || onItsOwn) {
        should.addAll(leased);
      } else {
        violations.add(holder.name() + " has " + leased.size() + " leased addresses " + leased);
      }
    }
    boolean onLagg = guest.laggOf(pair.hn()).isPresent();
    should.removeIf(p -> !there.contains(p) && !unit.promises(p, onLagg));
    Sets.difference(should, there).forEach(p -> violations.add(p + " is not on " + holder.name()));
    Sets.difference(there, Sets.union(should, unit.perhaps))
        .forEach(p -> violations.add(p + " is on " + holder.name() + ", and was not there"));
    Sets.difference(should, unit.silent).forEach(this::answers);
    ImmutableSet<String> routes = Baseline.staticRoutes(guest, holder.name());
    boolean takenOver = isTakenOver(unit);
    Sets.difference(unit.routes, routes).stream()
        .filter(unit::promises)
        .filter(r -> !(takenOver && r.startsWith("default ")))
        .forEach(r -> violations.add("no route " + r + " through " + holder.name()));
    Sets.difference(routes, Sets.union(unit.routes, unit.perhapsRoutes)).stream()
        .filter(r -> !(unit.fragile && baseline.units().size() > 1 && r.startsWith("default ")))
        .filter(r -> !(unit.dhcp && defaultIsFree && r.startsWith("default ")))
        .forEach(r -> violations.add("route " + r + " through " + holder.name() + " is new"));
    int clients = guest.dhcpClientsOn(new InterfaceName(holder.name())).size();
    if (clients != (unit.dhcp ? 1 : 0)) {
      violations.add(clients + " dhclients on " + holder.name());
    }
    if (unit.resolves && !takenOver && !guest.resolvers().contains(holder.name())) {
      violations.add("no name server of " + holder.name());
    }
    ImmutableSet<String> groups =
        holder.groups().stream()
            .filter(group -> !group.equals("lagg"))
            .collect(ImmutableSet.toImmutableSet());
    if (!unit.groups.equals(groups)) {
      violations.add(holder.name() + " is in the groups " + groups + ", not " + unit.groups);
    }
    if (unit.mtu != holder.mtu()) {
      violations.add(holder.name() + " has the MTU " + holder.mtu() + ", not " + unit.mtu);
    }
    if (!unit.unwritten) {
      // Of a VLAN without a parent nothing but what was written down tells what it was.
      violations.addAll(baseline.vlans().violated(pair.hn(), holder.name(), guest, probe));
    }
    if (!unit.description.equals(holder.description())) {
      violations.add(holder.name() + " has the description " + holder.description().orElse("none"));
    }
  }

  /**
   * Whether the default route went to another network, whose dhclient asked anew while this one's
   * was being moved: dhclient-script(8) adds one where there is none.
   */
  private boolean isTakenOver(Baseline.Unit unit) {
    return baseline.units().stream()
        .filter(other -> other != unit && other.fragile && other.dhcp)
        .map(other -> holder(other.number))
        .anyMatch(
            holder ->
                guest.routes().stream()
                    .anyMatch(r -> r.isDefault() && !r.ipv6() && r.netif().equals(holder)));
  }

  private void answers(Prefix prefix) {
    Reachability.Vantage vantage =
        prefix.isIpv6() ? Reachability.Vantage.ON_LINK : Reachability.Vantage.BEYOND_GATEWAY;
    boolean beyond = !prefix.isIpv6() && hasDefaultRoute(prefix);
    if (!probe.isReachable(prefix.address(), beyond ? vantage : Reachability.Vantage.ON_LINK)) {
      violations.add(prefix.host() + " does not answer");
    }
  }

  /** A guest has one default route: the other networks are answered only from within. */
  private boolean hasDefaultRoute(Prefix prefix) {
    return baseline.units().stream()
        .filter(unit -> unit.addresses.contains(prefix) || unit.leases.contains(prefix))
        .filter(unit -> !isTakenOver(unit))
        .anyMatch(unit -> unit.routes.stream().anyMatch(route -> route.startsWith("default ")));
  }

  private void portsAreBare(Baseline.Unit unit, Pair pair) {
    List<InterfaceName> bare = new ArrayList<>();
    pair.vf().ifPresent(bare::add);
    if (guest.laggOf(pair.hn()).isPresent()) {
      bare.add(pair.hn());
    }
    for (InterfaceName name : bare) {
      NetInterface port = guest.find(name).orElseThrow();
      if (!port.groups().isEmpty()) {
        violations.add(name + " is in the groups " + port.groups());
      }
      Baseline.global(port).forEach(p -> violations.add(p + " is on " + name));
      if (!guest.dhcpClientsOn(name).isEmpty()) {
        violations.add("a dhclient runs on " + name);
      }
      Baseline.staticRoutes(guest, name.value())
          .forEach(r -> violations.add("route " + r + " goes through " + name));
      if (unit.resolves && guest.resolvers().contains(name.value()) && !keepsServers(unit, pair)) {
        violations.add("resolvconf has an entry of " + name);
      }
    }
  }

  /**
   * Whether the port's name servers are the only ones of this network: dhclient-script(8) tells
   * resolvconf(8) of them only where the default route is the interface's own, or there is none.
   */
  private boolean keepsServers(Baseline.Unit unit, Pair pair) {
    return isTakenOver(unit)
        && guest.laggOf(pair.hn()).filter(l -> guest.resolvers().contains(l.name())).isEmpty();
  }

  /**
   * Checks that a pair that must not move has not moved: a lagg would open a firewall, or have no
   * VF that fits.
   */
  private void isUnused(Pair pair) {
    guest
        .laggOf(pair.hn())
        .ifPresent(lagg -> violations.add(pair.hn() + " must not move, and is in " + lagg.name()));
  }

  private void isAsStored(Baseline.Unit unit, Pair pair, Stored stored) {
    if (guest.hyperV().isTransparent()) {
      return;
    }
    boolean vfUp = pair.vf().flatMap(guest::find).map(NetInterface::isUp).orElse(false);
    Optional<NetInterface> lagg = guest.laggOf(pair.hn());
    String what = "hn" + pair.unit() + " is " + words(stored);
    OperatorWord word = stored.word();
    if (stored.held().isPresent()) {
      // Without a VF there is nothing to be tried, and on an hn with nothing on it nothing is.
      boolean rightly = stored.isRefused() && unit.isBare();
      if (rightly && vfUp) {
        violations.add(what + ", and its VF is used");
      }
      if (pair.vf().isPresent() && !rightly) {
        violations.add(what + " though nothing is wrong any more");
      }
    } else if (word instanceof OperatorWord.Auto && pair.vf().isPresent()) {
      boolean active =
          lagg.flatMap(l -> l.port(pair.vf().get())).filter(port -> port.isActive()).isPresent();
      if (!active) {
        violations.add(what + ", and " + pair.vf().get() + " does not carry its traffic");
      }
    } else if (!(word instanceof OperatorWord.Auto)) {
      if (vfUp || pair.vf().flatMap(guest::laggOf).isPresent()) {
        violations.add(what + ", and its VF is used");
      }
      if (word instanceof OperatorWord.Released && lagg.isPresent()) {
        violations.add(what + ", and still in " + lagg.get().name());
      }
    }
  }

  private static String words(Stored stored) {
    String word = stored.word().getClass().getSimpleName().toUpperCase(java.util.Locale.ROOT);
    return stored.held().isPresent() ? "HELD" : word;
  }

  private void foreignLaggs(boolean scripted) {
    baseline
        .foreign()
        .forEach(
            (name, before) -> {
              Optional<NetInterface> now = guest.find(new InterfaceName(name));
              if (now.filter(before::equals).isEmpty()) {
                violations.add(name + " belongs to another owner, and was changed");
              }
            });
    ImmutableSet<String> hns =
        Pairs.of(guest).stream()
            .map(pair -> pair.hn().value())
            .collect(ImmutableSet.toImmutableSet());
    String strange =
        guest.interfaces().values().stream()
            .filter(i -> i.lagg().isPresent() && !baseline.foreign().containsKey(i.name()))
            .filter(i -> !scripted && i.ports().stream().noneMatch(p -> hns.contains(p.name())))
            .map(NetInterface::name)
            .collect(Collectors.joining(", "));
    if (!strange.isEmpty()) {
      violations.add(strange + " has no hn and was left behind");
    }
  }
}
