package org.hnvf.lab.replay;

import java.util.List;
import org.hnvf.model.CommandResult;
import org.hnvf.sim.SimulatedGuest;

/** On which facets of the guest the answer of a program depends. */
final class Touches {
  private final SimulatedGuest guest;
  private final Trace trace;

  Touches(SimulatedGuest guest, Trace trace) {
    this.guest = guest;
    this.trace = trace;
  }

  void of(String program, List<String> arguments, CommandResult result) {
    switch (program) {
      case "ifconfig" -> ifconfig(arguments, result);
      case "route" -> {
        boolean ipv6 = arguments.contains("-6") || arguments.contains("-inet6");
        trace.touches(Facet.routes(ipv6));
        interfaces();
      }
      case "netstat" -> {
        trace.touches(Facet.routes(false));
        trace.touches(Facet.routes(true));
      }
      case "ping", "ping6", "rtsol", "arp", "ndp" -> {
        trace.touches(Facet.of(Facet.NEIGHBOURS));
        reach();
      }
      case "dhclient" -> {
        String name = arguments.isEmpty() ? "" : arguments.get(arguments.size() - 1);
        trace.touches(Facet.file("/var/db/dhclient.leases." + name));
        reach();
      }
      case "kill", "pkill", "ps" -> trace.touches(Facet.of(Facet.CLIENTS));
      case "resolvconf" -> trace.touches(Facet.file("/etc/resolv.conf"));
      default -> {}
    }
  }

  private void ifconfig(List<String> arguments, CommandResult result) {
    List<String> words = arguments.stream().filter(w -> !w.startsWith("-")).toList();
    if (words.isEmpty() || arguments.get(0).startsWith("-")) {
      trace.touches(Facet.of("interfaces"));
    }
    if (words.isEmpty()) {
      return;
    }
    String name = words.get(0);
    interfaceOf(name);
    for (String word : words) {
      if (guest.interfaces().contains(word)) {
        interfaceOf(word);
      }
    }
    boolean isFamily = words.size() == 2 && words.get(1).matches("inet|inet6");
    if (words.size() == 1 || isFamily) {
      trace.displays(name, isFamily ? words.get(1) : "");
    }
    boolean created = words.size() > 1 && words.get(1).equals("create");
    if (created && result.stderr().isEmpty()) {
      for (String part : List.of("link", "inet", "inet6")) {
        trace.makes(new Facet(name, part));
      }
    }
  }

  private void interfaceOf(String name) {
    for (String part : List.of("link", "inet", "inet6")) {
      trace.touches(new Facet(name, part));
    }
  }

  private void interfaces() {
    guest.interfaces().stream().filter(guest::isUp).forEach(this::interfaceOf);
  }

  /** Everything that decides whether packets come through. */
  void reach() {
    trace.touches(Facet.of(Facet.NETWORK));
    trace.touches(Facet.routes(false));
    trace.touches(Facet.routes(true));
    trace.touches(Facet.of(Facet.CLIENTS));
    interfaces();
  }
}
