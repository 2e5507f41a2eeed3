package org.hnvf.lab.replay;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.lab.replay.Transcript.Recorded;
import org.hnvf.sim.SimulatedGuest;
import org.hnvf.sim.TakeOver;

/** Takes over from a recorded answer what of the guest is uncertain and shown there. */
final class Recording {
  private static final Pattern NO_INTERFACE =
      Pattern.compile("ifconfig: interface (\\S+) does not exist");
  private static final Pattern CLIENT = Pattern.compile("dhclient: ([a-z0-9.]+) \\(dhclient\\)");
  private static final Pattern SYSCTL = Pattern.compile("([a-z][a-z0-9_.]+): (.*)");
  private static final Pattern NAMES = Pattern.compile("lo0( [a-z]+[a-z0-9.]*)+ *");

  private final SimulatedGuest guest;
  private final TakeOver takeOver;
  private final Uncertainty uncertainty;

  Recording(SimulatedGuest guest, Uncertainty uncertainty) {
    this.guest = guest;
    this.takeOver = guest.takeOver();
    this.uncertainty = uncertainty;
  }

  /** Makes shown state certain from then on. */
  void takeOver(Recorded entry, Trace trace) {
    Shown all = Shown.in(entry.stdout());
    Map<Facet, String> shown = all.texts();
    absent(entry);
    names(entry, shown);
    Set<String> interfaces = all.interfaces().keySet();
    // Ports first: what a lagg shows of them must find them.
    List<String> order = new ArrayList<>(interfaces);
    order.sort((a, b) -> Boolean.compare(a.startsWith("lagg"), b.startsWith("lagg")));
    order.forEach(name -> anInterface(name, all, trace));
    trace.displays().stream()
        .filter(d -> !interfaces.contains(d.name()) && !d.family().isEmpty())
        .filter(d -> entry.stderr().isEmpty() && guest.interfaces().contains(d.name()))
        .filter(d -> uncertainty.isUncertain(new Facet(d.name(), d.family())))
        .forEach(d -> takeOver.showsInterface(d.name(), List.of(), ImmutableList.of(d.family())));
    routes(shown, false);
    routes(shown, true);
    clients(entry);
    file(entry, trace);
    rcConf(entry);
    sysctls(shown);
    known(entry, trace);
  }

  /** Makes the state in an answer certain, whether it was simulated or taken over. */
  void known(Recorded entry, Trace trace) {
    Set<Facet> known = new LinkedHashSet<>(Shown.in(entry.stdout()).texts().keySet());
    trace.displays().stream()
        .filter(d -> !d.family().isEmpty())
        .forEach(d -> known.add(new Facet(d.name(), d.family())));
    trace.touched().stream()
        .filter(f -> f.subject().startsWith("file ") || f.subject().startsWith("sysctl "))
        .forEach(known::add);
    if (entry.command().contains("ps -ax")) {
      known.add(Facet.of(Facet.CLIENTS));
    }
    if (entry.command().matches(".*\\b(arp|ndp) .*")) {
      known.add(Facet.of(Facet.NEIGHBOURS));
    }
    known.remove(Shown.OTHER);
    uncertainty.known(known);
  }

  private void absent(Recorded entry) {
    Matcher missing = NO_INTERFACE.matcher(entry.stderr());
    while (missing.find()) {
      String name = missing.group(1);
      if (isAnyUncertain(name)) {
        takeOver.hasNoInterface(name);
        parts(name).forEach(f -> uncertainty.known(List.of(f)));
      }
    }
  }

  private static Collection<Facet> parts(String name) {
    return List.of(new Facet(name, "link"), new Facet(name, "inet"), new Facet(name, "inet6"));
  }

  private boolean isAnyUncertain(String name) {
    return uncertainty.anyUncertain(parts(name));
  }

  /** {@code ifconfig -l}: those that are not listed are not there. */
  private void names(Recorded entry, Map<Facet, String> shown) {
    if (!entry.command().matches(".*ifconfig -l *(;.*)?")) {
      return;
    }
    for (String line : shown.getOrDefault(Shown.OTHER, "").lines().toList()) {
      if (NAMES.matcher(line).matches()) {
        List<String> listed = List.of(line.strip().split(" +", -1));
        guest.interfaces().stream()
            .filter(i -> !listed.contains(i) && isAnyUncertain(i))
            .forEach(takeOver::hasNoInterface);
        listed.stream()
            .filter(i -> i.startsWith("lagg") && !guest.interfaces().contains(i))
            .forEach(i -> takeOver.showsInterface(i, List.of(), List.of()));
      }
    }
  }

  private void anInterface(String name, Shown shown, Trace trace) {
    List<String> recorded = shown.interfaces().getOrDefault(name, List.of());
    boolean everything =
        recorded.stream().anyMatch(l -> l.startsWith("\tether ") || l.startsWith("\tgroups: "));
    List<String> families = new ArrayList<>();
    for (String family : List.of("inet", "inet6")) {
      boolean asked = trace.displays().contains(new Trace.Display(name, family));
      if ((everything || asked) && uncertainty.isUncertain(new Facet(name, family))) {
        families.add(family);
      }
    }
    // Where an interface has to be made, its MAC address tells what it is.
    List<String> lines =
        recorded.stream()
            .filter(
                l ->
                    l.startsWith("\tether ")
                        || uncertainty.isUncertain(new Facet(name, Shown.part(l))))
            .toList();
    takeOver.showsInterface(name, lines, families);
  }

  private void routes(Map<Facet, String> shown, boolean ipv6) {
    Facet facet = Facet.routes(ipv6);
    String table = shown.get(facet);
    if (table != null && uncertainty.isUncertain(facet)) {
      takeOver.showsRoutes(0, ipv6, table.lines().filter(l -> !l.startsWith("Dest")).toList());
    }
  }

  private void clients(Recorded entry) {
    boolean asked = entry.command().contains("ps -ax") && entry.command().contains("dhclient");
    if (!asked || !uncertainty.isUncertain(Facet.of(Facet.CLIENTS))) {
      return;
    }
    List<String> names = new ArrayList<>();
    Matcher client = CLIENT.matcher(entry.stdout());
    while (client.find()) {
      if (!client.group(1).equals("system.syslog")) {
        names.add(client.group(1));
      }
    }
    takeOver.showsClients(names);
  }

  /** Where the line shows one file and nothing else. */
  private void file(Recorded entry, Trace trace) {
    Optional<String> path =
        entry.command().matches("cat (/\\S+)")
            ? Optional.of(entry.command().substring("cat ".length()))
            : Optional.empty();
    if (path.isPresent()
        && trace.reason().isEmpty()
        && uncertainty.isUncertain(Facet.file(path.get()))) {
      takeOver.showsFile(
          path.get(), entry.status() == 0 ? Optional.of(entry.stdout()) : Optional.empty());
    }
  }

  /** The end of rc.conf, which is what a transcript looks at. */
  private void rcConf(Recorded entry) {
    boolean end =
        entry.command().matches("(tail -[0-9]+ /etc/rc.conf|cat /etc/rc.conf \\| tail -[0-9]+)");
    if (end && uncertainty.isUncertain(Facet.file("/etc/rc.conf"))) {
      takeOver.showsFile("/etc/rc.conf", Optional.of(entry.stdout()));
    }
  }

  private void sysctls(Map<Facet, String> shown) {
    for (String line : shown.getOrDefault(Shown.OTHER, "").lines().toList()) {
      Matcher node = SYSCTL.matcher(line);
      if (node.matches()
          && node.group(1).contains(".")
          && !node.group(1).matches("(hw|dev)\\.hn\\..*|debug\\..*")
          && uncertainty.isUncertain(Facet.sysctl(node.group(1)))) {
        takeOver.showsSysctl(node.group(1), node.group(2));
      }
    }
  }
}
