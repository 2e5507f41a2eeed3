package org.hnvf.sim;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the simulated guest is, but its files: plain data, which is what a {@link
 * GuestImage} holds. Times are microseconds of virtual time.
 */
final class SimState {

  /** A host action that is due at a time. */
  record Scheduled(long at, long number, HostAction action) {}

  /** A change of what a packet to an address would find. */
  record Change(long at, boolean onLink, boolean beyond) {}

  /** The known reachability of one address. */
  static final class Track {
    InetAddress address = InetAddress.getLoopbackAddress();
    List<Change> changes = new ArrayList<>();
  }

  /**
   * A lost ARP request of the guest to a prober: it is repeated at the next full second of uptime,
   * not before (arpresolve_full of sys/netinet/if_ether.c).
   */
  static final class LostRequest {
    int iface;
    boolean ipv6;
    long firstAt;

    /** When the request that will be answered is sent; 0 while none would be. */
    long answeredAt;
  }

  long now;
  long boot;
  long random;
  int nextPid = 1400;
  int commands;
  long nextSerial = 1;
  long scheduledSoFar;

  /** Indexes that belong to interfaces which are not this guest's, as in a machine with jails. */
  List<Integer> takenIndexes = new ArrayList<>();

  /** {@code hw.hn.vf_transparent}; null on a kernel that has no such sysctl. */
  @Nullable Integer transparent = 0;

  /**
   * How long the task of the hn(4) of 2026 takes that switches the data path to a VF; null where it
   * is switched at once, as by every hn(4) before.
   */
  @Nullable Long pathTask;

  boolean hasVfList = true;
  boolean hasVfMap = true;

  /** Whether ifconfig is that of FreeBSD 14 and later, which speaks netlink(4). */
  boolean netlink = true;

  /** sysctl(8) nodes that nothing here decides, as a recording shows them. */
  Map<String, String> sysctls = new TreeMap<>();

  FilterState filters = new FilterState();
  boolean laggLoaded;

  /** Whether the kernel has {@code options ROUTE_MPATH}, as FreeBSD's GENERIC. */
  boolean multipath;

  int failoverRxAll;

  /** {@code net.fibs}: how many routing tables there are. */
  int fibs = 1;

  String vfDriver = "mlxen";

  /** The largest MTU that the driver of a VF takes. */
  int vfMaxMtu = 9000;

  /** Whether lagg(4) gives a later port its own MTU; before, it refused one of another MTU. */
  boolean laggSetsMtu = true;

  List<Iface> ifaces = new ArrayList<>();
  List<RouteEntry> routes = new ArrayList<>();
  List<Neighbour> neighbours = new ArrayList<>();
  List<Segment> segments = new ArrayList<>();
  List<DhclientProc> dhclients = new ArrayList<>();
  List<KernelMessage> messages = new ArrayList<>();
  List<DevdNotice> events = new ArrayList<>();
  List<Scheduled> scheduled = new ArrayList<>();
  List<Fault> faults = new ArrayList<>();
  List<Track> tracks = new ArrayList<>();
  List<LostRequest> lostRequests = new ArrayList<>();

  /** Whether packets are sent to or through the hn while its VF carries the data path. */
  boolean isTransparent() {
    return transparent != null && transparent == 1;
  }

  /** The next number of a sequence that the seed alone decides (SplitMix64), in [0, bound). */
  int random(int bound) {
    random += 0x9e3779b97f4a7c15L;
    long z = random;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return (int) Long.remainderUnsigned(z ^ (z >>> 31), bound);
  }

  /** The process ids of {@code count} new processes; the first of them. */
  int newPids(int count) {
    int first = nextPid;
    nextPid += count;
    return first;
  }
}
