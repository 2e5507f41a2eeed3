package org.hnvf.sim;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.ArrayList;
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
  private record Row(InetAddress address, String mac, Iface iface, boolean own) {}

  private List<Row> rows(boolean ipv6) {
    List<Row> rows = new ArrayList<>();
    for (Iface iface : kernel.interfaces().all()) {
      if (iface.kind == Iface.Kind.LOOPBACK) {
        continue;
      }
      if (ipv6) {
        iface.inet6.forEach(a -> rows.add(new Row(a.address(), iface.mac, iface, true)));
      } else {
        iface.inet.forEach(a -> rows.add(new Row(a.address(), iface.mac, iface, true)));
      }
    }
    for (Neighbour neighbour : kernel.state().neighbours) {
      if ((neighbour.address().getAddress().length == 16) == ipv6) {
        String mac = neighbour.mac() == null ? "(incomplete)" : neighbour.mac();
        Iface iface = kernel.interfaces().at(neighbour.iface());
        rows.add(new Row(neighbour.address(), mac, iface, false));
      }
    }
    if (!ipv6) {
      rows.sort(Comparator.comparing(r -> InetAddresses.coerceToInteger(r.address())));
    }
    return rows;
  }

  private void forget(InetAddress address) {
    kernel.state().neighbours.removeIf(n -> n.address().equals(address));
  }

  void arp(Job job) {
    Words words = new Words(job.args());
    if (words.has('a')) {
      rows(false).stream()
          .filter(r -> words.iface.isEmpty() || r.iface().name.equals(words.iface))
          .forEach(r -> job.out(arpLine(r)));
      return;
    }
    if (!InetAddresses.isInetAddress(words.operand)) {
      job.fail(1, "arp: " + words.operand + ": Unknown host");
      return;
    }
    InetAddress address = InetAddresses.forString(words.operand);
    Optional<Row> row = rows(false).stream().filter(r -> r.address().equals(address)).findFirst();
    if (words.has('d')) {
      if (row.isEmpty() || row.get().own()) {
        job.fail(1, "arp: delete " + words.operand + ": No such file or directory");
      } else {
        forget(address);
        job.out(words.operand + " (" + words.operand + ") deleted\n");
      }
    } else if (row.isPresent()) {
      job.out(arpLine(row.get()));
    } else {
      job.out(words.operand + " (" + words.operand + ") -- no entry\n");
      job.status(1);
    }
  }

  private static String arpLine(Row row) {
    String age =
        row.own() ? "permanent" : row.mac().startsWith("(") ? "expired" : "expires in 1200 seconds";
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
      if (row.isEmpty() || row.get().own()) {
        job.fail(1, none);
      } else {
        forget(address);
        job.out(words.operand + " (" + words.operand + ") deleted\n");
      }
      return;
    }
    job.out(NDP_HEADER);
    row.ifPresent(r -> job.out(ndpLine(r)));
    if (row.isEmpty()) {
      job.fail(1, none);
    }
  }

  private static final String NDP_HEADER =
      "Neighbor                             Linklayer Address  Netif Expire    S Flags\n";

  private static String ndpLine(Row row) {
    String zone = row.address().isLinkLocalAddress() ? "%" + row.iface().name : "";
    boolean complete = !row.mac().startsWith("(");
    String expire = row.own() ? "permanent" : complete ? "24s" : "1s";
    return String.format(
        Locale.ROOT,
        "%-36s %-17s %6s %-9s %s \n",
        InetAddresses.toAddrString(row.address()) + zone,
        row.mac(),
        row.iface().name,
        expire,
        complete ? "R" : "I");
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
