package org.hnvf.lab.rehearse;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hnvf.freebsd.IfconfigParser;
import org.hnvf.freebsd.Ipfw;
import org.hnvf.freebsd.Jls;
import org.hnvf.freebsd.Netgraph;
import org.hnvf.freebsd.Pfctl;
import org.hnvf.freebsd.SysctlParser;
import org.hnvf.lab.replay.Facet;
import org.hnvf.lab.replay.Shown;
import org.hnvf.lab.replay.Transcript.Recorded;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.Firewalls;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.sim.GuestProgram;
import org.hnvf.sim.SimulatedGuest;
import org.hnvf.sim.TakeOver;

/**
 * Puts on a guest, which rc(8) has configured, what the capture shows beyond that: what an
 * administrator or hnvf did since, the files, and who else uses its interfaces.
 */
final class Overlay {

  private static final Splitter LINES = Splitter.on('\n').omitEmptyStrings();

  /** The directories of hnvf, which it makes for root alone. */
  private static final ImmutableList<String> OWN =
      ImmutableList.of("var/db/hnvf", "var/db/hnvf/history", "var/run/hnvf");

  private static final String SKIPPED = "(skip)";

  private final CapturedGuest captured;
  private final SimulatedGuest guest;
  private final TakeOver takeOver;

  Overlay(CapturedGuest captured, SimulatedGuest guest) {
    this.captured = captured;
    this.guest = guest;
    this.takeOver = guest.takeOver();
  }

  void put() {
    names();
    others();
    Map<String, List<String>> lines = captured.lines();
    List<NetInterface> inOrder = new ArrayList<>();
    captured
        .copiedInterfaces()
        .forEach(
            name -> Optional.ofNullable(captured.interfaces().get(name)).ifPresent(inOrder::add));
    // An interface on another one must find it there.
    inOrder.sort(Comparator.comparingInt(this::level));
    for (NetInterface each : inOrder) {
      takeOver.showsInterface(
          each.name(),
          lines.getOrDefault(each.name(), List.of()),
          ImmutableList.of("inet", "inet6"));
      bridge(each);
      groups(each);
    }
    captured.capture().entries().stream()
        .filter(entry -> CaptureCommands.isRoutes(entry.command()))
        .forEach(
            entry -> {
              routes(entry, false);
              routes(entry, true);
            });
    takeOver.showsClients(captured.clients().asList());
    CapturedMentions.files(captured.capture())
        .forEach((path, text) -> takeOver.showsFile(path, Optional.of(text)));
    captured.capture().entries().forEach(this::file);
    OWN.forEach(this::makePrivate);
    firewalls();
    Stream.of(Jls.addresses(), Netgraph.loaded(), Netgraph.nodes()).forEach(this::answer);
    captured.capture().entries().forEach(this::neighbour);
  }

  /** A neighbour that the guest knew is asked, so that the copy knows it. */
  private void neighbour(Recorded entry) {
    if (CaptureCommands.isNeighbour(entry.command()) && entry.status() == 0) {
      String address = entry.command().substring(entry.command().lastIndexOf(' ') + 1);
      type("ping", "-c", "1", "-t", "2", address);
    }
  }

  private int level(NetInterface each) {
    if (each.lagg().isPresent()) {
      return 1;
    }
    if (CapturedGuest.isVlan(each)) {
      return 2;
    }
    if (CapturedGuest.members(each).findAny().isPresent()) {
      return 3;
    }
    // An hn has no carrier while its VF carries the data path: the VF comes first.
    return captured.nics().containsValue(each) ? 0 : -1;
  }

  /** An administrator may have renamed an interface that rc.conf does not rename. */
  private void names() {
    for (NetInterface each : captured.interfaces().values()) {
      Optional<String> driver = each.driverName().filter(name -> !name.equals(each.name()));
      if (driver.isPresent()
          && guest.interfaces().contains(driver.get())
          && !guest.interfaces().contains(each.name())) {
        type("ifconfig", driver.get(), "name", each.name());
      }
    }
  }

  /** Destroys the interfaces that rc(8) makes and that the capture does not show. */
  private void others() {
    guest.interfaces().stream()
        .filter(name -> !captured.copiedInterfaces().contains(name))
        .forEach(name -> type("ifconfig", name, "destroy"));
  }

  private void bridge(NetInterface each) {
    if (CapturedGuest.members(each).findAny().isEmpty()) {
      return;
    }
    if (!guest.interfaces().contains(each.name())) {
      String driver = each.driverName().orElse(each.name());
      type("ifconfig", driver, "create");
      if (!driver.equals(each.name())) {
        type("ifconfig", driver, "name", each.name());
      }
      type("ifconfig", each.name(), each.isUp() ? "up" : "down");
    }
    CapturedGuest.members(each)
        .filter(guest.interfaces()::contains)
        .forEach(member -> type("ifconfig", each.name(), "addm", member));
  }

  private void groups(NetInterface each) {
    Set<String> now =
        IfconfigParser.parse(
                run(Command.reading(GuestCopy.PATIENCE, "ifconfig", each.name())).stdout())
            .values()
            .stream()
            .flatMap(shown -> shown.groups().stream())
            .collect(ImmutableSet.toImmutableSet());
    Set<String> wanted = ImmutableSet.copyOf(each.groups());
    Sets.difference(wanted, now).forEach(group -> type("ifconfig", each.name(), "group", group));
    Sets.difference(now, wanted).forEach(group -> type("ifconfig", each.name(), "-group", group));
  }

  /** A capture may show the routes of pairs alone; those over loopback are then as they are. */
  private void routes(Recorded entry, boolean ipv6) {
    if (entry.status() != 0) {
      return;
    }
    List<String> shown = rows(entry.stdout(), ipv6);
    if (shown.stream().noneMatch(row -> row.contains(" lo0"))) {
      String now = Faithfulness.run(guest, entry.command()).stdout();
      shown.addAll(rows(now, ipv6).stream().filter(row -> row.contains(" lo0")).toList());
    }
    takeOver.showsRoutes(CaptureCommands.fib(entry.command()), ipv6, shown);
  }

  private static List<String> rows(String text, boolean ipv6) {
    String table = Shown.in(text).texts().getOrDefault(Facet.routes(ipv6), "");
    return new ArrayList<>(
        table.lines().filter(line -> !line.startsWith("Dest") && line.contains(" ")).toList());
  }

  /** A pid file names a process of the copy. */
  private void file(Recorded entry) {
    if (CaptureCommands.isFile(entry.command()) && !entry.command().endsWith(".pid")) {
      takeOver.showsFile(
          CaptureCommands.path(entry.command()),
          entry.status() == 0 ? Optional.of(entry.stdout()) : Optional.empty());
    } else if (CaptureCommands.isList(entry.command())) {
      list(entry);
    }
  }

  private void makePrivate(String name) {
    Path directory = guest.root().resolve(name);
    if (!Files.isDirectory(directory)) {
      return;
    }
    try {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot change a directory of the copy", e);
    }
  }

  /**
   * resolvconf(8) keeps a file for each interface; hnvf reads only its name. The copy has booted
   * with a DHCP client on hn; if the capture shows a lagg, the file of hn was deleted since.
   */
  private void list(Recorded entry) {
    String directory = CaptureCommands.directory(entry.command());
    if (directory.endsWith("/interfaces")) {
      Set<String> wanted = names(entry.stdout().lines());
      Set<String> now = names(guest.files().list(directory).stream());
      Sets.difference(wanted, now)
          .forEach(name -> takeOver.showsFile(directory + "/" + name, Optional.of("")));
      Sets.difference(now, wanted)
          .forEach(name -> takeOver.showsFile(directory + "/" + name, Optional.empty()));
    }
  }

  private static ImmutableSet<String> names(Stream<String> files) {
    return files
        .filter(name -> InterfaceName.of(name).isPresent())
        .collect(ImmutableSet.toImmutableSet());
  }

  private void firewalls() {
    Firewalls there = SysctlParser.firewalls(captured.sysctls());
    boolean enabled =
        captured.capture().output(Pfctl.status().line()).flatMap(Pfctl::isEnabled).orElse(false);
    if (enabled) {
      List<String> skipped =
          lines(Pfctl.interfaces()).stream()
              .filter(line -> line.endsWith(SKIPPED))
              .map(line -> line.replaceFirst(" .*", ""))
              .toList();
      guest.packetFilters().pf(lines(Pfctl.rules()), lines(Pfctl.nat()), skipped);
    } else if (there.pf()) {
      guest.packetFilters().enablePf(false);
    }
    if (there.ipfw()) {
      guest.packetFilters().ipfw(lines(Ipfw.rules()), lines(Ipfw.nat()), lines(Ipfw.tables()));
    }
    if (there.ipf()) {
      guest.packetFilters().ipf();
    }
  }

  private ImmutableList<String> lines(Command command) {
    return ImmutableList.copyOf(
        LINES.splitToList(captured.capture().output(command.line()).orElse("")));
  }

  /** Jails and netgraph(4) are not simulated: who asks for them is told what the capture says. */
  private void answer(Command command) {
    captured
        .capture()
        .find(command.line())
        .ifPresent(
            entry ->
                guest.answers(
                    command.argv(),
                    new GuestProgram.Answer(entry.status(), entry.stdout(), entry.stderr())));
  }

  private void type(String program, String... arguments) {
    run(Command.changing(GuestCopy.PATIENCE, program, arguments));
  }

  private CommandResult run(Command command) {
    return guest.run(command);
  }
}
