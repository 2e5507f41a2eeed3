package org.hnvf.sim;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.hnvf.model.Prefix;
import org.jspecify.annotations.Nullable;

/** Watches what would come of a packet to each address, and writes down when that changes. */
final class Probe {

  /** Whoever asks from beyond the gateway; addresses for benchmarks, RFC 2544 and RFC 5180. */
  private static final InetAddress FAR = Prefix.of("198.18.0.1").address();

  private static final InetAddress FAR6 = Prefix.of("2001:2::1").address();

  private final Kernel kernel;

  Probe(Kernel kernel) {
    this.kernel = kernel;
  }

  private SimState state() {
    return kernel.state();
  }

  /** To be called after every change. */
  void observe() {
    trackNewAddresses();
    for (SimState.Track track : state().tracks) {
      InetAddress address = track.address;
      boolean onLink = isAnswered(address, false);
      boolean beyond = isAnswered(address, true);
      List<SimState.Change> changes = track.changes;
      SimState.Change last =
          changes.isEmpty()
              ? new SimState.Change(0, false, false)
              : changes.get(changes.size() - 1);
      if (last.onLink() != onLink || last.beyond() != beyond) {
        SimState.Change change = new SimState.Change(state().now, onLink, beyond);
        if (last.at() == state().now && !changes.isEmpty()) {
          changes.set(changes.size() - 1, change);
        } else {
          changes.add(change);
        }
      }
    }
  }

  private void trackNewAddresses() {
    for (Iface iface : state().ifaces) {
      if (iface.kind == Iface.Kind.LOOPBACK) {
        continue;
      }
      iface.inet.forEach(a -> track(a.address()));
      iface.inet6.stream().filter(a -> !a.isLinkLocal()).forEach(a -> track(a.address()));
    }
  }

  private void track(InetAddress address) {
    for (SimState.Track track : state().tracks) {
      if (track.address.equals(address)) {
        return;
      }
    }
    SimState.Track track = new SimState.Track();
    track.address = address;
    state().tracks.add(track);
  }

  /** When something is due that changes an answer though nobody does anything. */
  long nextDue() {
    long due = Long.MAX_VALUE;
    for (SimState.LostRequest lost : state().lostRequests) {
      if (lost.answeredAt > state().now) {
        due = Math.min(due, lost.answeredAt);
      }
    }
    for (Iface iface : state().ifaces) {
      if (iface.blindUntil > state().now) {
        due = Math.min(due, iface.blindUntil);
      }
    }
    return due;
  }

  private boolean isAnswered(InetAddress address, boolean fromBeyond) {
    boolean ipv6 = address.getAddress().length == 16;
    Segment segment = segmentOf(address);
    Optional<Iface> in = segment == null ? Optional.empty() : kernel.path().delivered(segment.unit);
    if (segment == null || in.isEmpty() || (ipv6 && in.get().is(Iface.IFDISABLED))) {
      return false;
    }
    if (!stands(address, ipv6) || (fromBeyond && !segment.gatewayThere)) {
      return false;
    }
    InetAddress asking = ipv6 ? FAR6 : FAR;
    InetAddress neighbour = ipv6 ? segment.gateway6 : segment.gateway;
    Optional<RouteEntry> route = kernel.routes().lookup(fromBeyond ? asking : neighbour);
    if (route.isEmpty()) {
      return false;
    }
    InetAddress gateway = route.get().gateway;
    if (fromBeyond && (gateway == null || !segment.isGateway(gateway))) {
      return false;
    }
    return leaves(kernel.interfaces().at(route.get().iface), segment, ipv6);
  }

  private @Nullable Segment segmentOf(InetAddress address) {
    List<Segment> segments = state().segments;
    for (Segment segment : segments) {
      if (segment.holds(address)) {
        return segment;
      }
    }
    return segments.isEmpty() ? null : segments.get(0);
  }

  private boolean stands(InetAddress address, boolean ipv6) {
    for (Iface iface : state().ifaces) {
      boolean here =
          ipv6
              ? Inet6.find(iface, address).map(a -> !a.isTentative()).orElse(false)
              : Inet.find(iface, address).isPresent();
      if (here) {
        return true;
      }
    }
    return false;
  }

  private boolean leaves(Iface out, Segment segment, boolean ipv6) {
    DataPath.Fate fate = kernel.path().send(out, ipv6);
    SimState.LostRequest lost = lost(out, ipv6);
    if (fate == DataPath.Fate.LOST && lost == null && out.kind == Iface.Kind.LAGG) {
      requestIsLost(out, ipv6);
    }
    if (fate != DataPath.Fate.SENT) {
      if (lost != null) {
        lost.answeredAt = 0;
      }
      return false;
    }
    if (lost != null && !isResolved(lost)) {
      return false;
    }
    return kernel.path().network(out).map(n -> n.unit == segment.unit).orElse(false);
  }

  private SimState.@Nullable LostRequest lost(Iface out, boolean ipv6) {
    for (SimState.LostRequest lost : state().lostRequests) {
      if (lost.iface == out.index && lost.ipv6 == ipv6) {
        return lost;
      }
    }
    return null;
  }

  private void requestIsLost(Iface out, boolean ipv6) {
    SimState.LostRequest lost = new SimState.LostRequest();
    lost.iface = out.index;
    lost.ipv6 = ipv6;
    lost.firstAt = state().now;
    state().lostRequests.add(lost);
  }

  /**
   * ARP repeats its request once a second of uptime, neighbour discovery a second after its last;
   * the first that finds a way is answered.
   */
  private boolean isResolved(SimState.LostRequest lost) {
    if (lost.answeredAt == 0) {
      long origin = lost.ipv6 ? lost.firstAt : state().boot;
      long since = state().now - origin;
      long seconds = (since + Micros.SECOND - 1) / Micros.SECOND;
      lost.answeredAt = origin + seconds * Micros.SECOND;
    }
    if (lost.answeredAt > state().now) {
      return false;
    }
    state().lostRequests.remove(lost);
    return true;
  }

  /** What is known of neighbours goes with the prefix that leaves an interface. */
  void forgetWhatHasNoRoute() {
    state()
        .lostRequests
        .removeIf(
            lost ->
                state().routes.stream()
                    .noneMatch(
                        r ->
                            r.isIpv6() == lost.ipv6 && r.gateway == null && r.iface == lost.iface));
  }
}
