package org.hnvf.sim;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One interface. Plain data: what happens to it is in the classes around {@link Kernel}. */
final class Iface {

  /** The kind of the driver. */
  enum Kind {
    LOOPBACK,
    HN,
    VF,
    LAGG,
    EPAIR,
    VLAN,
    BRIDGE
  }

  /** The link state, {@code LINK_STATE_*} of net/if.h. */
  enum Link {
    UNKNOWN,
    DOWN,
    UP
  }

  /** {@code ND6_IFF_*} of netinet6/nd6.h. */
  static final int PERFORMNUD = 0x1;

  static final int ACCEPT_RTADV = 0x2;
  static final int IFDISABLED = 0x8;
  static final int AUTO_LINKLOCAL = 0x20;
  static final int NO_RADR = 0x40;
  static final int NO_PREFER_IFACE = 0x80;
  static final int NO_DAD = 0x100;

  /** {@code IFF_*} of net/if.h that a program may set besides IFF_UP. */
  static final int DEBUG = 0x4;

  static final int NOARP = 0x80;
  static final int PPROMISC = 0x20000;
  static final int MONITOR = 0x40000;
  static final int STATICARP = 0x80000;

  String name = "";

  /** The name that its driver gave it. */
  String driverName = "";

  int index;
  Kind kind = Kind.HN;

  /** The unit of hn(4) that an hn or a VF belongs to; -1 for the others. */
  int unit = -1;

  boolean up;
  boolean running;

  /** Those of the flags above that are set. */
  int flags;

  int mtu = 1500;
  int metric;
  @Nullable String description;
  int fib;
  String mac = "";

  /** The MAC address it was born with. */
  String hwMac = "";

  Link link = Link.UNKNOWN;

  /** The carrier of the wire, before hn(4) changes the link. */
  boolean carrier = true;

  int nd6 = PERFORMNUD | IFDISABLED | AUTO_LINKLOCAL;
  List<Ip4> inet = new ArrayList<>();
  List<Ip6> inet6 = new ArrayList<>();
  List<String> groups = new ArrayList<>();

  /** The index of the lagg of which it is a port; 0 if it is not a port. */
  int lagg;

  /** The MAC address it had before it became a port, and has again after. */
  String ownMac = "";

  /** A lagg's ports, as indexes, in the order that the kernel keeps. */
  List<Integer> ports = new ArrayList<>();

  /** The index of a lagg's master port; 0 where there is none. */
  int primary;

  String protocol = "failover";

  /** {@code LAGG_F_HASHL2} to {@code L4}, {@code LAGG_OPT_*} and the shift (net/if_lagg.h). */
  int laggHash = 7;

  int laggOptions = 4;
  int flowidShift = 16;

  /** The index of a VLAN's parent; 0 where it has none. The next three count while it has one. */
  int parent;

  int tag;
  String tagProtocol = "802.1q";

  /** The bytes of the parent's MTU that the tag takes. */
  int encapsulation;

  /** A VLAN's priority, which stays when the parent is taken away. */
  int pcp;

  /** Whether a VLAN has IFCAP_LINKSTATE, of its parent or of the last one. */
  boolean knowsLink;

  /** The index of the bridge of which it is a member; 0 if it is not a member. */
  int bridge;

  /** A bridge's members, the last one that came first. */
  List<BridgeMember> members = new ArrayList<>();

  /** Its virtual hosts of carp(4). */
  List<CarpHost> carps = new ArrayList<>();

  /** Since when a VF is up, in microseconds of virtual time. */
  long upSince;

  /** A VF's driver starts anew when it joins a lagg while up: until then it passes nothing. */
  long blindUntil;

  boolean is(int nd6Flag) {
    return (nd6 & nd6Flag) != 0;
  }

  /** Whether it is of type IFT_ETHER: a lagg port is not, it is IFT_IEEE8023ADLAG. */
  boolean isEthernet() {
    return kind != Kind.LOOPBACK && lagg == 0;
  }

  @Override
  public String toString() {
    return name;
  }
}
