package org.hnvf.capture;

import java.util.List;

/**
 * The origin of a block. It decides how secrets are found in the block and how it is anonymised.
 * The output of a command that is not known here is not a part of an anonymised capture.
 */
public enum Source {
  /** sysctl(8). */
  SYSCTL,
  /** ifconfig(8) that shows interfaces. */
  INTERFACES,
  /** The addresses that a bridge(4) knows. */
  BRIDGE,
  /** netstat(1). */
  ROUTES,
  /** ps(1). */
  PROCESSES,
  /** jls(8). */
  JAILS,
  /** kldstat(8). */
  MODULES,
  /** ngctl(8). */
  NETGRAPH,
  /** The state of pf(4). */
  PF_STATUS,
  /** The rules of pf(4). */
  PF_RULES,
  /** The interfaces of pf(4). */
  PF_INTERFACES,
  /** ipfw(8). */
  IPFW,
  /** arp(8) and ndp(8). */
  NEIGHBOURS,
  /** A lease file of dhclient(8). */
  LEASES,
  /** A configuration file of dhclient(8). */
  DHCLIENT_CONF,
  /** A pid file. */
  PID,
  /** The names in a directory. */
  NAMES,
  /** hnvf.json. */
  SETTINGS,
  /** A file that hnvf keeps of a pair. */
  STATE,
  /** The variables of rc.conf(5). */
  RC_CONF,
  /** The lines of files that name an hn. */
  MENTIONS,
  /** The override scripts. */
  SCRIPTS,
  /** The hooks. */
  HOOKS,
  /** Anything else. */
  OTHER;

  /** Returns the source of a command. */
  static Source of(List<String> argv) {
    String last = argv.get(argv.size() - 1);
    return switch (argv.get(0)) {
      case "sysctl" -> SYSCTL;
      case "ifconfig" -> last.equals("addr") ? BRIDGE : INTERFACES;
      case "netstat" -> ROUTES;
      case "ps" -> PROCESSES;
      case "jls" -> JAILS;
      case "kldstat" -> MODULES;
      case "ngctl" -> NETGRAPH;
      case "pfctl" -> pf(last);
      case "ipfw" -> IPFW;
      case "arp", "ndp" -> NEIGHBOURS;
      default -> OTHER;
    };
  }

  private static Source pf(String last) {
    return switch (last) {
      case "-si" -> PF_STATUS;
      case "-sr", "-sn" -> PF_RULES;
      case "-vsI" -> PF_INTERFACES;
      default -> OTHER;
    };
  }
}
