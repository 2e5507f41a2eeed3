package org.hnvf.sim;

import com.google.common.collect.ImmutableList;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.hnvf.model.HnUnit;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Prefix;

/**
 * The Hyper-V side of the simulated guest: it gives and takes VFs, and has the networks behind
 * them. Its methods act now; {@link #at} and {@link #after} act later.
 */
public final class Host {
  private final SimState state;
  private final Scheduler engine;

  Host(SimState state, Scheduler engine) {
    this.state = state;
    this.engine = engine;
  }

  /** Does this now. */
  public void now(HostAction action) {
    synchronized (state) {
      engine.settle();
      engine.perform(action);
      engine.settle();
    }
  }

  /** Does this at an instant of virtual time; at once, as soon as time passes, if that is over. */
  public void at(Instant instant, HostAction action) {
    synchronized (state) {
      engine.schedule(Micros.of(instant), action);
    }
  }

  /** Does this when so much virtual time has passed. */
  public void after(Duration delay, HostAction action) {
    synchronized (state) {
      engine.schedule(state.now + Micros.of(delay), action);
    }
  }

  /**
   * The network behind a unit becomes the one that the addresses of its hn are of, where it is
   * another; its gateway is the first address of it until {@link #router} says more.
   */
  public void followAddresses(HnUnit unit) {
    synchronized (state) {
      Segment segment = engine.segment(unit);
      for (Iface hn : state.ifaces) {
        if (hn.kind == Iface.Kind.HN && hn.unit == unit.number()) {
          hn.inet.stream().map(own -> own.prefix).findFirst().ifPresent(segment::follow);
          hn.inet6.stream()
              .filter(own -> !own.isLinkLocal())
              .map(own -> own.prefix)
              .findFirst()
              .ifPresent(segment::follow);
        }
      }
    }
  }

  /** The network behind a unit becomes the one of this prefix; its gateway is the first address. */
  public void network(HnUnit unit, Prefix own) {
    synchronized (state) {
      engine.segment(unit).become(own);
    }
  }

  /** Another host of the network behind a unit, which answers. */
  public void neighbour(HnUnit unit, InetAddress address) {
    synchronized (state) {
      engine.segment(unit).neighbours.add(address);
    }
  }

  /** This host of the network behind a unit answers no more. */
  public void neighbourLeaves(HnUnit unit, InetAddress address) {
    synchronized (state) {
      engine.segment(unit).neighbours.remove(address);
    }
  }

  /** A router, in the network that it is of; behind hn0 where it is of none. */
  public void router(InetAddress address) {
    synchronized (state) {
      state.segments.stream()
          .filter(segment -> segment.tag == 0 && segment.holds(address))
          .findFirst()
          .or(() -> state.segments.stream().filter(segment -> segment.tag == 0).findFirst())
          .ifPresent(segment -> segment.router(address));
    }
  }

  /** Gives this unit a VF of the usual driver, {@code mlxen}. */
  public void plug(HnUnit unit) {
    plug(unit, state.vfDriver);
  }

  /** Gives this unit a VF of another driver, {@code mce} or {@code mana}. */
  public void plug(HnUnit unit, String driver) {
    now(HostAction.plug(unit, new InterfaceName(driver).value()));
  }

  /** Takes the unit's VF away. */
  public void unplug(HnUnit unit) {
    now(HostAction.unplug(unit));
  }

  /** The VF's wire goes up or down. */
  public void vfCarrier(HnUnit unit, boolean on) {
    now(HostAction.vfCarrier(unit, on));
  }

  /** The VF begins or ceases to pass packets, its link notwithstanding. */
  public void vfPassesTraffic(HnUnit unit, boolean on) {
    now(HostAction.vfPassesTraffic(unit, on));
  }

  /** The association of the VF is allocated, or no longer; the hn(4) of 2026 goes by it. */
  public void vfAssociated(HnUnit unit, boolean on) {
    now(HostAction.association(unit, on));
  }

  /** The synthetic NIC's wire goes up or down. */
  public void hnLink(HnUnit unit, boolean on) {
    now(HostAction.hnLink(unit, on));
  }

  /** The DHCP server of the unit's network changes its mind. */
  public void dhcp(HnUnit unit, DhcpServer server) {
    now(HostAction.dhcp(unit, server));
  }

  /** The router begins or ceases to advertise. */
  public void routerAdvertisements(HnUnit unit, boolean on) {
    now(HostAction.routerAdvertisements(unit, on));
  }

  /** devd gets this line, which has no cause. */
  public void notify(String line) {
    now(HostAction.notify(line));
  }

  /** Returns the scheduled actions, earliest first. */
  public ImmutableList<HostAction> scheduled() {
    return state.scheduled.stream()
        .sorted((one, other) -> Long.compare(one.at(), other.at()))
        .map(SimState.Scheduled::action)
        .collect(ImmutableList.toImmutableList());
  }

  /** When the first of what is still to come happens. */
  public Optional<Instant> next() {
    synchronized (state) {
      return state.scheduled.stream()
          .map(SimState.Scheduled::at)
          .min(Comparator.naturalOrder())
          .map(Micros::instant);
    }
  }
}
