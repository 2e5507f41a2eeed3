package org.hnvf.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The options of one ifconfig command. */
final class IfconfigOptions {
  boolean all;
  boolean list;
  boolean upOnly;
  boolean downOnly;
  boolean capabilities;
  boolean verbose;
  boolean driverName;

  /** Whether keys are shown. */
  boolean keys;

  /** Options that change nothing in what is simulated. */
  boolean ignored;

  Optional<String> group = Optional.empty();

  /** {@code inet:cidr} and the like. */
  List<String> formats = new ArrayList<>();

  /** The address family to show; empty for all. */
  String family = "";

  boolean wants(Iface iface) {
    return (!upOnly || iface.up)
        && (!downOnly || !iface.up)
        && group.map(g -> g.equals("all") || iface.groups.contains(g)).orElse(true);
  }
}
