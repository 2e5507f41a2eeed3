package org.hnvf.sim;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.Optional;
import org.hnvf.model.Prefix;

/** The changes of dhclient-script(8). */
final class DhclientScript {
  private final Kernel kernel;
  private final ResolvconfDatabase resolvconf;

  DhclientScript(Kernel kernel, GuestFiles files) {
    this.kernel = kernel;
    this.resolvconf = new ResolvconfDatabase(files);
  }

  /**
   * {@code ifconfig IF inet ADDRESS} without {@code alias} takes the first address of the interface
   * away, whichever that is, before it adds one.
   */
  void clear(DhclientProc proc, Iface iface) {
    proc.scriptAt = kernel.state().now;
    if (!iface.inet.isEmpty()) {
      kernel.inet().remove(iface, iface.inet.get(0));
    }
  }

  /**
   * The address, the default route if there is none or it is ours, the name server. All at once,
   * though the script runs logger(1) four times before it adds the route.
   */
  void set(DhclientProc proc, Iface iface, GrantedLease lease) {
    proc.scriptAt = kernel.state().now;
    Prefix prefix = lease.prefix();
    byte[] broadcast = Bits.broadcast(prefix.address().getAddress(), prefix.length());
    kernel.inet().add(iface, prefix, Bits.address(broadcast));
    if (isDefaultInterface(iface)) {
      addDefaultRoute(lease);
      resolvconf.add(iface.name, proc.domain, lease.nameServer());
    }
  }

  /**
   * From the address until the script ends: the rest of ifconfig(8), logger(1) four times for what
   * is new, route(8) to look for a default route, to add it and to look again, resolvconf(8)
   * between two rm(1).
   */
  long telling() {
    Costs costs = kernel.costs();
    return costs.program("ifconfig")
        - costs.startup()
        + 4 * costs.program("logger")
        + 3 * costs.program("route")
        + 2 * costs.program("rm")
        + costs.program("resolvconf");
  }

  private boolean isDefaultInterface(Iface iface) {
    return kernel.routes().find(new byte[4], 0).map(r -> r.iface == iface.index).orElse(true);
  }

  private void addDefaultRoute(GrantedLease lease) {
    if (!InetAddresses.isInetAddress(lease.router())
        || kernel.routes().find(new byte[4], 0).isPresent()) {
      return;
    }
    InetAddress router = InetAddresses.forString(lease.router());
    try {
      Routes routes = kernel.routes();
      RouteEntry route =
          routes.through(new byte[4], 0, routes.gateway(router, Optional.empty()), false);
      routes.add(route);
      kernel.monitor().route(route, true, kernel.interfaces().at(route.iface));
    } catch (KernelError e) {
      // The script sends what route(8) complains of to /dev/null, and goes on.
      return;
    }
  }

  void expired(DhclientProc proc, Iface iface, GrantedLease lease) {
    proc.scriptAt = kernel.state().now;
    Inet.find(iface, lease.prefix().address()).ifPresent(a -> kernel.inet().remove(iface, a));
    resolvconf.delete(iface.name);
  }

  /** {@code dhclient-script FAIL}: the address is not touched. */
  void failed(DhclientProc proc) {
    if (resolvconf.has(proc.ifName)) {
      resolvconf.delete(proc.ifName);
    }
  }

  /** {@code dhclient-script TIMEOUT} pings the router of the recorded lease. */
  boolean routerAnswers(GrantedLease lease, Iface iface) {
    return InetAddresses.isInetAddress(lease.router())
        && kernel
            .path()
            .frames(iface)
            .map(s -> s.answersPing(InetAddresses.forString(lease.router())))
            .orElse(false);
  }
}
