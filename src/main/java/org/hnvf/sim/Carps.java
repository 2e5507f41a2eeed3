package org.hnvf.sim;

import java.util.Optional;

/**
 * carp(4) as far as transcript 62 shows it: a virtual host is INIT without a link, or on a port of
 * a lagg, and MASTER after three advertisement intervals without another host's advertisement.
 * There is no other host.
 */
final class Carps {

  private final Kernel kernel;

  Carps(Kernel kernel) {
    this.kernel = kernel;
  }

  /** The virtual host of this number, which is made where it is missing. */
  CarpHost host(Iface iface, int vhid) {
    return find(iface, vhid)
        .orElseGet(
            () -> {
              CarpHost made = new CarpHost();
              made.vhid = vhid;
              iface.carps.add(made);
              return made;
            });
  }

  static Optional<CarpHost> find(Iface iface, int vhid) {
    return iface.carps.stream().filter(host -> host.vhid == vhid).findFirst();
  }

  /** One without an address is gone. */
  void addressRemoved(Iface iface) {
    iface.carps.removeIf(host -> iface.inet.stream().noneMatch(a -> a.vhid == host.vhid));
  }

  /** Whether the address is one that this guest answers for now. */
  boolean answers(Iface iface, Ip4 address) {
    return address.vhid == 0
        || find(iface, address.vhid).filter(host -> state(host).equals("MASTER")).isPresent();
  }

  String state(CarpHost host) {
    if (host.since < 0) {
      return "INIT";
    }
    return kernel.state().now >= masterAt(host) ? "MASTER" : "BACKUP";
  }

  private static long masterAt(CarpHost host) {
    return host.since + 3L * host.advbase * Micros.SECOND + host.advskew * Micros.SECOND / 256;
  }

  /** To be called after every change. */
  void observe() {
    for (Iface iface : kernel.state().ifaces) {
      if (!iface.carps.isEmpty()) {
        boolean may = iface.up && iface.lagg == 0 && kernel.interfaces().hasCarrier(iface);
        for (CarpHost host : iface.carps) {
          host.since = !may ? -1 : host.since < 0 ? kernel.state().now : host.since;
        }
      }
    }
  }

  /** When a virtual host becomes the master. */
  long nextDue() {
    long due = Long.MAX_VALUE;
    for (Iface iface : kernel.state().ifaces) {
      for (CarpHost host : iface.carps) {
        if (host.since >= 0 && masterAt(host) > kernel.state().now) {
          due = Math.min(due, masterAt(host));
        }
      }
    }
    return due;
  }

  /** Returns the lines of ifconfig; for a port of a lagg there are no lines. */
  static String show(Carps carps, Iface iface, boolean keys) {
    StringBuilder text = new StringBuilder();
    for (CarpHost host : iface.carps) {
      if (iface.lagg == 0) {
        text.append("\tcarp: ").append(carps.state(host)).append(" vhid ").append(host.vhid);
        text.append(" advbase ").append(host.advbase).append(" advskew ").append(host.advskew);
        text.append(keys && !host.key.isEmpty() ? " key \"" + host.key + "\"" : "");
        text.append("\n\t      peer 224.0.0.18 peer6 ff02::12\n");
      }
    }
    return text.toString();
  }
}
