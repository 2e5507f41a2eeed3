package org.hnvf.sim;

import com.google.common.collect.ImmutableList;
import java.net.InetAddress;
import java.util.Optional;
import org.hnvf.model.Prefix;

/** vlan(4): interfaces that send by another one, with a tag (sys/net/if_vlan.c). */
final class Vlans {

  /** ETHER_VLAN_ENCAP_LEN: what a tag takes of a parent that cannot send longer frames. */
  private static final int ENCAPSULATION = 4;

  private static final int DEFAULT_MTU = 1500;
  private static final int RESERVED_TAG = 4095;
  private final Kernel kernel;

  Vlans(Kernel kernel) {
    this.kernel = kernel;
  }

  /** One that has no parent yet. */
  Iface create(String name) {
    Iface vlan = kernel.interfaces().attach(name, Iface.Kind.VLAN, Interfaces.NO_MAC);
    vlan.groups.add("vlan");
    return vlan;
  }

  /** The VLANs whose parent an interface is. */
  ImmutableList<Iface> on(Iface parent) {
    return kernel.interfaces().all().stream()
        .filter(i -> i.kind == Iface.Kind.VLAN && i.parent == parent.index)
        .collect(ImmutableList.toImmutableList());
  }

  Optional<Iface> parent(Iface vlan) {
    return vlan.parent == 0 ? Optional.empty() : kernel.interfaces().byIndex(vlan.parent);
  }

  /** Returns the first interface among the parents that is not a VLAN. */
  Optional<Iface> root(Iface iface) {
    return iface.kind == Iface.Kind.VLAN ? parent(iface).flatMap(this::root) : Optional.of(iface);
  }

  /**
   * Sets parent and tag (vlan_config). MTU, MAC address and link are then those of the parent, and
   * the priority is 0; addresses and routes are unchanged.
   *
   * @throws KernelError EPROTONOSUPPORT for a parent that is not an Ethernet interface, such as a
   *     lagg port; EINVAL for a tag that is not valid; EBUSY if it has a parent; EEXIST if the
   *     parent has that tag already
   */
  void configure(Iface vlan, Iface parent, int tag, String protocol) throws KernelError {
    if (!parent.isEthernet()) {
      throw new KernelError(Errno.EPROTONOSUPPORT);
    }
    if (tag < 1 || tag >= RESERVED_TAG) {
      throw new KernelError(Errno.EINVAL);
    }
    if (vlan.parent != 0) {
      throw new KernelError(Errno.EBUSY);
    }
    if (on(parent).stream().anyMatch(other -> other.tag == tag)) {
      throw new KernelError(Errno.EEXIST);
    }
    vlan.parent = parent.index;
    vlan.tag = tag;
    vlan.tagProtocol = protocol;
    vlan.pcp = 0;
    vlan.encapsulation = takesLongFrames(parent) ? 0 : ENCAPSULATION;
    vlan.mtu = parent.mtu - vlan.encapsulation;
    vlan.link = parent.link;
    vlan.running = true;
    follow(vlan, parent);
    attachNetwork(vlan);
  }

  /** Takes the parent away, without a word to anybody (vlan_unconfig_locked). */
  void unconfigure(Iface vlan) {
    vlan.parent = 0;
    vlan.mtu = DEFAULT_MTU;
    vlan.link = Iface.Link.UNKNOWN;
    vlan.running = false;
  }

  /** The parent goes: its VLANs stay, without one. */
  void parentDeparts(Iface parent) {
    on(parent).forEach(this::unconfigure);
  }

  /** The parent's MAC address or what its driver can do has changed. */
  void parentChanged(Iface parent) {
    on(parent).forEach(vlan -> follow(vlan, parent));
  }

  private void follow(Iface vlan, Iface parent) {
    vlan.mac = parent.mac;
    vlan.hwMac = parent.mac;
    vlan.knowsLink = knowsLink(parent);
    parentChanged(vlan);
  }

  /** The parent's link went or came (vlan_link_state). */
  void linkChanged(Iface parent) {
    on(parent).forEach(vlan -> kernel.interfaces().setLink(vlan, parent.link));
  }

  /** IFCAP_VLAN_MTU: all that are simulated have it, but for a lagg without ports and a VLAN. */
  private static boolean takesLongFrames(Iface parent) {
    return parent.kind != Iface.Kind.VLAN && knowsLink(parent);
  }

  /** IFCAP_LINKSTATE, which a lagg has of its ports. */
  static boolean knowsLink(Iface parent) {
    return switch (parent.kind) {
      case LAGG -> !parent.ports.isEmpty();
      case VLAN -> parent.knowsLink;
      default -> true;
    };
  }

  /**
   * Sets the MTU, which is never more than the parent's.
   *
   * @throws KernelError EINVAL
   */
  void setMtu(Iface vlan, int mtu) throws KernelError {
    Optional<Iface> parent = parent(vlan);
    if (parent.isEmpty() || mtu < 72 || mtu > parent.get().mtu - vlan.encapsulation) {
      throw new KernelError(Errno.EINVAL);
    }
    vlan.mtu = mtu;
  }

  /** The VLAN of an interface that hears frames with this tag. */
  Optional<Iface> hearing(Iface in, int tag) {
    return on(in).stream().filter(vlan -> vlan.tag == tag && vlan.up).findFirst();
  }

  /**
   * Adds the network of a tag: the first one that an address of a VLAN is in. Its gateway is the
   * first address of that network.
   */
  void attachNetwork(Iface vlan) {
    Optional<Iface> nic = root(vlan).flatMap(kernel.path()::anyNic);
    boolean nested = parent(vlan).filter(p -> p.kind == Iface.Kind.VLAN).isPresent();
    if (vlan.kind != Iface.Kind.VLAN || nic.isEmpty() || nested) {
      return;
    }
    Optional<Prefix> inet = vlan.inet.stream().map(a -> a.prefix).findFirst();
    Optional<Prefix> inet6 =
        vlan.inet6.stream().filter(a -> !a.isLinkLocal()).map(a -> a.prefix).findFirst();
    if (inet.isEmpty() && inet6.isEmpty()) {
      return;
    }
    Segment network =
        kernel
            .path()
            .segment(nic.get().unit, vlan.tag)
            .orElseGet(() -> silent(nic.get().unit, vlan.tag));
    if (network.network.isHost()) {
      inet.map(Vlans::wholeNetwork)
          .ifPresent(
              whole -> {
                network.network = whole;
                network.gateway = first(whole);
              });
    }
    if (network.advertised.isHost()) {
      inet6
          .map(Vlans::wholeNetwork)
          .ifPresent(
              whole -> {
                network.advertised = whole;
                network.gateway6 = first(whole);
              });
    }
  }

  /** Returns a network without known addresses. */
  private Segment silent(int unit, int tag) {
    Segment segment = new Segment();
    segment.unit = unit;
    segment.tag = tag;
    segment.network = Prefix.of("0.0.0.0/32");
    segment.gateway = segment.network.address();
    segment.nameServer = segment.network.address();
    segment.advertised = Prefix.of("::/128");
    segment.gateway6 = segment.advertised.address();
    kernel.state().segments.add(segment);
    return segment;
  }

  static Prefix wholeNetwork(Prefix of) {
    return new Prefix(
        Bits.address(Bits.masked(of.address().getAddress(), of.length())), of.length());
  }

  /** Returns the first address of a network, or the second if the guest has the first. */
  static InetAddress routerFor(Prefix own, Prefix network) {
    InetAddress first = first(network);
    if (!first.equals(own.address())) {
      return first;
    }
    byte[] bytes = first.getAddress();
    bytes[bytes.length - 1] ^= 3;
    return Bits.address(bytes);
  }

  static InetAddress first(Prefix network) {
    byte[] bytes = network.address().getAddress();
    bytes[bytes.length - 1] |= 1;
    return Bits.address(bytes);
  }
}
