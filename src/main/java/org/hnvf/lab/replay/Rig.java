package org.hnvf.lab.replay;

import com.google.common.net.InetAddresses;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hnvf.model.HnUnit;
import org.hnvf.sim.DhcpServer;
import org.hnvf.sim.HostAction;
import org.hnvf.sim.Reachability;
import org.hnvf.sim.SimulatedGuest;

/** The helpers of the recording rig: the host, and a probe from outside. */
final class Rig {
  private static final String TREE = "debug.fakehn.";
  private static final Duration PROBE_STARTS = Duration.ofMillis(1600);
  private static final long PROBE_LINGERS = 2;

  private final SimulatedGuest guest;
  private String vfDriver = "mlxen";
  private Optional<String> probed = Optional.empty();
  private Instant probedSince = Instant.EPOCH;
  private final List<Duration> longestGaps = new ArrayList<>();

  Rig(SimulatedGuest guest) {
    this.guest = guest;
  }

  static boolean isNode(String word) {
    return word.startsWith(TREE);
  }

  /** The longest gap of every probe so far. */
  List<Duration> longestGaps() {
    return longestGaps;
  }

  /** Handles {@code sysctl debug.fakehn.NAME=VALUE}; empty for an unknown name. */
  Optional<String> set(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 0) {
      return Optional.empty();
    }
    String name = assignment.substring(TREE.length(), equals);
    String value = assignment.substring(equals + 1);
    if (name.equals("vfdname")) {
      String shown = TREE + "vfdname: " + vfDriver + " -> " + value + "\n";
      vfDriver = value;
      return Optional.of(shown);
    }
    Optional<HostAction> action = action(name, value);
    action.ifPresent(guest.host()::now);
    return action.map(a -> shown(name));
  }

  /** The same, later. */
  Optional<String> setAfter(Duration delay, String assignment) {
    int equals = assignment.indexOf('=');
    String name = equals < 0 ? "" : assignment.substring(TREE.length(), equals);
    Optional<HostAction> action = action(name, assignment.substring(equals + 1));
    action.ifPresent(a -> guest.host().after(delay, a));
    return action.map(a -> shown(name));
  }

  private static String shown(String name) {
    return TREE + name + (name.startsWith("vf_") ? ": -1 -> -1\n" : ":  -> \n");
  }

  private Optional<HostAction> action(String name, String value) {
    return switch (name) {
      case "vf_plug" -> unit(value).map(u -> HostAction.plug(u, vfDriver));
      case "vf_unplug" -> unit(value).map(HostAction::unplug);
      case "link" -> link(value);
      case "notify" -> Optional.of(HostAction.notify(event(value)));
      default -> Optional.empty();
    };
  }

  private static Optional<HnUnit> unit(String value) {
    return value.matches("[0-9]{1,2}")
        ? Optional.of(new HnUnit(Integer.parseInt(value)))
        : Optional.empty();
  }

  /** {@code hn0 down}, of a synthetic NIC or of a VF. */
  private Optional<HostAction> link(String value) {
    String[] words = value.split(" ", -1);
    if (words.length != 2) {
      return Optional.empty();
    }
    boolean up = words[1].equals("up");
    OptionalInt unit = guest.unitOf(words[0]);
    if (unit.isEmpty()) {
      return Optional.empty();
    }
    HnUnit hn = new HnUnit(unit.getAsInt());
    return Optional.of(
        words[0].startsWith("hn") ? HostAction.hnLink(hn, up) : HostAction.vfCarrier(hn, up));
  }

  /** {@code hn0 VF_UP} is of hn(4); {@code SYSTEM SUBSYSTEM TYPE REST} says all. */
  private static String event(String value) {
    String[] words = value.split(" ", 4);
    if (words.length == 2) {
      return "!system=HYPERV_NIC_VF subsystem=" + words[0] + " type=" + words[1];
    }
    if (words.length < 3) {
      return "!system=HYPERV_NIC_VF subsystem=" + value;
    }
    String rest = words.length == 4 ? " " + words[3] : "";
    return "!system=" + words[0] + " subsystem=" + words[1] + " type=" + words[2] + rest;
  }

  /**
   * {@code jexec sw0 ifconfig vtnet0 down}: the switch is cut from its gateway and DHCP server.
   *
   * @return whether it is known what it does
   */
  boolean onSwitch(List<String> arguments) {
    String line = String.join(" ", arguments);
    boolean up = line.equals("sw0 ifconfig vtnet0 up");
    if (up || line.equals("sw0 ifconfig vtnet0 down")) {
      HnUnit unit = new HnUnit(0);
      guest.host().now(HostAction.gateway(unit, up));
      guest.host().dhcp(unit, up ? DhcpServer.giving("10.0.2.15") : DhcpServer.silent());
      return true;
    }
    return line.matches("sw0 (ps .*|ifconfig \\w+( inet6?)?|netstat .*|arp -an?|tail .*|cat .*)");
  }

  /** {@code probe start ADDRESS} and {@code probe stop [SECONDS]}. */
  Optional<Said> probe(List<String> arguments, Pause pause) {
    String verb = arguments.isEmpty() ? "" : arguments.get(0);
    boolean more = arguments.size() > 1;
    if (verb.equals("start") && more && InetAddresses.isInetAddress(arguments.get(1))) {
      pause.pass(PROBE_STARTS);
      probed = Optional.of(arguments.get(1));
      probedSince = guest.timer().now();
      return Optional.of(Said.NOTHING);
    }
    boolean understood = !more || arguments.get(1).matches("[0-9]{1,4}");
    if (!verb.equals("stop") || probed.isEmpty() || !understood) {
      return Optional.empty();
    }
    pause.pass(Duration.ofSeconds(more ? Long.parseLong(arguments.get(1)) : PROBE_LINGERS));
    Duration longest = Duration.ZERO;
    for (Reachability.Outage outage :
        guest
            .reachability()
            .outages(
                InetAddresses.forString(probed.get()),
                Reachability.Vantage.ON_LINK,
                probedSince,
                guest.timer().now())) {
      longest = outage.length().compareTo(longest) > 0 ? outage.length() : longest;
    }
    longestGaps.add(longest);
    // A packet goes out every 20 ms, so that a shorter gap may not be seen.
    return Optional.of(Said.out(longest.toMillis() >= 20 ? "gap\n" : " 0.0% packet loss\n"));
  }

  /** Lets virtual time pass. */
  @FunctionalInterface
  interface Pause {
    void pass(Duration duration);
  }
}
