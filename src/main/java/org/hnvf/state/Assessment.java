package org.hnvf.state;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.hnvf.freebsd.VlanLine;
import org.hnvf.model.GuestState;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.LaggPort;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Pair;
import org.hnvf.model.PairState;

/**
 * The state of a pair, derived from a snapshot.
 *
 * @param pair the pair
 * @param state its state
 * @param reasons why it is {@link PairState#INCONSISTENT}
 * @param activePort the interface that carries the traffic
 */
public record Assessment(
    Pair pair, PairState state, ImmutableList<String> reasons, Optional<InterfaceName> activePort) {

  /** Returns whether the pair has a lagg of which hn is not a port. */
  public boolean isOrphaned(GuestState guest) {
    return pair.lagg().isPresent() && guest.laggOf(pair.hn()).isEmpty();
  }

  /**
   * Returns whether the VF is up and in no lagg with hn: the host sends to the VF, and no address
   * is on it.
   */
  public boolean isCutOff(GuestState guest) {
    boolean up = pair.vf().flatMap(guest::find).map(NetInterface::isUp).orElse(false);
    boolean onLagg =
        pair.lagg().flatMap(guest::find).flatMap(lagg -> pair.vf().flatMap(lagg::port)).isPresent();
    return up && !onLagg && state != PairState.TRANSPARENT;
  }

  /** Derives the state of {@code pair}. */
  public static Assessment of(GuestState guest, Pair pair) {
    Optional<NetInterface> vf = pair.vf().flatMap(guest::find);
    boolean vfUp = vf.map(NetInterface::isUp).orElse(false);
    if (guest.hyperV().isTransparent()) {
      return new Assessment(
          pair, PairState.TRANSPARENT, ImmutableList.of(), Optional.of(pair.hn()));
    }
    Optional<NetInterface> lagg = pair.lagg().flatMap(guest::find);
    if (lagg.isEmpty()) {
      PairState state =
          vfUp
              ? PairState.VF_UP_NO_LAGG
              : vf.isPresent() ? PairState.VF_ATTACHED : PairState.SYNTHETIC;
      return new Assessment(
          pair, state, ImmutableList.of(), vfUp ? pair.vf() : Optional.of(pair.hn()));
    }
    Optional<InterfaceName> active =
        lagg.get().ports().stream()
            .filter(LaggPort::isActive)
            .findFirst()
            .flatMap(port -> InterfaceName.of(port.name()));
    ImmutableList<String> reasons = faults(guest, pair, lagg.get(), vfUp, active);
    PairState state =
        !reasons.isEmpty()
            ? PairState.INCONSISTENT
            : active.equals(pair.vf()) ? PairState.LAGG_VF : PairState.LAGG_SYNTHETIC;
    return new Assessment(pair, state, reasons, active);
  }

  private static ImmutableList<String> faults(
      GuestState guest,
      Pair pair,
      NetInterface lagg,
      boolean vfUp,
      Optional<InterfaceName> active) {
    ImmutableList.Builder<String> faults = ImmutableList.builder();
    ImmutableList.Builder<InterfaceName> ports = ImmutableList.builder();
    ports.add(pair.hn());
    pair.vf().ifPresent(ports::add);
    for (InterfaceName port : ports.build()) {
      guest.find(port).stream()
          .flatMap(NetInterface::prefixesBeyondLink)
          .forEach(prefix -> faults.add("address " + prefix + " on port " + port));
      if (!guest.dhcpClientsOn(port).isEmpty()) {
        faults.add("dhclient on port " + port);
      }
      guest
          .routesOn(port)
          .filter(route -> route.isDefault() && !route.ipv6())
          .forEach(route -> faults.add("default route on port " + port));
    }
    VlanLine.on(guest, pair.hn().value())
        .forEach(i -> faults.add("VLAN " + i.name() + " on port " + pair.hn()));
    if (lagg.port(pair.hn()).isEmpty()) {
      faults.add(pair.hn() + " is not in " + lagg.name());
    }
    InterfaceName name = new InterfaceName(lagg.name());
    if (guest.dhcpClientsOn(name).size() > 1) {
      faults.add("two dhclients on " + name);
    }
    if (vfUp && pair.vf().flatMap(lagg::port).isEmpty()) {
      faults.add(pair.vf().orElseThrow() + " is up outside " + name);
    }
    if (!guest.find(pair.hn()).map(NetInterface::isUp).orElse(false)) {
      faults.add(pair.hn() + " is down");
    }
    if (!lagg.isUp()) {
      faults.add(name + " is down");
    } else if (active.isEmpty()) {
      faults.add(name + " has no active port");
    }
    return faults.build();
  }
}
