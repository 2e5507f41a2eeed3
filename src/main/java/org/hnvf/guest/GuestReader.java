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
 * Reads the guest by four commands, or two where it was read before, and a few files. A guest that
 * cannot be read as a whole is not read at all: what was not seen must never count as not there.
 *
 * <p>Of a large guest only what matters is kept ({@link Command#filter}): routes and processes that
 * no pair has to do with are not in the {@link GuestState}.
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
   * Destinations, as netstat shows them, whose routes matter through whatever interface they go:
   * what a pair had before hnvf changed anything, and somebody may have led elsewhere since.
   */
  @FunctionalInterface
  public interface Awaited {
    /** Those of these pairs. */
    ImmutableSet<String> destinations(ImmutableSet<HnUnit> units);
  }

  /**
   * What sysctl told. The boot time is asked for last: where it is not there, neither may others.
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

  /** What is looked for among the processes, and whether any was shown. */
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

  /** Reads through these, where nothing has been changed before. */
  public GuestReader(CommandRunner runner, DurableFiles files) {
    this(runner, files, units -> ImmutableSet.of());
  }

  /** Reads through these. */
  public GuestReader(CommandRunner runner, DurableFiles files, Awaited awaited) {
    this.runner = runner;
    this.files = files;
    this.awaited = awaited;
    this.leases = new Leases(files);
    this.confs = new DhclientConfs(files);
  }

  /**
   * The guest as it is now. Every interface has a driver name: its own name where ifconfig(8) does
   * not tell (before FreeBSD 14), which is right as long as nobody renamed it.
   *
   * @throws SystemException where a read failed or its output is cut; the message names the command
   *     and what came back
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
   * What tells which pairs there are, and which interface is up and in which lagg: by two commands
   * and no file. Routes, DHCP clients, leases and all else are empty here, whatever the guest has:
   * nothing may be planned from it.
   *
   * @throws SystemException where a read failed or its output is cut
   */
  public GuestState links() throws SystemException {
    // A VF that goes between the two is then in neither; the other way round it would be seen as a
    // port of a lagg and belong to nobody.
    Told sysctl = sysctl();
    return GuestState.ofLinks(
        sysctl.hyperV(), interfaces(), sysctl.firewalls(), sysctl.bootTime(), sysctl.fibs());
  }

  /**
   * What hn(4) tells alone, by one command.
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
   * Makes a snapshot that was just taken one that {@link #refreshed} can start from; empty where
   * its DHCP clients and their pid files do not agree, so that no later change of a client would
   * show.
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
   * The guest as it is now, by two commands: interfaces and routes are read anew, and the files.
   * What hn(4) tells, and which DHCP clients run, is taken from before, and can be: hn(4) pairs by
   * MAC address (hn_ismyvf of if_hn.c), so with the same interfaces there are the same pairs; and
   * dhclient(8) locks and writes its pid file and takes it away at its end (pidfile(3)).
   *
   * @return empty where an interface came, went or changed its name or address, or a client did
   * @throws SystemException where a read failed or its output is cut
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

  /** Names, driver names and MAC addresses. */
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

  /** The default routes, those through what is or may be a pair's, and those that are awaited. */
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
