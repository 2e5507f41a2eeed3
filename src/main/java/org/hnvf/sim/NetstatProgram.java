package org.hnvf.sim;

import com.google.common.base.Strings;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** {@code netstat -rn}, for one family or both. */
final class NetstatProgram implements GuestCommand {
  private final Kernel kernel;

  NetstatProgram(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void act(Job job) {
    boolean routes = false;
    boolean numeric = false;
    String family = "";
    List<String> words = new ArrayList<>(job.args());
    while (!words.isEmpty()) {
      String word = words.remove(0);
      boolean option = word.startsWith("-") && word.length() > 1;
      for (int i = 1; option && i < word.length(); i++) {
        switch (word.charAt(i)) {
          case 'r' -> routes = true;
          case 'n' -> numeric = true;
          case '4' -> family = "inet";
          case '6' -> family = "inet6";
          case 'f' -> {
            String rest = word.substring(i + 1);
            family = !rest.isEmpty() ? rest : words.isEmpty() ? "" : words.remove(0);
            i = word.length();
          }
          default -> option = false;
        }
      }
      if (!option) {
        unknown(job);
        return;
      }
    }
    if (!routes || !numeric) {
      unknown(job);
      return;
    }
    if (!family.isEmpty() && !family.equals("inet") && !family.equals("inet6")) {
      job.fail(1, "netstat: " + family + ": unknown address family");
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

  private static void unknown(Job job) {
    job.fail(1, "netstat: the simulated guest knows only -rn [-46] [-f inet|inet6]");
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
    if (!ipv6) {
      job.out(job.crowd().routes());
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

  private static String gateway(RouteEntry entry, String netif) {
    InetAddress gateway = entry.gateway;
    if (gateway == null) {
      return "link#" + entry.link;
    }
    String zone = gateway.isLinkLocalAddress() && entry.isIpv6() ? "%" + netif : "";
    return InetAddresses.toAddrString(gateway) + zone;
  }
}
