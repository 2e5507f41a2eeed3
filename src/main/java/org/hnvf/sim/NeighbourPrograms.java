package org.hnvf.sim;

import com.google.common.base.Splitter;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** arp(8) and ndp(8). */
final class NeighbourPrograms {
  private final Kernel kernel;

  NeighbourPrograms(Kernel kernel) {
    this.kernel = kernel;
  }

  /** One line of either table. */
  private record Row(
      InetAddress address, String mac, Iface iface, boolean own, boolean router, boolean stays) {

    /** An own address, whose entry is permanent. */
    static Row own(InetAddress address, Iface iface) {
      return new Row(address, iface.mac, iface, true, false, true);
    }

    /** The bucket of the kernel's table (LLATBL_HASH of net/if_llatbl.h). */
    int bucket() {
      byte[] bytes = address.getAddress();
      int last = bytes.length - 1;
      return (bytes[last] ^ bytes[last - 1] ^ bytes[last - 2] ^ bytes[last - 3]) & 31;
    }
  }

  private List<Row> rows(boolean ipv6) {
    List<Row> rows = new ArrayList<>();
    for (Iface iface : kernel.interfaces().all()) {
      if (iface.kind == Iface.Kind.LOOPBACK) {
        continue;
      }
      if (ipv6) {
        iface.inet6.forEach(a -> rows.add(Row.own(a.address(), iface)));
      } else {
        iface.inet.forEach(a -> rows.add(Row.own(a.address(), iface)));
      }
    }
    for (Neighbour neighbour : kernel.state().neighbours) {
      if ((neighbour.address().getAddress().length == 16) == ipv6) {
        String mac = neighbour.mac() == null ? "(incomplete)" : neighbour.mac();
        Iface iface = kernel.interfaces().at(neighbour.iface());
        rows.add(
            new Row(
                neighbour.address(), mac, iface, false, neighbour.router(), neighbour.permanent()));
      }
    }
    Collections.reverse(rows);
    // The kernel goes through its interfaces, and through the buckets of each (dump_llts).
    List<Iface> order = kernel.interfaces().all();
    rows.sort(
        Comparator.<Row>comparingInt(r -> order.indexOf(r.iface())).thenComparing(Row::bucket));
    return rows;
  }

  private void forget(InetAddress address) {
    kernel.state().neighbours.removeIf(n -> n.address().equals(address));
  }

  void arp(Job job) {
    Words words = new Words(job.args());
    boolean deletes = words.has('d');
    if (words.has('S') || words.has('f')) {
      job.fail(1, "arp: the simulated guest knows neither -S nor -f");
    } else if (words.has('s')) {
      set(job, "arp");
    } else if (words.has('a') != words.operand.isEmpty()) {
      job.status(1);
      job.err(ARP_USAGE);
    } else if (!words.iface.isEmpty() && deletes && !words.has('a')) {
      job.fail(1, "arp: -i not applicable to this operation");
    } else if (!words.iface.isEmpty() && kernel.interfaces().find(words.iface).isEmpty()) {
      job.fail(1, "arp: interface " + words.iface + " does not exist");
    } else if (words.has('a')) {
      all(job, words.iface, deletes);
    } else {
      one(job, words, deletes);
    }
  }

  private void all(Job job, String ifName, boolean deletes) {
    for (Row row : rows(false)) {
      if (!ifName.isEmpty() && !row.iface().name.equals(ifName)) {
        continue;
      }
      if (!deletes) {
        job.out(arpLine(row));
      } else if (!row.own()) {
        forget(row.address());
        deleted(job, InetAddresses.toAddrString(row.address()));
      }
    }
  }

  private static void deleted(Job job, String host) {
    job.out(host + " (" + host + ") deleted\n");
  }

  private void one(Job job, Words words, boolean deletes) {
    Optional<InetAddress> address = InetText.aton(words.operand);
    if (address.isEmpty()) {
      job.fail(1, "arp: " + words.operand + ": Unknown host");
      return;
    }
    Optional<Row> row =
        rows(false).stream()
            .filter(r -> r.address().equals(address.get()))
            .filter(r -> words.iface.isEmpty() || r.iface().name.equals(words.iface))
            .findFirst();
    if (deletes) {
      delete(job, "arp", words.operand, address.get(), row);
    } else if (row.isPresent()) {
      job.out(arpLine(row.get()));
    } else {
      String on = words.iface.isEmpty() ? "" : " on " + words.iface;
      job.out(words.operand + " (" + words.operand + ") -- no entry" + on + "\n");
      job.status(1);
    }
  }

  /** {@code -s HOST MAC}: the interface is the one of the route, or the zone. */
  private void set(Job job, String program) {
    List<String> words = job.args().stream().filter(word -> !word.startsWith("-")).toList();
    if (words.size() != 2) {
      job.fail(1, program + ": the simulated guest knows only -s HOST MAC");
      return;
    }
    List<String> parts = Splitter.on('%').splitToList(words.get(0));
    InetAddress address = InetAddresses.forString(parts.get(0));
    Optional<Iface> iface =
        parts.size() == 2
            ? kernel.interfaces().find(parts.get(1))
            : kernel
                .routes()
                .lookup(address)
                .filter(r -> r.gateway == null)
                .map(r -> kernel.interfaces().at(r.iface));
    if (iface.isEmpty()) {
      job.fail(1, program + ": cannot intuit interface index and type for " + words.get(0));
      return;
    }
    forget(address);
    kernel
        .state()
        .neighbours
        .add(new Neighbour(iface.get().index, address, words.get(1), false, true));
  }

  /**
   * The interface is the one of the route; there is none where that leads to a gateway. The entry
   * of an own address is not for users (rtnl_handle_delneigh of sys/netlink/route/neigh.c).
   */
  private void delete(
      Job job, String program, String host, InetAddress address, Optional<Row> row) {
    boolean near = kernel.routes().lookup(address).map(r -> r.gateway == null).orElse(false);
    if (!near && !address.isLinkLocalAddress()) {
      job.err(program + ": delete: cannot locate " + host + "\n");
    } else if (row.isEmpty()) {
      job.fail(1, program + ": delete " + host + ": " + Errno.ENOENT.text());
    } else if (row.get().own()) {
      job.fail(1, program + ": delete " + host + ": " + Errno.EPERM.text());
    } else {
      forget(address);
      deleted(job, host);
    }
  }

  private static String arpLine(Row row) {
    String age =
        row.stays()
            ? "permanent"
            : row.mac().startsWith("(") ? "expired" : "expires in 1200 seconds";
    return "? ("
        + InetAddresses.toAddrString(row.address())
        + ") at "
        + row.mac()
        + " on "
        + row.iface().name
        + " "
        + age
        + " [ethernet]\n";
  }

  void ndp(Job job) {
    Words words = new Words(job.args());
    if (words.has('s')) {
      set(job, "ndp");
      return;
    }
    for (char letter : new char[] {'f', 'H', 'P', 'R', 'I', 'A', 'c'}) {
      if (words.has(letter)) {
        job.fail(1, "ndp: the simulated guest does not know -" + letter);
        return;
      }
    }
    if (words.has('p') || words.has('r')) {
      (words.has('p') ? prefixes() : routers()).forEach(job::out);
      return;
    }
    if (!words.iface.isEmpty()) {
      interfaceFlags(job, words.iface);
      return;
    }
    if (words.has('a')) {
      job.out(NDP_HEADER);
      rows(true).forEach(r -> job.out(ndpLine(r)));
      return;
    }
    String[] parts = words.operand.split("%", 2);
    if (!InetAddresses.isInetAddress(parts[0])) {
      job.fail(1, "ndp: " + words.operand + ": Name does not resolve");
      return;
    }
    InetAddress address = InetAddresses.forString(parts[0]);
    Optional<Row> row = rows(true).stream().filter(r -> r.address().equals(address)).findFirst();
    String none = "ndp: " + words.operand + " (" + words.operand + ") -- no entry";
    if (words.has('d')) {
      // ndp(8) ends well whatever became of the entry (main of usr.sbin/ndp/ndp.c).
      delete(job, "ndp", words.operand, address, row);
      job.status(0);
      return;
    }
    job.out(NDP_HEADER);
    row.ifPresent(r -> job.out(ndpLine(r)));
    if (row.isEmpty()) {
      job.fail(1, none);
    }
  }

  private List<String> prefixes() {
    List<String> lines = new ArrayList<>();
    for (RouteEntry route : kernel.routes().all(true)) {
      Iface iface = kernel.interfaces().at(route.iface);
      if (!route.flags.equals("U") || route.length == 128) {
        continue;
      }
      Optional<Neighbour> router = routerOf(iface);
      boolean advertised =
          router.isPresent()
              && iface.inet6.stream().anyMatch(a -> a.autoconf && route.boundTo == a.serial);
      String name = NetstatProgram.destination(route, iface.name) + " if=" + iface.name + "\n";
      lines.add(
          advertised
              ? name
                  + "flags=LAO vltime=2592000, pltime=604800, expire=29d23h59m57s, ref=1\n"
                  + "  advertised by\n    "
                  + InetAddresses.toAddrString(router.get().address())
                  + "%"
                  + iface.name
                  + " (reachable)\n"
              : name
                  + "flags=LAO vltime=infinity, pltime=infinity, expire=Never, ref=1\n"
                  + "  No advertising router\n");
    }
    lines.sort(Comparator.comparing(l -> l.contains("%lo0")));
    return lines;
  }

  private Optional<Neighbour> routerOf(Iface iface) {
    return kernel.state().neighbours.stream()
        .filter(n -> n.router() && n.iface() == iface.index)
        .findFirst();
  }

  private List<String> routers() {
    List<String> lines = new ArrayList<>();
    for (Iface iface : kernel.interfaces().all()) {
      routerOf(iface)
          .ifPresent(
              n ->
                  lines.add(
                      InetAddresses.toAddrString(n.address())
                          + "%"
                          + iface.name
                          + " if="
                          + iface.name
                          + ", flags=, pref=medium, expire=29m57s\n"));
    }
    return lines;
  }

  private void interfaceFlags(Job job, String name) {
    Optional<Iface> iface = kernel.interfaces().find(name);
    if (iface.isEmpty()) {
      job.fail(1, "ndp: ioctl(SIOCGIFINFO_IN6): Device not configured");
      return;
    }
    job.out("linkmtu=0, maxmtu=" + iface.get().mtu + ", curhlim=64, basereachable=30s0ms,");
    job.out(" reachable=31s, retrans=1s0ms\nFlags: ");
    job.out(iface.get().is(Iface.PERFORMNUD) ? "nud " : "");
    job.out(iface.get().is(Iface.ACCEPT_RTADV) ? "accept_rtadv " : "");
    job.out(iface.get().is(Iface.IFDISABLED) ? "ifdisabled " : "");
    job.out(iface.get().is(Iface.AUTO_LINKLOCAL) ? "auto_linklocal " : "");
    job.out(iface.get().is(Iface.NO_DAD) ? "no_dad " : "");
    job.out("\n");
  }

  private static final String ARP_USAGE =
      """
      usage: arp [-n] [-i interface] hostname
             arp [-n] [-i interface] -a
             arp -d hostname [pub]
             arp -d [-i interface] -a
             arp -s hostname ether_addr [temp] [reject | blackhole] [pub [only]]
             arp -S hostname ether_addr [temp] [reject | blackhole] [pub [only]]
             arp -f filename
      """;

  private static final String NDP_HEADER =
      "Neighbor                             Linklayer Address  Netif Expire    S Flags\n";

  private static String ndpLine(Row row) {
    String zone = row.address().isLinkLocalAddress() ? "%" + row.iface().name : "";
    boolean complete = !row.mac().startsWith("(");
    String expire =
        row.stays() ? "permanent" : row.router() ? "23h59m44s" : complete ? "24s" : "1s";
    String state = row.router() ? "S R" : complete ? "R " : "I ";
    return String.format(
        Locale.ROOT,
        "%-36s %-17s %6s %-9s %s\n",
        InetAddresses.toAddrString(row.address()) + zone,
        row.mac(),
        row.iface().name,
        expire,
        state);
  }

  /** The options of both programs. */
  private static final class Words {
    private final StringBuilder options = new StringBuilder();
    private String operand = "";
    private String iface = "";

    Words(List<String> args) {
      for (int i = 0; i < args.size(); i++) {
        String word = args.get(i);
        if (word.equals("-i") && i + 1 < args.size()) {
          iface = args.get(++i);
        } else if (word.startsWith("-")) {
          options.append(word.substring(1));
        } else {
          operand = word;
        }
      }
    }

    boolean has(char option) {
      return options.indexOf(Character.toString(option)) >= 0;
    }
  }
}
