package org.hnvf.lab.rehearse;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.stream.Stream;
import org.hnvf.freebsd.Ifconfig;
import org.hnvf.freebsd.Ps;
import org.hnvf.freebsd.Sysctl;
import org.hnvf.lab.replay.Transcript.Recorded;
import org.hnvf.model.HnUnit;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Prefix;
import org.hnvf.model.Route;

/** Lists what can be left out of a capture, the largest parts first. */
final class Omissions {

  /** Without these no guest can be built. */
  private static final ImmutableSet<String> NEEDED =
      ImmutableSet.of(
          Ifconfig.all().line(),
          Ifconfig.allPlain().line(),
          Sysctl.hyperV().line(),
          Ps.all().line(),
          CaptureCommands.ROUTES,
          CaptureCommands.RC_CONF);

  private final CapturedGuest guest;
  private final ImmutableList.Builder<Omission> all = ImmutableList.builder();

  private Omissions(CapturedGuest guest) {
    this.guest = guest;
  }

  /**
   * Returns what can be left out.
   *
   * @param unit the hn that is rehearsed, which stays
   */
  static ImmutableList<Omission> of(CapturedGuest guest, HnUnit unit) {
    Omissions omissions = new Omissions(guest);
    NetInterface hn = guest.nics().get(unit);
    String holder = hn == null ? "" : guest.holder(hn).name();
    omissions.interfaces(hn == null ? "" : hn.name(), holder);
    omissions.commands();
    guest.routes().stream()
        .filter(route -> route.isStatic() && route.gatewayAddress().isPresent())
        .forEach(omissions::route);
    guest.copiedInterfaces().stream()
        .filter(name -> !name.equals("lo0"))
        .forEach(omissions::addresses);
    omissions.variables();
    guest.copiedInterfaces().forEach(omissions::words);
    return omissions.all.build();
  }

  /** Those on others first, and the last hn before the others: units have no gap. */
  private void interfaces(String hn, String holder) {
    ImmutableSet.copyOf(guest.interfaces().keySet()).asList().reverse().stream()
        .filter(name -> !name.equals(hn) && !name.equals(holder) && !name.equals("lo0"))
        .forEach(name -> all.add(new Omission(name, it -> CaptureCut.anInterface(it, name))));
  }

  private void commands() {
    guest.capture().entries().stream()
        .filter(entry -> !NEEDED.contains(entry.command()))
        .filter(entry -> !CaptureCommands.isIfconfig(entry.command()))
        .filter(entry -> entry.status() == 0 && !entry.stdout().isBlank())
        .map(Recorded::command)
        .forEach(
            command ->
                all.add(
                    new Omission(
                        "the output of `" + command + "`",
                        it -> CaptureCut.aCommand(it, command))));
  }

  private void route(Route route) {
    all.add(
        new Omission(
            (route.isDefault() ? "the default route" : "the route to " + route.destination())
                + " via "
                + route.gateway(),
            it -> CaptureCut.aRoute(it, route)));
  }

  private void addresses(String name) {
    Stream.ofNullable(guest.interfaces().get(name))
        .flatMap(each -> each.addresses().stream())
        .map(address -> address.prefix())
        .filter(prefix -> !prefix.isIpv6LinkLocal())
        .forEach(prefix -> address(name, prefix));
  }

  private void address(String name, Prefix prefix) {
    all.add(
        new Omission(prefix + " of " + name, it -> CaptureCut.anAddress(it, guest, name, prefix)));
  }

  /** The configuration that rc.conf(5) has for an interface, whether it is there or not. */
  private void variables() {
    guest
        .capture()
        .output(CaptureCommands.RC_CONF)
        .ifPresent(
            text ->
                RcCut.optional(text.lines().toList())
                    .forEach(
                        line ->
                            all.add(
                                new Omission(
                                    "the variable " + line,
                                    it -> CaptureCut.aVariable(it, line)))));
  }

  private void words(String name) {
    NetInterface each = guest.interfaces().get(name);
    if (each != null && each.description().isPresent()) {
      all.add(
          new Omission(
              "the description of " + name, it -> CaptureCut.aLine(it, name, "description: ")));
    }
    if (each != null && !each.groups().isEmpty()) {
      all.add(new Omission("the groups of " + name, it -> CaptureCut.aLine(it, name, "groups: ")));
    }
  }
}
