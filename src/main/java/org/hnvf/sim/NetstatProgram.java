package org.hnvf.sim;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/** {@code netstat -rn}, for one family or both. */
final class NetstatProgram implements GuestCommand {
  private final Kernel kernel;

  NetstatProgram(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void act(Job job) {
    List<String> args = job.args();
    boolean routes = false;
    String family = "";
    for (int i = 0; i < args.size(); i++) {
      String word = args.get(i);
      if (word.equals("-f") && i + 1 < args.size()) {
        family = args.get(++i);
      } else if (word.equals("-4") || word.equals("-6")) {
        family = word.equals("-4") ? "inet" : "inet6";
      } else if (word.matches("-[rn]+")) {
        routes |= word.contains("r");
      } else {
        job.fail(1, "netstat: the simulated guest knows only -rn [-f inet|inet6]");
        return;
      }
    }
    if (!routes) {
      job.fail(1, "netstat: the simulated guest knows only -rn [-f inet|inet6]");
      return;
    }
    job.out("Routing tables\n");
    if (!family.equals("inet6")) {
      table(job, false);
    }
    if (!family.equals("inet")) {
      table(job, true);
    }
  }

  private void table(Job job, boolean ipv6) {
    List<RouteEntry> entries = kernel.routes().all(ipv6);
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
  }

  /** What is too long for its column is taken from the next. */
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
        String.format(
            Locale.ROOT,
            "%-"
                + destinationWidth
                + "s %-"
                + gatewayLeft
                + "s %-"
                + Math.max(1, 8 - flagsOver)
                + "s %10s%s\n",
            destination,
            gateway,
            flags,
            netif,
            rest));
  }

  static String destination(RouteEntry entry, String netif) {
    if (entry.shown != null) {
      return entry.shown;
    }
    if (entry.isDefault()) {
      return "default";
    }
    byte[] key = entry.key.clone();
    boolean linkLocal = entry.isIpv6() && key[0] == (byte) 0xfe && (key[1] & 0xc0) == 0x80;
    if (linkLocal) {
      key[2] = 0;
      key[3] = 0;
    }
    String text = InetAddresses.toAddrString(Bits.address(key)) + (linkLocal ? "%" + netif : "");
    return entry.length == key.length * 8 ? text : text + "/" + entry.length;
  }

  private static String gateway(RouteEntry entry, String netif) {
    InetAddress gateway = entry.gateway;
    if (gateway == null) {
      return "link#" + entry.link;
    }
    String zone = gateway.isLinkLocalAddress() && entry.isIpv6() ? "%" + netif : "";
    return InetAddresses.toAddrString(gateway) + zone;
  }
}
