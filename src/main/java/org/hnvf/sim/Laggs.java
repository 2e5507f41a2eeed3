package org.hnvf.sim;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;

/** lagg(4) with the failover protocol (sys/net/if_lagg.c). */
final class Laggs {
  private final Kernel kernel;

  Laggs(Kernel kernel) {
    this.kernel = kernel;
  }

  private Iface at(int index) {
    return kernel.interfaces().at(index);
  }

  Iface create(String name) {
    Iface lagg = kernel.interfaces().attach(name, Iface.Kind.LAGG, Interfaces.NO_MAC);
    lagg.groups.add("lagg");
    return lagg;
  }

  /** Its ports go down with it, if it runs; then they are free; then its addresses go. */
  void destroy(Iface lagg) {
    kernel.interfaces().down(lagg);
    for (int port : ImmutableList.copyOf(lagg.ports)) {
      release(lagg, at(port));
    }
    if (lagg.link == Iface.Link.UP) {
      kernel.interfaces().setLink(lagg, Iface.Link.DOWN);
    }
    kernel.interfaces().detach(lagg);
  }

  /** Whether a port could carry packets: it is up and has a link (LAGG_PORTACTIVE). */
  static boolean isActive(Iface port) {
    return port.up && port.link == Iface.Link.UP;
  }

  /** The port that sends: the master, the one after it, or the first that can. */
  Optional<Iface> active(Iface lagg) {
    if (lagg.ports.isEmpty()) {
      return Optional.empty();
    }
    int master = lagg.ports.indexOf(lagg.primary);
    for (int candidate : new int[] {master, master + 1}) {
      if (candidate >= 0 && candidate < lagg.ports.size()) {
        Iface port = at(lagg.ports.get(candidate));
        if (isActive(port)) {
          return Optional.of(port);
        }
      }
    }
    return lagg.ports.stream().map(this::at).filter(Laggs::isActive).findFirst();
  }

  /** Whether the lagg takes what comes in by this port (lagg_fail_input). */
  boolean accepts(Iface lagg, Iface port) {
    if (!lagg.running) {
      return false;
    }
    if (port.index == lagg.primary || kernel.state().failoverRxAll == 1) {
      return true;
    }
    return !isActive(at(lagg.primary)) && active(lagg).map(port::equals).orElse(true);
  }

  /**
   * Adds a port.
   *
   * @throws KernelError EEXIST where it is one already, EBUSY where it is another lagg's, EINVAL
   *     for a lagg, EPROTONOSUPPORT for what is no Ethernet
   */
  void add(Iface lagg, Iface port) throws KernelError {
    if (Inet6.linkLocal(port).isPresent() && !port.is(Iface.IFDISABLED)) {
      kernel.inet6().detach(port);
    }
    if (port.lagg != 0) {
      throw new KernelError(port.lagg == lagg.index ? Errno.EEXIST : Errno.EBUSY);
    }
    if (port.kind == Iface.Kind.LOOPBACK) {
      throw new KernelError(Errno.EPROTONOSUPPORT);
    }
    if (port.kind == Iface.Kind.LAGG) {
      throw new KernelError(Errno.EINVAL);
    }
    if (!lagg.ports.isEmpty() && !takesMtu(port, lagg.mtu)) {
      throw new KernelError(Errno.EINVAL);
    }
    port.ownMac = port.mac;
    if (lagg.ports.isEmpty()) {
      lagg.mtu = port.mtu;
      lagg.mac = port.mac;
      lagg.primary = port.index;
    } else {
      port.mtu = lagg.mtu;
      port.mac = lagg.mac;
      if (port.up) {
        port.blindUntil = port.upSince + kernel.costs().vfJoinsWhileUp();
      }
    }
    port.lagg = lagg.index;
    insertSorted(lagg.ports, port.index);
    linkChanged(lagg);
  }

  /**
   * A port's MTU is set to the lagg's, by its driver; once a port of another was refused
   * (lagg_port_create).
   */
  private boolean takesMtu(Iface port, int mtu) {
    return port.mtu == mtu
        || (kernel.state().laggSetsMtu
            && (port.kind != Iface.Kind.VF || mtu <= kernel.state().vfMaxMtu));
  }

  /** Ports are kept in the order of their indexes, as far as one pass goes. */
  private static void insertSorted(List<Integer> ports, int index) {
    for (int i = 0; i < ports.size(); i++) {
      boolean last = i + 1 == ports.size();
      if (ports.get(i) < index && (last || ports.get(i + 1) > index)) {
        ports.add(i + 1, index);
        return;
      }
    }
    ports.add(0, index);
  }

  /**
   * Takes a port away, which stays as it is, up or down.
   *
   * @throws KernelError ENOENT where it is no port of this lagg
   */
  void remove(Iface lagg, Iface port) throws KernelError {
    if (port.lagg != lagg.index) {
      throw new KernelError(Errno.ENOENT);
    }
    release(lagg, port);
    linkChanged(lagg);
  }

  void release(Iface lagg, Iface port) {
    lagg.ports.remove((Integer) port.index);
    port.lagg = 0;
    port.mac = port.ownMac;
    port.blindUntil = 0;
    if (lagg.primary == port.index) {
      lagg.primary = lagg.ports.isEmpty() ? 0 : lagg.ports.get(0);
      lagg.mac = lagg.primary == 0 ? Interfaces.NO_MAC : at(lagg.primary).ownMac;
      lagg.ports.forEach(p -> at(p).mac = lagg.mac);
    }
  }

  /** Its own step to up brings its ports up, and for those that are up is a step to up again. */
  void started(Iface lagg) {
    for (int index : ImmutableList.copyOf(lagg.ports)) {
      Iface port = at(index);
      port.mac = lagg.mac;
      if (port.up) {
        kernel.inet().wentUp(port);
        kernel.inet6().wentUp(port);
      } else {
        kernel.interfaces().up(port);
      }
    }
  }

  void stopped(Iface lagg) {
    for (int index : ImmutableList.copyOf(lagg.ports)) {
      kernel.interfaces().down(at(index));
    }
  }

  /** Its link is up where one of its ports has a link, be that port up or not. */
  void linkChanged(Iface lagg) {
    kernel.vlans().parentChanged(lagg);
    boolean up = lagg.ports.stream().anyMatch(p -> at(p).link == Iface.Link.UP);
    kernel.interfaces().setLink(lagg, up ? Iface.Link.UP : Iface.Link.DOWN);
  }
}
