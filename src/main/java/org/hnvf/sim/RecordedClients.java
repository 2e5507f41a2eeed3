package org.hnvf.sim;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.util.List;
import java.util.Optional;

/** Takes over which dhclient(8) processes run; one that is new is bound. */
final class RecordedClients {
  private final Kernel kernel;
  private final GuestFiles files;
  private final Dhclients dhclients;

  RecordedClients(Kernel kernel, GuestFiles files, Dhclients dhclients) {
    this.kernel = kernel;
    this.files = files;
    this.dhclients = dhclients;
  }

  void take(List<String> names) {
    for (DhclientProc proc : ImmutableList.copyOf(kernel.state().dhclients)) {
      if (!names.contains(proc.ifName)) {
        dhclients.kill(proc, true);
      }
    }
    for (String name : names) {
      Optional<Iface> iface = kernel.interfaces().find(name);
      if (iface.isPresent() && dhclients.running(name).isEmpty()) {
        bound(iface.get());
      }
    }
  }

  private void bound(Iface iface) {
    long now = kernel.state().now;
    DhclientProc proc = dhclients.start(iface, true, now);
    dhclients.daemonize(proc);
    Optional<Segment> segment = kernel.path().segment(Math.max(0, iface.unit));
    if (segment.isEmpty() || iface.inet.isEmpty()) {
      return;
    }
    Ip4 address = iface.inet.get(0);
    DhcpServer dhcp = segment.get().dhcp;
    String gateway = InetAddresses.toAddrString(segment.get().gateway);
    long start = now / Micros.SECOND;
    long length = dhcp.leaseSeconds();
    GrantedLease lease =
        new GrantedLease(
            InetAddresses.toAddrString(address.address()),
            address.prefix.length(),
            gateway,
            InetAddresses.toAddrString(segment.get().nameServer),
            gateway,
            length,
            start + length / 2,
            start + length * 7 / 8,
            start + length);
    proc.lease = lease;
    proc.old = lease;
    proc.phase = DhclientProc.Phase.BOUND;
    proc.scriptAt = Long.MIN_VALUE / 2;
    proc.at = now + length / 2 * Micros.SECOND;
    if (files.read(DhclientLeases.path(iface.name)).isEmpty()) {
      files.write(DhclientLeases.path(iface.name), DhclientLeases.block(iface.name, lease));
    }
  }
}
