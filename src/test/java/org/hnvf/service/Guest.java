package org.hnvf.service;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hnvf.exec.DurableFiles;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.exec.StruckFiles;
import org.hnvf.lab.EventFeed;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.GuestState;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.PairState;
import org.hnvf.model.PairStatus;
import org.hnvf.model.Prefix;
import org.hnvf.model.Route;
import org.hnvf.model.Settings;
import org.hnvf.model.Strategy;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.report.StatusView;
import org.hnvf.sim.RcConfShell;
import org.hnvf.sim.Reachability.Vantage;
import org.hnvf.sim.Scenario;
import org.hnvf.sim.SimulatedGuest;
import org.hnvf.workflow.Progress;

/** A simulated guest with an orchestrator, and the words that tests use of it. */
final class Guest {

  static final HnUnit UNIT = new HnUnit(0);
  static final InterfaceName HN = UNIT.driverName();

  final SimulatedGuest sim;
  final DurableFiles files;
  final Orchestrator orchestrator;
  final EventFeed feed;
  final List<Report> reports = new ArrayList<>();

  private final Strategy strategy;

  private Guest(SimulatedGuest sim, Strategy strategy) {
    this.sim = sim;
    this.strategy = strategy;
    this.files = new NioDurableFiles(sim.root());
    this.orchestrator =
        Wiring.orchestrator(
            new Machine(sim, files, sim.timer(), sim.root()),
            Settings.DEFAULTS.with(strategy),
            OwnerPolicy.ANYBODY,
            Progress.NONE);
    this.feed = new EventFeed(sim, event -> {});
  }

  /** Remembers what sh made of an rc.conf, over all the guests of a test run. */
  private static final RcConfShell SHELL = new RcConfShell(new ProcessRunner());

  /** A guest that has just booted. */
  static Guest of(Scenario scenario) {
    return of(scenario, Strategy.ON_VF_UP);
  }

  /** The same, with an hnvf of this strategy. */
  static Guest of(Scenario scenario, Strategy strategy) {
    Guest guest = new Guest(scenario.shell(SHELL).start(), strategy);
    guest.sim.drainEvents();
    return guest;
  }

  /** Creates a guest from a booted one. */
  static Guest of(SimulatedGuest booted) {
    return new Guest(booted, Strategy.ON_VF_UP);
  }

  /** A guest on which no sh can be started. */
  static Guest withoutShell(Scenario scenario) {
    Guest guest = new Guest(scenario.start(), Strategy.ON_VF_UP);
    guest.sim.drainEvents();
    return guest;
  }

  /** {@code kill -9}: nothing in hnvf catches it. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private boolean killed;

  /** hnvf is killed when it is about to give the guest the command of this number. */
  void killBefore(int number) {
    sim.beforeCommand(
        (command, now) -> {
          if (now == number) {
            killed = true;
            throw new Killed();
          }
        });
  }

  boolean isKilled() {
    return killed;
  }

  /** An hnvf on the same guest whose changes of files are struck. */
  Orchestrator struck(StruckFiles.Strike strike) {
    return Wiring.orchestrator(
        new Machine(sim, new StruckFiles(files, strike), sim.timer(), sim.root()),
        OwnerPolicy.ANYBODY,
        Progress.NONE);
  }

  /** An hnvf on the same guest that can write nothing. */
  Orchestrator onAFullDisk() {
    return Wiring.orchestrator(
        new Machine(sim, FullDisk.of(new NioDurableFiles(sim.root())), sim.timer(), sim.root()),
        OwnerPolicy.ANYBODY,
        Progress.NONE);
  }

  /** hnvf is gone and a new one looks at the same guest. */
  Guest restarted() {
    return new Guest(sim, strategy);
  }

  Guest plug() throws HnvfException {
    sim.host().plug(UNIT);
    return events();
  }

  Guest plug(String driver) throws HnvfException {
    sim.host().plug(UNIT, driver);
    return events();
  }

  Guest unplug() throws HnvfException {
    sim.host().unplug(UNIT);
    return events();
  }

  /** Everything that devd would tell is told. */
  Guest events() throws HnvfException {
    feed.deliverAll(orchestrator, reports::add);
    return this;
  }

  Guest rest(Duration duration) throws InterruptedException {
    sim.timer().sleep(duration);
    return this;
  }

  Report lastReport() {
    return reports.get(reports.size() - 1);
  }

  GuestState state() throws HnvfException {
    return orchestrator.guest();
  }

  PairStatus pair() throws HnvfException {
    return orchestrator.status(state(), Optional.of(HN)).get(0);
  }

  /** The text of status for these pairs, without its line breaks. */
  static String statusText(List<PairStatus> pairs) {
    return StatusView.text(pairs).replaceAll("\\s+", " ");
  }

  PairState pairState() throws HnvfException {
    return pair().state();
  }

  NetInterface find(String name) throws HnvfException {
    return state().find(new InterfaceName(name)).orElseThrow();
  }

  boolean isUp(String name) throws HnvfException {
    return state().find(new InterfaceName(name)).map(NetInterface::isUp).orElse(false);
  }

  /** The addresses that are not link-local, in their order. */
  ImmutableList<String> addresses(String name) throws HnvfException {
    return find(name).addresses().stream()
        .filter(a -> !a.prefix().isIpv6LinkLocal())
        .map(a -> a.prefix().toString())
        .collect(ImmutableList.toImmutableList());
  }

  /** Which of these addresses do not answer now: IPv6 from the same network, IPv4 from beyond. */
  ImmutableList<String> silent(ImmutableList<String> prefixes) {
    return prefixes.stream()
        .filter(
            text -> {
              Prefix prefix = Prefix.of(text);
              return !sim.reachability()
                  .isReachable(
                      prefix.address(), prefix.isIpv6() ? Vantage.ON_LINK : Vantage.BEYOND_GATEWAY);
            })
        .collect(ImmutableList.toImmutableList());
  }

  /** The static routes through an interface: destination and gateway. */
  String staticRoutes(String name) throws HnvfException {
    return state().routes().stream()
        .filter(r -> r.netif().equals(name) && r.isStatic())
        .map(r -> r.destination() + " " + (r.isViaGateway() ? r.gateway() : "directly"))
        .collect(Collectors.joining(", "));
  }

  Optional<Route> defaultRoute() throws HnvfException {
    return state().routes().stream().filter(r -> r.isDefault() && !r.ipv6()).findFirst();
  }

  /** Whether a packet from beyond the gateway would be answered now. */
  boolean answers(String address) {
    return sim.reachability().isReachable(InetAddresses.forString(address));
  }

  /** For how long it was not answered since then. */
  Duration unanswered(String address, Instant since) {
    InetAddress host = InetAddresses.forString(address);
    return sim.reachability().outages(host, since, sim.timer().now()).stream()
        .map(outage -> outage.length())
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** The commands since the n-th that change the guest, as one would type them. */
  ImmutableList<String> changesSince(int n) {
    return sim.history().stream()
        .skip(n)
        .map(entry -> entry.result().command())
        .filter(command -> command.effect() == Command.Effect.CHANGES)
        .map(Command::line)
        .collect(ImmutableList.toImmutableList());
  }

  /** Types a command on the guest. */
  CommandResult type(String... argv) {
    return sim.run(
        Command.changing(Duration.ofMinutes(3), argv[0], Arrays.copyOfRange(argv, 1, argv.length)));
  }

  Path path(String absolute) {
    return sim.root().resolve(absolute.substring(1));
  }

  void write(String absolute, String text) throws IOException {
    Path file = path(absolute);
    if (file.getParent() != null) {
      Files.createDirectories(file.getParent());
    }
    Files.writeString(file, text);
  }

  void append(String absolute, String text) throws IOException {
    write(absolute, Files.readString(path(absolute)) + text);
  }
}
