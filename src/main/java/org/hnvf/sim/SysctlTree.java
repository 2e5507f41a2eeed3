package org.hnvf.sim;

import com.google.common.collect.ImmutableMap;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The part of the sysctl(3) tree that hnvf looks at, as it is now. */
final class SysctlTree {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy", Locale.ROOT);

  /** The access to the node. */
  enum Access {
    READ_ONLY,
    BOOT_TIME,
    WRITABLE
  }

  /** A leaf. */
  record Leaf(String value, boolean integer, Access access, String description) {}

  /** How many routing tables there are; it can be raised, not lowered. */
  static final String FIBS = "net.fibs";

  private final Kernel kernel;

  SysctlTree(Kernel kernel) {
    this.kernel = kernel;
  }

  /** All leaves, in the order of the tree. */
  ImmutableMap<String, Leaf> leaves() {
    SimState state = kernel.state();
    ImmutableMap.Builder<String, Leaf> leaves = ImmutableMap.builder();
    text(leaves, "kern.ostype", "FreeBSD");
    number(leaves, "kern.osreldate", state.netlink ? 1501502 : 1305000);
    text(leaves, "kern.vm_guest", "hv");
    text(leaves, "kern.boottime", bootTime(state.boot));
    number(leaves, "kern.features.inet", 1);
    number(leaves, "kern.features.inet6", 1);
    number(leaves, "net.inet.ip.forwarding", 0);
    filters(leaves, state.filters);
    number(leaves, "net.add_addr_allfibs", 0);
    leaves.put(
        FIBS, new Leaf(Integer.toString(state.fibs), true, Access.WRITABLE, "set number of fibs"));
    if (state.laggLoaded) {
      lagg(leaves, state);
    }
    number(leaves, "net.inet.carp.demotion", 0);
    number(leaves, "net.link.bridge.member_ifaddrs", 1);
    number(leaves, "net.inet6.ip6.rfc6204w3", 0);
    number(leaves, "net.inet6.ip6.auto_linklocal", 1);
    number(leaves, "net.inet6.ip6.accept_rtadv", 0);
    number(leaves, "net.inet6.ip6.dad_count", 1);
    hyperV(leaves, state);
    number(leaves, "hw.bus.devctl_queue", 1000);
    number(leaves, "hw.bus.devctl_nomatch_enabled", 1);
    devices(leaves);
    text(leaves, "user.localbase", "/usr/local");
    state.sysctls.forEach((name, value) -> text(leaves, name, value));
    return leaves.buildKeepingLast();
  }

  private static void text(ImmutableMap.Builder<String, Leaf> leaves, String name, String value) {
    leaves.put(name, new Leaf(value, false, Access.READ_ONLY, ""));
  }

  private static void number(ImmutableMap.Builder<String, Leaf> leaves, String name, int value) {
    leaves.put(name, new Leaf(Integer.toString(value), true, Access.READ_ONLY, ""));
  }

  /** The nodes that come with the modules of packet filters. */
  private static void filters(ImmutableMap.Builder<String, Leaf> leaves, FilterState filters) {
    if (filters.ipfwEnabled) {
      number(leaves, "net.inet.ip.fw.enable", 1);
    }
    if (filters.ipfRunning) {
      number(leaves, "net.inet.ipf.fr_running", 1);
    }
    if (filters.pfLoaded) {
      number(leaves, "net.pf.source_nodes_hashsize", 8192);
      number(leaves, "net.pf.states_hashsize", 32768);
    }
  }

  private static void lagg(ImmutableMap.Builder<String, Leaf> leaves, SimState state) {
    number(leaves, "net.link.lagg.lacp.default_strict_mode", 1);
    number(leaves, "net.link.lagg.lacp.debug", 0);
    number(leaves, "net.link.lagg.default_flowid_shift", 16);
    number(leaves, "net.link.lagg.default_use_numa", 1);
    number(leaves, "net.link.lagg.default_use_flowid", 0);
    leaves.put(
        "net.link.lagg.failover_rx_all",
        new Leaf(
            Integer.toString(state.failoverRxAll),
            true,
            Access.WRITABLE,
            "Accept input from any interface in a failover lagg"));
  }

  private void hyperV(ImmutableMap.Builder<String, Leaf> leaves, SimState state) {
    if (state.transparent != null) {
      leaves.put(
          "hw.hn.vf_transparent",
          new Leaf(
              Integer.toString(state.transparent), true, Access.BOOT_TIME, "Transparent VF mod"));
    }
    if (state.hasVfMap) {
      text(
          leaves,
          "hw.hn.vfmap",
          vfs().stream()
              .map(vf -> vf.name + ":" + hnName(vf.unit))
              .collect(Collectors.joining(" ")));
    }
    if (state.hasVfList) {
      text(
          leaves,
          "hw.hn.vflist",
          vfs().stream().map(vf -> vf.name).collect(Collectors.joining(" ")));
    }
  }

  private List<Iface> vfs() {
    return kernel.interfaces().all().stream()
        .filter(i -> i.kind == Iface.Kind.VF)
        .collect(Collectors.toList());
  }

  private String hnName(int unit) {
    return kernel.nics().hn(unit).map(i -> i.name).orElse("");
  }

  private void devices(ImmutableMap.Builder<String, Leaf> leaves) {
    kernel.interfaces().all().stream()
        .filter(i -> i.kind == Iface.Kind.HN)
        .map(i -> i.unit)
        .sorted(Comparator.reverseOrder())
        .forEach(
            unit -> {
              String node = "dev.hn." + unit;
              Optional<Iface> receiving = kernel.nics().receiving(unit);
              if (kernel.state().isTransparent()) {
                number(leaves, node + ".vf_xpnt_accbpf", 0);
                number(leaves, node + ".vf_xpnt_enabled", receiving.isPresent() ? 1 : 0);
              } else {
                text(leaves, node + ".rxvf", receiving.map(i -> i.name).orElse(""));
              }
              text(leaves, node + ".vf", kernel.nics().vf(unit).map(i -> i.name).orElse(""));
            });
  }

  private static String bootTime(long boot) {
    Instant at = Micros.instant(boot);
    return "{ sec = "
        + at.getEpochSecond()
        + ", usec = "
        + at.getNano() / 1000
        + " } "
        + DATE.format(at.atZone(ZoneOffset.UTC));
  }
}
