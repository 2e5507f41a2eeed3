package org.hnvf.lab.rehearse;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.freebsd.Pfctl;
import org.hnvf.freebsd.Ps;
import org.hnvf.freebsd.PsParser;
import org.hnvf.freebsd.RoutesParser;
import org.hnvf.guest.OtherUseReader;
import org.hnvf.lab.replay.Same;
import org.hnvf.lab.replay.Shown;
import org.hnvf.lab.replay.TextDifference;
import org.hnvf.lab.replay.Transcript.Recorded;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.DhcpClient;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Route;
import org.hnvf.sim.SimulatedGuest;

/**
 * Runs every command of a capture on its copy and lists what differs. The copy is refused only
 * where the network configuration differs: what ifconfig(8) shows of the copied interfaces, the
 * routes through them, rc.conf, and which dhclient(8) run. The abilities of hardware do not count,
 * nor the question which host of a CARP group is the master.
 */
final class Faithfulness {

  /** Capabilities and counters of hardware and drivers, which hnvf neither reads nor changes. */
  private static final Pattern OF_HARDWARE =
      Pattern.compile(
          "[-+] \\t(?:options=|capabilities=|media: |hwaddr |drivername: |lagg options:|\\tflags=|"
              + "carp: (?:MASTER|BACKUP|INIT) vhid|\\tactive ports|laggstatus|plugged: |vendor: |module temperature|id |root id |"
              + "maxage |\\t *).*");

  private static final long MOST_SIDE_BY_SIDE = 1_000_000;

  /** The part of the first line of an interface that says less than its words. */
  private static final Pattern FLAG_NUMBER = Pattern.compile("flags=[0-9a-f]+<");

  private static final Pattern FLAGS_OF_DRIVER =
      Pattern.compile("(?<=[<,])(?:PROMISC|ALLMULTI|PPROMISC|OACTIVE|LOWER_UP)(?:,|(?=>))");

  private final CapturedGuest captured;
  private final SimulatedGuest guest;
  private final ImmutableList.Builder<Difference> differences = ImmutableList.builder();

  private Faithfulness(CapturedGuest captured, SimulatedGuest guest) {
    this.captured = captured;
    this.guest = guest;
  }

  /** Returns the differences between a capture and its copy. */
  static ImmutableList<Difference> differences(CapturedGuest captured, SimulatedGuest guest) {
    Faithfulness check = new Faithfulness(captured, guest);
    captured.capture().entries().forEach(check::compare);
    return check.differences.build();
  }

  private void compare(Recorded entry) {
    String command = entry.command();
    if (command.equals(CaptureCommands.RC_CONF)) {
      rcConf(entry);
    } else if (CaptureCommands.isFile(command)) {
      file(entry);
    } else if (CaptureCommands.isList(command)) {
      names(entry);
    } else if (CaptureCommands.isMentions(command)) {
      mentions(entry);
    } else if (command.equals(CaptureCommands.SCRIPTS)) {
      // The workflow of a script is the administrator's own, and its content is not captured.
      add(
          command,
          "override scripts are not copied",
          true,
          entry.stdout().lines().toList(),
          List.of());
    } else if (command.equals(CaptureCommands.HOOKS)) {
      // A hook runs after the outcome and changes no decision.
      return;
    } else {
      CommandResult result = run(guest, command);
      if (entry.status() != 0 || !result.succeeded()) {
        failed(entry, result);
      } else if (CaptureCommands.isIfconfig(command)) {
        interfaces(entry, result.stdout());
      } else if (CaptureCommands.isRoutes(command)) {
        routes(entry, result.stdout());
      } else if (CaptureCommands.isNeighbour(command)) {
        // Both know it; its MAC address is that of another network.
        return;
      } else if (command.equals(Pfctl.status().line())) {
        // How long it has run, and its counters, belong to the guest.
        text(entry, filtering(entry.stdout()), filtering(result.stdout()));
      } else if (command.equals(Ps.all().line())) {
        clients(entry, result.stdout());
      } else {
        text(entry, entry.stdout(), result.stdout());
      }
    }
  }

  /** Runs a command of a capture on its copy. */
  static CommandResult run(SimulatedGuest guest, String line) {
    String[] words =
        Stream.of(line.split(" ", -1)).map(word -> word.replace("'", "")).toArray(String[]::new);
    return guest.run(
        Command.reading(
            GuestCopy.PATIENCE,
            words[0],
            List.of(words).subList(1, words.length).toArray(String[]::new)));
  }

  /** The copy has it as text, and hnvf evaluates that: the same values are there. */
  private void rcConf(Recorded entry) {
    String text = guest.files().read("/etc/rc.conf").orElse("").strip();
    String wanted = CapturedRc.of(captured.capture()).text().strip();
    add(entry.command(), "rc.conf", true, wanted.lines().toList(), text.lines().toList());
  }

  private void file(Recorded entry) {
    String path = CaptureCommands.path(entry.command());
    Optional<String> now = guest.files().read(path);
    boolean pid = path.endsWith(".pid");
    String wanted = entry.status() == 0 ? pid ? "a pid" : entry.stdout() : "no such file";
    String is = now.map(text -> pid ? "a pid" : text).orElse("no such file");
    add(entry.command(), path, false, wanted.lines().toList(), is.lines().toList());
  }

  private void names(Recorded entry) {
    List<String> is = guest.files().list(CaptureCommands.directory(entry.command()));
    add(
        entry.command(),
        "names",
        false,
        entry.stdout().lines().sorted().toList(),
        entry.status() == 0 ? is.stream().sorted().toList() : List.of());
  }

  /** Other files than rc.conf, of which the copy has another text with the same variables. */
  private void mentions(Recorded entry) {
    Optional<InterfaceName> hn = InterfaceName.of(CaptureCommands.mentioned(entry.command()));
    List<String> is =
        hn
            .map(
                name ->
                    new OtherUseReader(guest, new NioDurableFiles(guest.root()))
                        .of(name, ImmutableList.of()))
            .stream()
            .flatMap(use -> use.mentions().stream())
            .map(mention -> mention.file() + ":" + mention.line() + " " + mention.text())
            .toList();
    add(
        entry.command(),
        "lines of files",
        false,
        withoutRcConf(entry.stdout().lines()),
        withoutRcConf(is.stream()));
  }

  private static List<String> withoutRcConf(Stream<String> lines) {
    return lines.filter(line -> !line.contains("/rc.conf")).toList();
  }

  private void failed(Recorded entry, CommandResult result) {
    String status =
        result.ending() instanceof CommandResult.Exited exited
            ? "exit " + exited.status()
            : result.ending().toString();
    boolean decides =
        CaptureCommands.isRoutes(entry.command())
            || (CaptureCommands.isIfconfig(entry.command()) && entry.status() == 0);
    add(
        entry.command(),
        "exit status",
        decides,
        List.of("exit " + entry.status()),
        List.of(status));
  }

  private void interfaces(Recorded entry, String now) {
    Map<String, List<String>> wanted = lines(entry.stdout());
    Map<String, List<String>> is = lines(now);
    for (String name : captured.copiedInterfaces()) {
      if (wanted.containsKey(name)) {
        anInterface(
            entry, name, wanted.getOrDefault(name, List.of()), is.getOrDefault(name, List.of()));
      }
    }
    is.keySet().stream()
        .filter(name -> !wanted.containsKey(name))
        .forEach(
            name -> add(entry.command(), name, true, List.of(), is.getOrDefault(name, List.of())));
  }

  private void anInterface(Recorded entry, String name, List<String> wanted, List<String> is) {
    ImmutableList<String> lines = differing(wanted, is);
    ImmutableList<String> hardware =
        lines.stream()
            .filter(line -> OF_HARDWARE.matcher(line).matches())
            .collect(ImmutableList.toImmutableList());
    ImmutableList<String> configuration =
        lines.stream()
            .filter(line -> !OF_HARDWARE.matcher(line).matches())
            .collect(ImmutableList.toImmutableList());
    if (!hardware.isEmpty()) {
      differences.add(new Difference(entry.command(), name, false, hardware));
    }
    if (!configuration.isEmpty()) {
      differences.add(new Difference(entry.command(), name, true, configuration));
    }
  }

  private static Map<String, List<String>> lines(String text) {
    String same = FLAG_NUMBER.matcher(Same.of("ifconfig", text)).replaceAll("flags=<");
    return Shown.in(FLAGS_OF_DRIVER.matcher(same).replaceAll("").replace(",>", ">")).interfaces();
  }

  /**
   * The routes of what is not copied, and over loopback where the capture has none, are left out.
   */
  private void routes(Recorded entry, String now) {
    boolean loopback = entry.stdout().contains(" lo0");
    List<String> wanted = routes(entry.stdout(), loopback);
    List<String> is = routes(now, loopback);
    ImmutableSet<String> known = ImmutableSet.copyOf(wanted);
    ImmutableSet<String> there = ImmutableSet.copyOf(is);
    add(
        entry.command(),
        "routes",
        true,
        wanted.stream().filter(row -> !there.contains(row)).toList(),
        is.stream().filter(row -> !known.contains(row)).toList());
  }

  private List<String> routes(String text, boolean loopback) {
    return RoutesParser.parse(text).stream()
        .filter(route -> loopback || !route.netif().equals("lo0"))
        .filter(route -> isCopied(route) || route.isDefault())
        .map(Faithfulness::words)
        .toList();
  }

  private boolean isCopied(Route route) {
    return captured.copiedInterfaces().stream().anyMatch(name -> name.startsWith(route.netif()));
  }

  private static String words(Route route) {
    String gateway = route.gateway().startsWith("link#") ? "link" : route.gateway();
    return route.destination() + " " + gateway + " " + route.flags() + " " + route.netif();
  }

  private void clients(Recorded entry, String now) {
    add(entry.command(), "dhclient", true, clients(entry.stdout()), clients(now));
    add(entry.command(), "other clients", false, foreign(entry.stdout()), foreign(now));
  }

  private static List<String> clients(String text) {
    return PsParser.dhcpClients(PsParser.processes(text)).stream()
        .map(DhcpClient::interfaceName)
        .sorted()
        .toList();
  }

  private static List<String> foreign(String text) {
    return PsParser.foreignClients(PsParser.processes(text)).stream()
        .map(client -> client.command())
        .toList();
  }

  private static String filtering(String status) {
    return Pfctl.isEnabled(status).map(on -> on ? "enabled" : "disabled").orElse(status);
  }

  private void text(Recorded entry, String then, String now) {
    add(
        entry.command(),
        "output",
        false,
        plain(entry.command(), then),
        plain(entry.command(), now));
  }

  /** The second of the boot is that of the capture, its microsecond is not. */
  private static List<String> plain(String command, String text) {
    return Same.of(command, text).lines().toList();
  }

  private void add(
      String command, String what, boolean decides, List<String> wanted, List<String> is) {
    ImmutableList<String> lines = differing(wanted, is);
    if (!lines.isEmpty()) {
      differences.add(new Difference(command, what, decides, lines));
    }
  }

  /** Long texts are compared as two sets: side by side they would take too much memory. */
  private static ImmutableList<String> differing(List<String> wanted, List<String> is) {
    if ((long) wanted.size() * is.size() > MOST_SIDE_BY_SIDE) {
      ImmutableSet<String> known = ImmutableSet.copyOf(wanted);
      ImmutableSet<String> there = ImmutableSet.copyOf(is);
      return Stream.concat(
              wanted.stream().filter(line -> !there.contains(line)).map(line -> "- " + line),
              is.stream().filter(line -> !known.contains(line)).map(line -> "+ " + line))
          .collect(ImmutableList.toImmutableList());
    }
    return TextDifference.lines(wanted, is).stream()
        .filter(line -> !line.startsWith("  "))
        .collect(ImmutableList.toImmutableList());
  }
}
