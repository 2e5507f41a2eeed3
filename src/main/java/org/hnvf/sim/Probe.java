package org.hnvf.sim;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hnvf.model.Prefix;
import org.jspecify.annotations.Nullable;

/** Watches what would come of a packet to each address, and writes down when that changes. */
final class Probe {

  /** An address beyond the gateway; addresses for benchmarks, RFC 2544 and RFC 5180. */
  private static final InetAddress FAR = Prefix.of("198.18.0.1").address();

  private static final InetAddress FAR6 = Prefix.of("2001:2::1").address();

  private final Kernel kernel;

  /** Of {@code SimState.tracks}, where a guest may have thousands. */
  private final Set<InetAddress> tracked = new HashSet<>();

  Probe(Kernel kernel) {
    this.kernel = kernel;
  }

  private SimState state() {
    return kernel.state();
  }

  /** The way to a network and back: it is the same for all addresses of a family. */
  private record Way(int unit, int tag, boolean ipv6) {}

  /** To be called after every change. */
  void observe() {
    trackNewAddresses();
    Set<InetAddress> standing = standing();
    SimState.Change silence = new SimState.Change(state().now, false, false);
    Map<Way, SimState.Change> answers = new HashMap<>();
    for (SimState.Track track : state().tracks) {
      Segment segment = segmentOf(track.address);
      if (segment == null || !isHeard(track.address, segment, standing)) {
        note(track, silence);
      } else {
        Way way = new Way(segment.unit, segment.tag, isIpv6(track.address));
        note(track, answers.computeIfAbsent(way, w -> answer(segment, w.ipv6())));
      }
    }
  }

  private void note(SimState.Track track, SimState.Change seen) {
    List<SimState.Change> changes = track.changes;
    SimState.Change last =
        changes.isEmpty() ? new SimState.Change(0, false, false) : changes.get(changes.size() - 1);
    if (last.onLink() == seen.onLink() && last.beyond() == seen.beyond()) {
      return;
    }
    if (last.at() == seen.at() && !changes.isEmpty()) {
      changes.set(changes.size() - 1, seen);
    } else {
      changes.add(seen);
    }
  }

  private SimState.Change answer(Segment segment, boolean ipv6) {
    boolean onLink = isAnswered(segment, ipv6);
    return new SimState.Change(state().now, onLink, isAnsweredBeyond(segment, ipv6));
  }

  private void trackNewAddresses() {
    for (Iface iface : state().ifaces) {
      if (iface.kind == Iface.Kind.LOOPBACK) {
        continue;
      }
      for (Ip4 own : iface.inet) {
        track(own.address());
      }
      for (Ip6 own : iface.inet6) {
        if (!own.isLinkLocal()) {
          track(own.address());
        }
      }
    }
  }

  private void track(InetAddress address) {
    List<SimState.Track> tracks = state().tracks;
    if (tracked.size() != tracks.size()) {
      tracks.forEach(track -> tracked.add(track.address));
    }
    if (tracked.add(address)) {
      SimState.Track track = new SimState.Track();
      track.address = address;
      tracks.add(track);
    }
  }

  /** Returns when an answer changes without an action. */
  long nextDue() {
    long due = kernel.carps().nextDue();
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

  /** Whether a packet from that network comes to the address. */
  private boolean isHeard(InetAddress address, Segment segment, Set<InetAddress> standing) {
    boolean ipv6 = isIpv6(address);
    Optional<Iface> in = kernel.path().delivered(segment);
    return in.isPresent() && !(ipv6 && in.get().is(Iface.IFDISABLED)) && standing.contains(address);
  }

  /** Returns the FIB of an answer: the one of the interface that received the packet (M_SETFIB). */
  private int fib(Segment segment) {
    return kernel.path().delivered(segment.unit).map(in -> in.fib).orElse(0);
  }

  /** Whether the answer to a neighbour leaves. */
  private boolean isAnswered(Segment segment, boolean ipv6) {
    return kernel
        .routes()
        .lookup(fib(segment), (ipv6 ? segment.gateway6 : segment.gateway).getAddress())
        .filter(route -> leaves(route, segment, ipv6))
        .isPresent();
  }

  /** Returns whether an answer to an address beyond the gateway leaves. */
  private boolean isAnsweredBeyond(Segment segment, boolean ipv6) {
    return segment.gatewayThere
        && kernel
            .routes()
            .lookup(fib(segment), (ipv6 ? FAR6 : FAR).getAddress())
            .filter(route -> route.gateway != null && segment.isGateway(route.gateway))
            .filter(route -> leaves(route, segment, ipv6))
            .isPresent();
  }

  private static boolean isIpv6(InetAddress address) {
    return address instanceof Inet6Address;
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

  /** Returns the addresses that the guest answers for; a tentative one does not count. */
  private Set<InetAddress> standing() {
    Set<InetAddress> standing = new HashSet<>();
    for (Iface iface : state().ifaces) {
      for (Ip4 own : iface.inet) {
        if (kernel.carps().answers(iface, own)) {
          standing.add(own.address());
        }
      }
      for (Ip6 own : iface.inet6) {
        if (!own.isTentative()) {
          standing.add(own.address());
        }
      }
    }
    return standing;
  }

  private boolean leaves(RouteEntry route, Segment segment, boolean ipv6) {
    Iface out = kernel.interfaces().at(route.iface);
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
    return kernel
        .path()
        .network(out)
        .map(n -> n.unit == segment.unit && n.tag == segment.tag)
        .orElse(false);
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

  /** Deletes the neighbours of a prefix that leaves an interface. */
  void forgetWhatHasNoRoute() {
    state().lostRequests.removeIf(lost -> !hasRoute(lost));
  }

  private boolean hasRoute(SimState.LostRequest lost) {
    for (RouteEntry route : state().routes) {
      if (route.isIpv6() == lost.ipv6 && route.gateway == null && route.iface == lost.iface) {
        return true;
      }
    }
    return false;
  }
}
