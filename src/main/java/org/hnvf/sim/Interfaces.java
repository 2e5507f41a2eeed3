package org.hnvf.sim;

import com.google.common.collect.ImmutableList;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The list of interfaces, and what is the same for all of them (sys/net/if.c). */
final class Interfaces {
  static final String NO_MAC = "00:00:00:00:00:00";

  /** IFNAMSIZ: a name and the zero after it. */
  static final int NAME_SIZE = 16;

  private final Kernel kernel;

  Interfaces(Kernel kernel) {
    this.kernel = kernel;
  }

  private SimState state() {
    return kernel.state();
  }

  Optional<Iface> find(String name) {
    return first(i -> i.name.equals(name));
  }

  Optional<Iface> byIndex(int index) {
    for (Iface iface : state().ifaces) {
      if (iface.index == index) {
        return Optional.of(iface);
      }
    }
    return Optional.empty();
  }

  Optional<Iface> first(Predicate<Iface> which) {
    for (Iface iface : state().ifaces) {
      if (which.test(iface)) {
        return Optional.of(iface);
      }
    }
    return Optional.empty();
  }

  /** The interface that something in the tables points to. */
  Iface at(int index) {
    return byIndex(index)
        .orElseThrow(() -> new IllegalStateException("no interface of index " + index));
  }

  ImmutableList<Iface> all() {
    return ImmutableList.copyOf(state().ifaces);
  }

  Iface loopback() {
    return first(i -> i.kind == Iface.Kind.LOOPBACK)
        .orElseThrow(() -> new IllegalStateException("no loopback interface"));
  }

  /** The lowest index that no interface has (ifindex_alloc). */
  private int freeIndex() {
    Set<Integer> taken = new HashSet<>(state().takenIndexes);
    for (Iface iface : state().ifaces) {
      taken.add(iface.index);
    }
    int index = 1;
    while (taken.contains(index)) {
      index++;
    }
    return index;
  }

  /** The lowest unit of a driver that no interface has. */
  int freeUnit(String driver) {
    int unit = 0;
    while (isDriverName(driver + unit)) {
      unit++;
    }
    return unit;
  }

  private boolean isDriverName(String name) {
    return first(i -> i.driverName.equals(name) || i.name.equals(name)).isPresent();
  }

  Iface attach(String name, Iface.Kind kind, String mac) {
    Iface iface = new Iface();
    iface.name = name;
    iface.driverName = name;
    iface.kind = kind;
    iface.index = freeIndex();
    iface.mac = mac;
    iface.hwMac = mac;
    state().ifaces.add(iface);
    if (kind != Iface.Kind.LOOPBACK) {
      kernel.devd().attached(iface);
    }
    return iface;
  }

  /** An epair(4), which has no network behind; the end {@code a} of it. */
  Iface createPair(String name) {
    String pair = name.equals("epair") ? "epair" + freeUnit("epair") : name;
    Iface one = attach(pair + "a", Iface.Kind.EPAIR, "02:00:00:00:00:0a");
    Iface other = attach(pair + "b", Iface.Kind.EPAIR, "02:00:00:00:00:0b");
    one.groups.add("epair");
    other.groups.add("epair");
    setLink(one, Iface.Link.UP);
    setLink(other, Iface.Link.UP);
    return one;
  }

  void destroyPair(Iface end) {
    String pair = end.driverName.substring(0, end.driverName.length() - 1);
    ImmutableList<Iface> ends =
        all().stream()
            .filter(i -> i.kind == Iface.Kind.EPAIR && i.driverName.startsWith(pair))
            .collect(ImmutableList.toImmutableList());
    ends.forEach(i -> setLink(i, Iface.Link.DOWN));
    ends.forEach(this::detach);
  }

  /** The last of an interface: its addresses, its routes, itself. */
  void detach(Iface iface) {
    kernel.vlans().parentDeparts(iface);
    kernel.bridges().departs(iface);
    for (Ip4 address : ImmutableList.copyOf(iface.inet)) {
      kernel.inet().remove(iface, address);
    }
    kernel.inet6().detach(iface);
    kernel.routes().removeIf(r -> r.iface == iface.index || r.link == iface.index);
    state().neighbours.removeIf(n -> n.iface() == iface.index);
    state().ifaces.remove(iface);
    kernel.devd().notify("IFNET", iface.name, "DETACH");
    tell(KernelMessage.Kind.DEPARTED, iface);
  }

  /** IFF_UP is set; a lagg takes its ports with it, a VF the data path. */
  void up(Iface iface) {
    if (iface.up) {
      return;
    }
    iface.up = true;
    iface.running = iface.kind != Iface.Kind.VLAN || iface.parent != 0;
    iface.upSince = state().now;
    if (iface.kind == Iface.Kind.LAGG) {
      kernel.laggs().started(iface);
    }
    kernel.inet().wentUp(iface);
    kernel.inet6().wentUp(iface);
    if (iface.kind == Iface.Kind.VF) {
      kernel.nics().refresh(iface.unit);
    }
  }

  /** IFF_UP is cleared. */
  void down(Iface iface) {
    if (!iface.up) {
      return;
    }
    iface.up = false;
    boolean runs = iface.kind == Iface.Kind.VLAN && iface.running;
    iface.running = runs || iface.kind == Iface.Kind.LOOPBACK;
    if (iface.kind == Iface.Kind.LAGG) {
      kernel.laggs().stopped(iface);
    }
    kernel.inet().wentDown(iface);
    tell(KernelMessage.Kind.WENT_DOWN, iface);
    if (iface.kind == Iface.Kind.VF) {
      kernel.nics().refresh(iface.unit);
    }
  }

  void setLink(Iface iface, Iface.Link link) {
    if (iface.link == link) {
      return;
    }
    iface.link = link;
    boolean isUp = link == Iface.Link.UP;
    kernel.devd().notify("IFNET", iface.name, isUp ? "LINK_UP" : "LINK_DOWN");
    if (isUp) {
      tell(KernelMessage.Kind.LINK_UP, iface);
    }
    if (iface.lagg != 0) {
      kernel.laggs().linkChanged(at(iface.lagg));
    }
    kernel.vlans().linkChanged(iface);
  }

  void rename(Iface iface, String name) throws KernelError {
    if (name.isEmpty()) {
      throw new KernelError(Errno.EINVAL);
    }
    if (name.length() >= NAME_SIZE) {
      throw new KernelError(Errno.ENAMETOOLONG);
    }
    if (name.equals(iface.name)) {
      return;
    }
    if (find(name).isPresent()) {
      throw new KernelError(Errno.EEXIST);
    }
    kernel.devd().notify("IFNET", iface.name, "RENAME name=" + name);
    iface.name = name;
  }

  /** A NIC takes what its driver allows; a lagg what its ports take, and without one anything. */
  void setMtu(Iface iface, int mtu) throws KernelError {
    if (iface.kind == Iface.Kind.VLAN) {
      kernel.vlans().setMtu(iface, mtu);
      return;
    }
    boolean nic = iface.kind == Iface.Kind.HN || iface.kind == Iface.Kind.VF;
    boolean limited = nic || !iface.ports.isEmpty();
    if (iface.lagg != 0 || mtu < 72 || mtu > (limited ? 9000 : 65535) || tooMuch(iface, mtu)) {
      throw new KernelError(Errno.EINVAL);
    }
    iface.mtu = mtu;
    for (int port : iface.ports) {
      at(port).mtu = mtu;
    }
  }

  /** A VF may take less than its hn, be it alone or the port of a lagg. */
  private boolean tooMuch(Iface iface, int mtu) {
    boolean vf =
        iface.kind == Iface.Kind.VF
            || iface.ports.stream().anyMatch(port -> at(port).kind == Iface.Kind.VF);
    return vf && mtu > kernel.state().vfMaxMtu;
  }

  /** Gives an interface another MAC address; a lagg that is up gives it to its ports. */
  void setMac(Iface iface, String mac) throws KernelError {
    if (iface.kind == Iface.Kind.LOOPBACK || mac.length() != NO_MAC.length()) {
      throw new KernelError(Errno.EINVAL);
    }
    iface.mac = mac;
    if (iface.up) {
      iface.ports.forEach(port -> at(port).mac = mac);
    }
    kernel.vlans().parentChanged(iface);
  }

  /** Returns whether SIOCGIFMEDIA reports a carrier. */
  boolean hasCarrier(Iface iface) {
    if (iface.kind == Iface.Kind.LAGG) {
      return iface.ports.stream().anyMatch(p -> Laggs.isActive(at(p)));
    }
    return iface.kind == Iface.Kind.VLAN
        ? kernel.vlans().parent(iface).filter(this::hasCarrier).isPresent()
        : iface.link == Iface.Link.UP;
  }

  void tell(KernelMessage.Kind kind, Iface iface) {
    state().messages.add(new KernelMessage(kind, iface.index, null));
  }
}
