package org.hnvf.sim;

import java.util.List;
import java.util.Optional;

/** The parameters of ifconfig(8) that are about if_bridge(4) (sbin/ifconfig/ifbridge.c). */
final class IfconfigBridge {
  private final Kernel kernel;
  private final Job job;
  private final Iface iface;

  IfconfigBridge(Kernel kernel, Job job, Iface iface) {
    this.kernel = kernel;
    this.job = job;
    this.iface = iface;
  }

  /** Whether it is one of these. */
  static boolean knows(String word) {
    return switch (word) {
      case "addm", "deletem", "ifpriority", "ifpathcost", "static", "deladdr", "addr" -> true;
      default -> flag(word) != 0;
    };
  }

  private static int flag(String word) {
    return switch (word.startsWith("-") ? word.substring(1) : word) {
      case "learn" -> BridgeMember.LEARNING;
      case "discover" -> BridgeMember.DISCOVER;
      case "stp" -> BridgeMember.STP;
      case "sticky" -> BridgeMember.STICKY;
      case "private" -> BridgeMember.PRIVATE;
      case "edge" -> BridgeMember.EDGE;
      case "autoedge" -> BridgeMember.AUTOEDGE;
      case "ptp" -> BridgeMember.PTP;
      case "autoptp" -> BridgeMember.AUTOPTP;
      default -> 0;
    };
  }

  void parameter(String word, List<String> rest) throws IfconfigStop {
    switch (word) {
      case "addr" -> addresses();
      case "addm" -> add(value(word, rest));
      case "deletem" -> remove(value(word, rest));
      case "ifpriority" -> member(value(word, rest)).priority = number(value(word, rest));
      case "ifpathcost" -> member(value(word, rest)).cost = number(value(word, rest));
      case "static" -> member(value(word, rest)).entries.add(value(word, rest));
      case "deladdr" -> {
        String mac = value(word, rest);
        iface.members.forEach(member -> member.entries.remove(mac));
      }
      default -> {
        BridgeMember member = member(value(word, rest));
        int flag = flag(word);
        member.flags = word.startsWith("-") ? member.flags & ~flag : member.flags | flag;
      }
    }
  }

  private static String value(String word, List<String> rest) throws IfconfigStop {
    if (rest.isEmpty()) {
      throw new IfconfigStop("'" + word + "' requires argument");
    }
    return rest.remove(0);
  }

  private static int number(String text) {
    return IfconfigAddress.leadingNumber(text);
  }

  private BridgeMember member(String name) throws IfconfigStop {
    Optional<Iface> found = kernel.interfaces().find(name);
    return found
        .flatMap(member -> kernel.bridges().member(iface, member))
        .orElseThrow(() -> new IfconfigStop("unable to get bridge flags: " + Errno.ENOENT.text()));
  }

  private void add(String name) throws IfconfigStop {
    Optional<Iface> found = kernel.interfaces().find(name);
    if (found.isEmpty()) {
      throw new IfconfigStop("BRDGADD " + name + ": " + Errno.ENOENT.text());
    }
    try {
      kernel.bridges().add(iface, found.get());
    } catch (KernelError e) {
      boolean type = e.errno() == Errno.EINVAL;
      throw new IfconfigStop(
          "BRDGADD " + name + ": " + e.text() + (type ? " (Unsupported interface type)" : ""));
    }
  }

  private void remove(String name) throws IfconfigStop {
    Optional<Iface> found = kernel.interfaces().find(name);
    try {
      if (found.isEmpty()) {
        throw new KernelError(Errno.ENOENT);
      }
      kernel.bridges().remove(iface, found.get());
    } catch (KernelError e) {
      throw new IfconfigStop("BRDGDEL " + name + ": " + e.text());
    }
  }

  /** Static ones alone: nothing is learned here. */
  private void addresses() {
    for (BridgeMember member : iface.members) {
      for (String mac : member.entries) {
        String name = kernel.interfaces().at(member.iface).name;
        job.out("\t" + mac + " Vlan0 " + name + " 0 flags=1<STATIC>\n");
      }
    }
  }

  /** Returns the lines of ifconfig for a bridge. */
  static String show(Kernel kernel, Iface bridge) {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        \tid 00:00:00:00:00:00 priority 32768 hellotime 2 fwddelay 15
        \tmaxage 20 holdcnt 6 proto rstp maxaddr 2000 timeout 1200
        \troot id 00:00:00:00:00:00 priority 32768 ifcost 0 port 0
        \tbridge flags=0<>
        """);
    for (BridgeMember member : bridge.members) {
      text.append("\tmember: ").append(kernel.interfaces().at(member.iface).name);
      text.append(" flags=").append(names(member.flags)).append("\n\t        port ");
      text.append(member.iface).append(" priority ").append(member.priority);
      text.append(" path cost ").append(member.cost);
      text.append(kernel.state().netlink ? " vlan protocol 802.1q\n" : "\n");
    }
    return text.toString();
  }

  private static String names(int flags) {
    FlagNames names = new FlagNames();
    name(names, flags, BridgeMember.LEARNING, "LEARNING");
    name(names, flags, BridgeMember.DISCOVER, "DISCOVER");
    name(names, flags, BridgeMember.STP, "STP");
    name(names, flags, BridgeMember.STICKY, "STICKY");
    name(names, flags, BridgeMember.PRIVATE, "PRIVATE");
    name(names, flags, BridgeMember.EDGE, "EDGE");
    name(names, flags, BridgeMember.AUTOEDGE, "AUTOEDGE");
    name(names, flags, BridgeMember.PTP, "PTP");
    name(names, flags, BridgeMember.AUTOPTP, "AUTOPTP");
    return names.text();
  }

  private static void name(FlagNames names, int flags, int flag, String name) {
    names.add((flags & flag) != 0, flag, name);
  }
}
