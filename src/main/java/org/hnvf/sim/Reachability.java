package org.hnvf.sim;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The probe: for every instant of virtual time, whether a packet to an address of the guest would
 * be answered. It is as if every address that ever stood on the guest were sent a packet at every
 * instant.
 */
public final class Reachability {

  /** From where the packet comes. */
  public enum Vantage {
    /** A machine on the same network: the answer needs the prefix route alone. */
    ON_LINK,
    /** Beyond the gateway: the answer needs the default route too. */
    BEYOND_GATEWAY
  }

  /**
   * A time in which packets went unanswered.
   *
   * @param start its first instant
   * @param end the first instant after it, or the end of the time asked for
   */
  public record Outage(Instant start, Instant end) {

    /** How long it was. */
    public Duration length() {
      return Duration.between(start, end);
    }
  }

  private final SimState state;
  private final Scheduler engine;

  Reachability(SimState state, Scheduler engine) {
    this.state = state;
    this.engine = engine;
  }

  /** The addresses that are watched: all that ever stood on an interface with a network behind. */
  public ImmutableSet<InetAddress> addresses() {
    engine.settle();
    return state.tracks.stream().map(t -> t.address).collect(ImmutableSet.toImmutableSet());
  }

  /** Whether a packet from beyond the gateway would be answered now. */
  public boolean isReachable(InetAddress address) {
    return isReachable(address, Vantage.BEYOND_GATEWAY);
  }

  /** Whether a packet from there would be answered now. */
  public boolean isReachable(InetAddress address, Vantage vantage) {
    engine.settle();
    List<SimState.Change> changes = changes(address);
    return !changes.isEmpty() && answered(changes.get(changes.size() - 1), vantage);
  }

  /** When a packet from beyond the gateway was not answered. */
  public ImmutableList<Outage> outages(InetAddress address, Instant from, Instant to) {
    return outages(address, Vantage.BEYOND_GATEWAY, from, to);
  }

  /** When a packet from there was not answered, in [from, to), earliest first. */
  public ImmutableList<Outage> outages(
      InetAddress address, Vantage vantage, Instant from, Instant to) {
    engine.settle();
    long begin = Micros.of(from);
    long end = Micros.of(to);
    ImmutableList.Builder<Outage> outages = ImmutableList.builder();
    long since = begin;
    boolean answered = false;
    for (SimState.Change change : changes(address)) {
      long at = Math.min(Math.max(change.at(), begin), end);
      boolean next = answered(change, vantage);
      if (!answered && next && at > since) {
        outages.add(new Outage(Micros.instant(since), Micros.instant(at)));
      }
      if (answered != next) {
        since = at;
        answered = next;
      }
    }
    if (!answered && end > since) {
      outages.add(new Outage(Micros.instant(since), Micros.instant(end)));
    }
    return outages.build();
  }

  private static boolean answered(SimState.Change change, Vantage vantage) {
    return vantage == Vantage.ON_LINK ? change.onLink() : change.beyond();
  }

  private List<SimState.Change> changes(InetAddress address) {
    for (SimState.Track track : state.tracks) {
      if (track.address.equals(address)) {
        return track.changes;
      }
    }
    return new ArrayList<>();
  }
}
