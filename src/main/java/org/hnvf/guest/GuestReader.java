package org.hnvf.guest;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hnvf.exec.CommandRunner;
import org.hnvf.exec.DurableFiles;
import org.hnvf.exec.ParseCache;
import org.hnvf.freebsd.Dhclient;
import org.hnvf.freebsd.Ifconfig;
import org.hnvf.freebsd.IfconfigParser;
import org.hnvf.freebsd.Netstat;
import org.hnvf.freebsd.Ps;
import org.hnvf.freebsd.PsParser;
import org.hnvf.freebsd.Resolvconf;
import org.hnvf.freebsd.RoutesParser;
import org.hnvf.freebsd.Sysctl;
import org.hnvf.freebsd.SysctlParser;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.DhcpClient;
import org.hnvf.model.Fibs;
import org.hnvf.model.Firewalls;
import org.hnvf.model.ForeignClient;
import org.hnvf.model.GuestState;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HyperV;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Route;
import org.hnvf.model.SystemException;

/**
 * Reads the guest by four commands, or by two after a preparation, and a few files. If one reading
 * fails, there is no snapshot: an interface or route that was not read must never count as absent.
 *
 * <p>Of a large guest only the relevant part is kept ({@link Command#filter}): the {@link
 * GuestState} does not contain routes and processes of other interfaces.
 */
public final class GuestReader {

  private static final String ROUTES_HEADING = "Routing tables";

  private final CommandRunner runner;
  private final DurableFiles files;
  private final Leases leases;
  private final DhclientConfs confs;
  private final Awaited awaited;
  private final ParseCache<String, Told> told = ParseCache.texts(Told::of);
  private final ParseCache<String, ImmutableMap<String, NetInterface>> interfaces =
      ParseCache.texts(text -> FullNames.ofDrivers(IfconfigParser.parse(text)));
  private final ParseCache<String, ImmutableList<Route>> routes =
      ParseCache.texts(RoutesParser::parse);
  private final ParseCache<String, Running> processes = ParseCache.texts(Running::of);

  /**
   * Destinations, as netstat prints them, whose routes matter through any interface: a pair had
   * them before a workflow, and they may go through another interface now.
   */
  @FunctionalInterface
  public interface Awaited {
    /** Returns the destinations of these pairs. */
    ImmutableSet<String> destinations(ImmutableSet<HnUnit> units);
  }

  /**
   * The output of sysctl(8). The boot time is the last variable: if it is missing, others may be
   * missing, too.
   */
  private record Told(HyperV hyperV, Firewalls firewalls, Optional<Instant> bootTime, Fibs fibs) {

    static Told of(String text) {
      return new Told(
          SysctlParser.hyperV(text),
          SysctlParser.firewalls(text),
          SysctlParser.bootTime(text),
          SysctlParser.fibs(text));
    }
  }

  /** The relevant processes, and whether the output contained any process. */
  private record Running(
      boolean any,
      ImmutableList<DhcpClient> dhcpClients,
      ImmutableSet<String> daemons,
      ImmutableList<ForeignClient> foreignClients) {

    static Running of(String text) {
      ImmutableList<PsParser.RunningProcess> shown = PsParser.processes(text);
      return new Running(
          !shown.isEmpty(),
          PsParser.dhcpClients(shown),
          PsParser.integrationDaemons(shown),
          PsParser.foreignClients(shown));
    }
  }

  /** Creates a reader without earlier destinations. */
  public GuestReader(CommandRunner runner, DurableFiles files) {
    this(runner, files, units -> ImmutableSet.of());
  }

  /** Creates a reader. */
  public GuestReader(CommandRunner runner, DurableFiles files, Awaited awaited) {
    this.runner = runner;
    this.files = files;
    this.awaited = awaited;
    this.leases = new Leases(files);
    this.confs = new DhclientConfs(files);
  }

  /**
   * Returns a snapshot. Every interface has a driver name: its own name if ifconfig(8) does not
   * print it (before FreeBSD 14), which is correct unless it was renamed.
   *
   * @throws SystemException if a reading failed or its output is incomplete; the message names the
   *     command and its result
   */
  public GuestState snapshot() throws SystemException {
    GuestState links = links();
    ImmutableMap<String, NetInterface> shown = links.interfaces();
    ImmutableList<Route> table = routes(links.hyperV(), links.fibs(), shown);
    Running running = processes();
    return new GuestState(
        links.hyperV(),
        shown,
        table,
        running.dhcpClients(),
        leases.of(shown.keySet()),
        ImmutableSet.copyOf(files.list(Resolvconf.INTERFACES)),
        running.daemons(),
        running.foreignClients(),
        links.firewalls(),
        confs.interfaces(shown),
        links.bootTime(),
        links.fibs());
  }

  /**
   * Returns a snapshot of the pairs, and of which interface is up and in which lagg, by two
   * commands and no file. Routes, DHCP clients, leases and the rest are empty here, so no plan may
   * be made from it.
   *
   * @throws SystemException if a reading failed or its output is incomplete
   */
  public GuestState links() throws SystemException {
    // A VF that goes between the two commands is then in neither output; in the other order it
    // would appear as a port of a lagg without a pair.
    Told sysctl = sysctl();
    return GuestState.ofLinks(
        sysctl.hyperV(), interfaces(), sysctl.firewalls(), sysctl.bootTime(), sysctl.fibs());
  }

  /**
   * Returns the variables of hn(4), by one command.
   *
   * @throws SystemException as {@link #snapshot}
   */
  public HyperV hyperV() throws SystemException {
    return sysctl().hyperV();
  }

  private Told sysctl() throws SystemException {
    Told shown = told.of(read(Sysctl.hyperV()));
    if (shown.bootTime().isEmpty()) {
      throw strange(Sysctl.hyperV(), "does not end with kern.boottime");
    }
    return shown;
  }

  /**
   * Converts a new snapshot for {@link #refreshed}; empty if its DHCP clients and their pid files
   * do not agree, because a later change of a client would not be noticed.
   */
  public Optional<Prepared> prepared(GuestState guest) {
    try {
      ImmutableMap<String, String> pidFiles = pidFiles(guest.interfaces().keySet());
      Map<String, String> clients = new HashMap<>();
      for (DhcpClient client : guest.dhcpClients()) {
        if (clients.put(client.interfaceName(), Long.toString(client.pid())) != null) {
          return Optional.empty();
        }
      }
      return clients.equals(pidFiles)
          ? Optional.of(new Prepared(guest, pidFiles))
          : Optional.empty();
    } catch (SystemException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns a new snapshot by two commands: interfaces, routes and files are read again. The
   * variables of hn(4) and the DHCP clients come from the prepared snapshot. They are still valid:
   * hn(4) pairs by MAC address (hn_ismyvf of if_hn.c), so the same interfaces form the same pairs;
   * and dhclient(8) locks and writes its pid file, and deletes it at its end (pidfile(3)).
   *
   * @return empty if an interface or a client came, went, or changed its name or address
   * @throws SystemException if a reading failed or its output is incomplete
   */
  public Optional<GuestState> refreshed(Prepared before) throws SystemException {
    ImmutableMap<String, NetInterface> interfaces = interfaces();
    GuestState guest = before.guest();
    if (!identities(interfaces).equals(identities(guest.interfaces()))
        || !pidFiles(interfaces.keySet()).equals(before.pidFiles())) {
      return Optional.empty();
    }
    return Optional.of(
        new GuestState(
            guest.hyperV(),
            interfaces,
            routes(guest.hyperV(), guest.fibs(), interfaces),
            guest.dhcpClients(),
            leases.of(interfaces.keySet()),
            ImmutableSet.copyOf(files.list(Resolvconf.INTERFACES)),
            guest.integrationDaemons(),
            guest.foreignClients(),
            guest.firewalls(),
            confs.interfaces(interfaces),
            guest.bootTime(),
            guest.fibs()));
  }

  /** Returns names, driver names and MAC addresses. */
  private static ImmutableList<String> identities(ImmutableMap<String, NetInterface> interfaces) {
    return interfaces.values().stream()
        .map(i -> i.name() + " " + i.driverName() + " " + i.ether() + " " + i.hwaddr())
        .collect(ImmutableList.toImmutableList());
  }

  private ImmutableMap<String, String> pidFiles(Collection<String> interfaces)
      throws SystemException {
    ImmutableMap.Builder<String, String> pids = ImmutableMap.builder();
    for (String name : interfaces) {
      Optional<String> text = Optional.empty();
      for (String path :
          InterfaceName.of(name).map(Dhclient::pidFiles).orElse(ImmutableList.of())) {
        text = text.isPresent() ? text : files.read(path);
      }
      text.map(String::strip).ifPresent(pid -> pids.put(name, pid));
    }
    return pids.buildOrThrow();
  }

  /**
   * Returns the default routes, those through interfaces of pairs, and those to earlier
   * destinations.
   */
  private ImmutableList<Route> routes(
      HyperV hyperV, Fibs fibs, ImmutableMap<String, NetInterface> interfaces)
      throws SystemException {
    Concerned concerned = Concerned.of(hyperV, interfaces);
    ImmutableSet<String> destinations = awaited.destinations(concerned.units());
    ImmutableList.Builder<Route> all = ImmutableList.builder();
    for (int fib = 0; fib < Math.min(fibs.count(), Fibs.READ); fib++) {
      Command command = Netstat.routes(fib, concerned.names(), destinations);
      String table = read(command);
      String heading = ROUTES_HEADING + (fib == 0 ? "" : " (fib: " + fib + ")");
      if (!table.startsWith(heading)) {
        throw strange(command, "does not begin with \"" + heading + "\"");
      }
      all.addAll(routes.of(table));
    }
    return FullNames.inRoutes(all.build(), interfaces.keySet());
  }

  private ImmutableMap<String, NetInterface> interfaces() throws SystemException {
    CommandResult result = runner.run(Ifconfig.all());
    if (knowsNoDriverNames(result)) {
      result = runner.run(Ifconfig.allPlain());
    }
    ImmutableMap<String, NetInterface> shown = interfaces.of(whole(result));
    if (shown.isEmpty()) {
      throw strange(result.command(), "shows no interface");
    }
    return shown;
  }

  private static boolean knowsNoDriverNames(CommandResult result) {
    return result.ending() instanceof CommandResult.Exited exited
        && exited.status() != 0
        && result.stderr().contains(Ifconfig.UNKNOWN_OPTION);
  }

  private Running processes() throws SystemException {
    Running running = processes.of(read(Ps.all()));
    if (!running.any()) {
      throw strange(Ps.all(), "shows no process");
    }
    return running;
  }

  private String read(Command command) throws SystemException {
    return whole(runner.run(command));
  }

  private static String whole(CommandResult result) throws SystemException {
    String text;
    try {
      text = result.wholeText();
    } catch (SystemException e) {
      throw SystemException.failed("cannot read the guest: " + e.getMessage(), e);
    }
    if (!text.endsWith("\n")) {
      throw strange(
          result.command(),
          "is truncated: " + text.length() + " characters without an end of line");
    }
    return text;
  }

  private static SystemException strange(Command command, String what) {
    return SystemException.failed(
        "cannot read the guest: the output of `" + command.line() + "` " + what);
  }
}
