package org.hnvf.sim;

import com.google.common.base.Strings;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.List;

/** {@code netstat -rn}, for one family or both, of one FIB. */
final class NetstatProgram implements GuestCommand {
  private final Kernel kernel;

  NetstatProgram(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void act(Job job) {
    NetstatRequest request = new NetstatRequest(job.args());
    if (!request.isKnown()) {
      unknown(job);
      return;
    }
    String family = request.family;
    int fib = request.fib(kernel.state().fibs);
    if (fib < 0) {
      job.fail(65, "netstat: " + request.fibWord() + ": invalid fib");
      return;
    }
    if (!family.isEmpty() && !family.equals("inet") && !family.equals("inet6")) {
      job.fail(1, "netstat: " + family + ": unknown address family");
      return;
    }
    if (request.json) {
      job.out(new NetstatJson(kernel).routes(fib, family) + "\n");
      return;
    }
    job.out("Routing tables" + (fib == 0 ? "" : " (fib: " + fib + ")") + "\n");
    if (!family.equals("inet6")) {
      table(job, fib, false);
    }
    if (!family.equals("inet")) {
      table(job, fib, true);
    }
  }

  private static void unknown(Job job) {
    job.fail(1, "netstat: the simulated guest knows only -rn [-46] [-f inet|inet6] [-F N]");
  }

  private void table(Job job, int fib, boolean ipv6) {
    List<RouteEntry> entries = kernel.routes().all(fib, ipv6);
    if (entries.isEmpty()) {
      return;
    }
    int destination = ipv6 ? 33 : 18;
    int gateway = ipv6 ? 29 : 18;
    job.out(ipv6 ? "\nInternet6:\n" : "\nInternet:\n");
    row(job, destination, gateway, "Destination", "Gateway", "Flags", "Netif", " Expire");
    for (RouteEntry entry : entries) {
      String netif = kernel.interfaces().at(entry.iface).name;
      String via = gateway(entry, netif);
      row(job, destination, gateway, destination(entry, netif), via, entry.flags, netif, "");
    }
    if (!ipv6 && fib == 0) {
      job.out(job.crowd().routes());
    }
  }

  /** Prints a row; a text that is too long for its column takes from the next. */
  private static void row(
      Job job,
      int destinationWidth,
      int gatewayWidth,
      String destination,
      String gateway,
      String flags,
      String netif,
      String rest) {
    int over = Math.max(0, destination.length() - destinationWidth);
    int gatewayLeft = Math.max(1, gatewayWidth - over);
    int flagsOver = Math.max(0, gateway.length() - gatewayLeft);
    job.out(
        Strings.padEnd(destination, destinationWidth, ' ')
            + " "
            + Strings.padEnd(gateway, gatewayLeft, ' ')
            + " "
            + Strings.padEnd(flags, Math.max(1, 8 - flagsOver), ' ')
            + " "
            + Strings.padStart(netif, 10, ' ')
            + rest
            + "\n");
  }

  static String destination(RouteEntry entry, String netif) {
    if (entry.shown != null) {
      return entry.shown;
    }
    if (entry.isDefault()) {
      return "default";
    }
    String text = address(entry.key, netif);
    return entry.length == entry.key.length * 8 ? text : text + "/" + entry.length;
  }

  /** An address of the table; a link-local one has its interface as its zone. */
  static String address(byte[] key, String netif) {
    boolean linkLocal = key.length == 16 && key[0] == (byte) 0xfe && (key[1] & 0xc0) == 0x80;
    if (!linkLocal) {
      return InetAddresses.toAddrString(Bits.address(key));
    }
    byte[] plain = key.clone();
    plain[2] = 0;
    plain[3] = 0;
    return InetAddresses.toAddrString(Bits.address(plain)) + "%" + netif;
  }

  static String gateway(RouteEntry entry, String netif) {
    InetAddress gateway = entry.gateway;
    if (gateway == null) {
      return "link#" + entry.link;
    }
    String zone = gateway.isLinkLocalAddress() && entry.isIpv6() ? "%" + netif : "";
    return InetAddresses.toAddrString(gateway) + zone;
  }
}
