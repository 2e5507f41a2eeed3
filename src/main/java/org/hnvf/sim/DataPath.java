package org.hnvf.sim;

import java.util.Comparator;
import java.util.Optional;

/** The way of a packet between the network behind a unit and an interface of the guest. */
final class DataPath {
  private final Kernel kernel;

  DataPath(Kernel kernel) {
    this.kernel = kernel;
  }

  /** The fate of a packet that was given to an interface. */
  enum Fate {
    /** It reached the network. */
    SENT,
    /** The interface took it, and it was lost. */
    LOST,
    /** {@code sendto: Network is down}. */
    NETWORK_DOWN,
    /** {@code sendto: No route to host}. */
    NO_ROUTE,
    /** {@code sendto: Permission denied}: a packet filter let no packet out. */
    FILTERED
  }

  /** The NIC by which packets from the network of a unit come in; none where they are lost. */
  Optional<Iface> arrivesAt(int unit) {
    Optional<Iface> nic =
        kernel.nics().carries(unit) ? kernel.nics().vf(unit) : kernel.nics().hn(unit);
    return nic.filter(i -> passes(i));
  }

  /** The interface that the IP layer sees a packet come in by. */
  Optional<Iface> delivered(int unit) {
    Optional<Iface> nic = arrivesAt(unit);
    if (nic.isEmpty() || nic.get().lagg == 0) {
      return nic;
    }
    Iface lagg = kernel.interfaces().at(nic.get().lagg);
    return kernel.laggs().accepts(lagg, nic.get()) ? Optional.of(lagg) : Optional.empty();
  }

  /** The same for a network whose frames may have a tag: a lagg port hands none to its VLANs. */
  Optional<Iface> delivered(Segment network) {
    Optional<Iface> in = delivered(network.unit);
    if (network.tag == 0) {
      return in;
    }
    return in.filter(i -> passesTag(network)).flatMap(i -> kernel.vlans().hearing(i, network.tag));
  }

  /** Whether what carries the data path passes the frames of this network. */
  private boolean passesTag(Segment network) {
    return network.tag == 0 || network.vfPasses || !kernel.nics().carries(network.unit);
  }

  /** Whether a NIC itself passes packets, in either direction. */
  private boolean passes(Iface nic) {
    if (!nic.up || nic.link != Iface.Link.UP || nic.blindUntil > kernel.state().now) {
      return false;
    }
    return nic.kind != Iface.Kind.VF || (kernel.nics().carries(nic.unit) && vfPasses(nic.unit));
  }

  private boolean vfPasses(int unit) {
    return segment(unit).map(s -> s.vfPasses).orElse(true);
  }

  Optional<Segment> segment(int unit) {
    return segment(unit, 0);
  }

  Optional<Segment> segment(int unit, int tag) {
    for (Segment segment : kernel.state().segments) {
      if (segment.unit == unit && segment.tag == tag) {
        return Optional.of(segment);
      }
    }
    return Optional.empty();
  }

  /** Returns the fate of an IP packet that leaves by this interface. */
  Fate send(Iface iface, boolean ipv6) {
    if (knowsItsLink(iface) && iface.link != Iface.Link.UP) {
      return Fate.NO_ROUTE;
    }
    if (!iface.up || !iface.running || iface.lagg != 0) {
      return Fate.NETWORK_DOWN;
    }
    if (ipv6 && iface.is(Iface.IFDISABLED)) {
      return Fate.NETWORK_DOWN;
    }
    // A parent that is a lagg port sends what its VLANs give it; only nothing comes back.
    if (kernel.vlans().parent(iface).filter(p -> !p.up || !p.running).isPresent()) {
      return Fate.NETWORK_DOWN;
    }
    boolean passes =
        physical(iface).filter(this::passes).isPresent()
            && network(iface).filter(network -> !passesTag(network)).isEmpty();
    return passes ? Fate.SENT : Fate.LOST;
  }

  /**
   * Only an interface with IFCAP_LINKSTATE is asked (RT_LINK_IS_UP); a lagg has it of its ports.
   */
  private static boolean knowsItsLink(Iface iface) {
    return iface.kind != Iface.Kind.BRIDGE && Vlans.knowsLink(iface);
  }

  /** The NIC that an interface sends by. */
  Optional<Iface> physical(Iface iface) {
    return switch (iface.kind) {
      case LAGG -> kernel.laggs().active(iface);
      case VLAN -> kernel.vlans().root(iface).flatMap(this::physical);
      case BRIDGE -> throughBridge(iface);
      default -> Optional.of(iface);
    };
  }

  /** Sends to each member of a bridge; one that passes the packet suffices. */
  private Optional<Iface> throughBridge(Iface bridge) {
    return kernel
        .bridges()
        .ways(bridge)
        .flatMap(member -> physical(member).stream())
        .filter(nic -> nic.unit >= 0)
        .max(Comparator.comparing(this::passes));
  }

  /** A NIC that an interface sends by, or would, had it a link. */
  Optional<Iface> anyNic(Iface iface) {
    return iface.kind == Iface.Kind.LAGG
        ? kernel.interfaces().byIndex(iface.primary).filter(i -> i.unit >= 0)
        : Optional.of(iface).filter(i -> i.unit >= 0);
  }

  /**
   * The network that frames of an interface reach, when a program writes them itself (bpf(4)), as
   * dhclient does: a lagg port can do that too, and sees what comes in by it.
   */
  Optional<Segment> frames(Iface iface) {
    return physical(iface)
        .filter(i -> i.kind != Iface.Kind.LOOPBACK)
        .filter(i -> iface.up && passes(i))
        .flatMap(i -> segment(i.unit, tag(iface)));
  }

  /** Returns the tag; frames with two tags are lost. */
  private int tag(Iface iface) {
    boolean nested =
        kernel.vlans().parent(iface).filter(p -> p.kind == Iface.Kind.VLAN).isPresent();
    return nested ? -1 : iface.kind == Iface.Kind.VLAN ? iface.tag : 0;
  }

  /** The network that IP packets sent by this interface reach. */
  Optional<Segment> network(Iface iface) {
    return physical(iface).filter(i -> i.unit >= 0).flatMap(i -> segment(i.unit, tag(iface)));
  }
}
