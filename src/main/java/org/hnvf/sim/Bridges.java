package org.hnvf.sim;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * if_bridge(4) as far as transcript 61 shows it. A port of a lagg cannot become a member; one that
 * was a member before stays one, and hears nothing any more.
 */
final class Bridges {

  /** The address of the first bridge on the machine of the recording. */
  private static final String MAC = "58:9c:fc:10:82:";

  private static final int LAST_BYTE = 0xba;

  private final Kernel kernel;

  Bridges(Kernel kernel) {
    this.kernel = kernel;
  }

  Iface create(String name) {
    long others =
        kernel.interfaces().all().stream().filter(i -> i.kind == Iface.Kind.BRIDGE).count();
    String mac = MAC + String.format("%02x", (LAST_BYTE + others) & 0xff);
    Iface bridge = kernel.interfaces().attach(name, Iface.Kind.BRIDGE, mac);
    bridge.nd6 = Iface.PERFORMNUD | Iface.IFDISABLED;
    bridge.groups.add("bridge");
    bridge.link = Iface.Link.UP;
    return bridge;
  }

  Optional<BridgeMember> member(Iface bridge, Iface iface) {
    return bridge.members.stream().filter(m -> m.iface == iface.index).findFirst();
  }

  /**
   * Adds a member.
   *
   * @throws KernelError EEXIST where it is one already, EBUSY where it is another bridge's, EINVAL
   *     for what is no Ethernet, a lagg port among it
   */
  void add(Iface bridge, Iface iface) throws KernelError {
    if (!iface.isEthernet() || iface.kind == Iface.Kind.BRIDGE) {
      throw new KernelError(Errno.EINVAL);
    }
    if (iface.bridge != 0) {
      throw new KernelError(iface.bridge == bridge.index ? Errno.EEXIST : Errno.EBUSY);
    }
    if (bridge.members.isEmpty()) {
      bridge.mtu = iface.mtu;
    }
    BridgeMember member = new BridgeMember();
    member.iface = iface.index;
    bridge.members.add(0, member);
    iface.bridge = bridge.index;
  }

  /**
   * Removes a member.
   *
   * @throws KernelError ENOENT if it is not a member of this bridge
   */
  void remove(Iface bridge, Iface iface) throws KernelError {
    BridgeMember member = member(bridge, iface).orElseThrow(() -> new KernelError(Errno.ENOENT));
    bridge.members.remove(member);
    iface.bridge = 0;
  }

  /** An interface goes: it is no member any more, and its members are free. */
  void departs(Iface iface) {
    kernel
        .interfaces()
        .byIndex(iface.bridge)
        .ifPresent(bridge -> bridge.members.removeIf(m -> m.iface == iface.index));
    members(iface).forEach(member -> member.bridge = 0);
    iface.members.clear();
  }

  /** Its members, but for those that have become ports of a lagg since. */
  Stream<Iface> ways(Iface bridge) {
    return members(bridge).filter(member -> member.lagg == 0);
  }

  private Stream<Iface> members(Iface bridge) {
    return ImmutableList.copyOf(bridge.members).stream()
        .flatMap(m -> kernel.interfaces().byIndex(m.iface).stream());
  }
}
