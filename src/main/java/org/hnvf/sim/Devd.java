package org.hnvf.sim;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import org.hnvf.model.Prefix;

/** Writes what devd(8) would write to its pipe. */
final class Devd {
  private final SimState state;
  private final RouteMonitor monitor;

  Devd(SimState state, RouteMonitor monitor) {
    this.state = state;
    this.monitor = monitor;
  }

  void line(String line) {
    state.events.add(new DevdNotice(state.now, line));
  }

  void notify(String system, String subsystem, String type) {
    line("!system=" + system + " subsystem=" + subsystem + " type=" + type);
  }

  void attached(Iface iface) {
    notify("IFNET", iface.name, "ATTACH");
    notify("ETHERNET", iface.name, "IFATTACH");
  }

  void address(Iface iface, boolean added, Prefix prefix) {
    monitor.address(iface, added, prefix);
    notify(
        "IFNET",
        iface.name,
        (added ? "ADDR_ADD" : "ADDR_DEL") + " address=" + shown(iface, prefix));
  }

  /** A link-local address is shown as the kernel keeps it: with the interface's index in it. */
  private static String shown(Iface iface, Prefix prefix) {
    InetAddress address = prefix.address();
    if (prefix.isIpv6LinkLocal()) {
      return InetAddresses.toAddrString(
          Bits.address(Bits.scoped(address.getAddress(), iface.index)));
    }
    return InetAddresses.toAddrString(address);
  }
}
