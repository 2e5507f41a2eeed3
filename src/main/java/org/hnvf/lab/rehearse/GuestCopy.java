package org.hnvf.lab.rehearse;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.freebsd.SysctlParser;
import org.hnvf.lab.RcStart;
import org.hnvf.lab.soak.CopiedGuest;
import org.hnvf.lab.soak.CopyTrials;
import org.hnvf.model.Command;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.HyperV;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Prefix;
import org.hnvf.model.Route;
import org.hnvf.model.Settings;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.rcconf.EvaluatedRcConf;
import org.hnvf.service.Machine;
import org.hnvf.service.Orchestrator;
import org.hnvf.service.Wiring;
import org.hnvf.settings.SettingsFile;
import org.hnvf.sim.DhcpServer;
import org.hnvf.sim.Scenario;
import org.hnvf.sim.SimulatedGuest;
import org.hnvf.workflow.Progress;

/**
 * Builds simulated guests that show what a capture shows. rc(8) configures them as its rc.conf
 * says, in networks with the captured gateways; then they are given what else is there.
 */
final class GuestCopy implements CopiedGuest {

  static final Duration PATIENCE = Duration.ofMinutes(5);

  /** rc(8), and what a dhclient(8) then does, is over by then. */
  private static final Duration BOOTING = Duration.ofMinutes(10);

  private static final Duration REST = Duration.ofSeconds(20);

  private final CapturedGuest captured;
  private final CapturedRc rc;
  private final RcStart start;
  private final ImmutableList<ImmutableList<String>> netif;
  private final ImmutableList<HnUnit> advertised;
  private final Duration vfDelay;
  private final Settings settings;

  /**
   * The copies of a guest.
   *
   * @throws HnvfException if hnvf refuses its rc.conf or its settings
   */
  GuestCopy(CapturedGuest captured) throws HnvfException {
    this.captured = captured;
    this.rc = CapturedRc.of(captured.capture());
    EvaluatedRcConf evaluated = rc.evaluated();
    this.start = new RcStart(evaluated);
    this.vfDelay = evaluated.guestConfig(new HnUnit(0).driverName()).vfDelay();
    this.netif = start.netif();
    ImmutableList.Builder<HnUnit> units = ImmutableList.builder();
    int unit = 0;
    for (var config : start.configsOfNics()) {
      if (config.acceptRtadv()) {
        units.add(new HnUnit(unit));
      }
      unit++;
    }
    this.advertised = units.build();
    SimulatedGuest guest = asCaptured();
    this.settings =
        SettingsFile.under("/usr/local", new NioDurableFiles(guest.root()))
            .readAnybodys()
            .settings();
  }

  /** Builds one in the state of the capture. */
  SimulatedGuest asCaptured() {
    SimulatedGuest guest = asConfigured();
    new Overlay(captured, guest).put();
    guest.drainEvents();
    return guest;
  }

  @Override
  public SimulatedGuest asConfigured() {
    Instant created = captured.capture().created();
    HyperV hyperV = captured.hyperV();
    Instant booted = SysctlParser.bootTime(captured.sysctls()).orElse(Instant.EPOCH);
    Instant begins = created.minus(BOOTING);
    Scenario scenario =
        Scenario.bare()
            .withoutVlans()
            .nics(captured.nics().size())
            .macs(captured.nics().values().stream().map(CapturedGuest::mac).toList())
            .startAt(begins)
            .bootedAgo(
                booted.isAfter(Instant.EPOCH) && booted.isBefore(begins)
                    ? Duration.between(booted, begins)
                    : Duration.ofSeconds(90))
            .rcConf(rc.text())
            .shell(rc.shell());
    if (!captured.isNetlink()) {
      scenario.ioctlIfconfig();
    }
    if (hyperV.transparent().isEmpty()) {
      scenario.oldKernel();
    }
    if (hyperV.isTransparent()) {
      scenario.transparent();
    }
    if (hyperV.vfList().isEmpty()) {
      scenario.withoutVfList();
    }
    SimulatedGuest guest = scenario.start();
    captured.nics().forEach((unit, nic) -> network(guest, unit, nic));
    routers(guest);
    int fibs = SysctlParser.fibs(captured.sysctls()).count();
    if (fibs > 1) {
      type(guest, ImmutableList.of("sysctl", "net.fibs=" + fibs));
    }
    rc(guest);
    sleep(guest, Duration.between(guest.timer().now(), created));
    guest.drainEvents();
    return guest;
  }

  /** The network behind a NIC is the one of its addresses, and its server gives the leased one. */
  private void network(SimulatedGuest guest, HnUnit unit, NetInterface nic) {
    NetInterface holder = captured.holder(nic);
    holder.addresses().stream()
        .map(address -> address.prefix())
        .filter(prefix -> prefix.isIpv6() && !prefix.isIpv6LinkLocal())
        .findFirst()
        .ifPresent(prefix -> guest.host().network(unit, prefix));
    Optional<Prefix> lease = lease(unit);
    Optional<Prefix> first =
        lease.or(() -> holder.inet().map(address -> address.prefix()).findFirst());
    first.ifPresent(prefix -> guest.host().network(unit, prefix));
    lease.ifPresent(
        prefix ->
            guest
                .host()
                .dhcp(unit, DhcpServer.giving(InetAddresses.toAddrString(prefix.address()))));
  }

  private void routers(SimulatedGuest guest) {
    for (Route route : captured.routes()) {
      Optional<HnUnit> unit = captured.unit(route.netif());
      if (unit.isPresent() && route.isStatic()) {
        route
            .gatewayAddress()
            .ifPresent(
                gateway -> {
                  if (route.isDefault()) {
                    guest.host().router(gateway);
                  } else {
                    guest.host().neighbour(unit.get(), gateway);
                  }
                });
      }
    }
    advertised.forEach(unit -> guest.host().routerAdvertisements(unit, true));
  }

  private void rc(SimulatedGuest guest) {
    netif.forEach(command -> type(guest, command));
    start.routing().forEach(command -> type(guest, command));
  }

  /** Returns what is tried on copies. */
  CopyTrials trials(HnUnit unit) throws HnvfException {
    return new CopyTrials(this, unit, rc.shell());
  }

  /** A VF of the capture is taken away, and hnvf gives everything back to the hn. */
  @Override
  public SimulatedGuest boot() {
    SimulatedGuest guest = asCaptured();
    Orchestrator hnvf =
        Wiring.orchestrator(
            new Machine(guest, new NioDurableFiles(guest.root()), guest.timer(), guest.root()),
            settings,
            OwnerPolicy.ANYBODY,
            Progress.NONE);
    for (Map.Entry<HnUnit, NetInterface> nic : captured.nics().entrySet()) {
      guest.host().unplug(nic.getKey());
      if (!captured.holder(nic.getValue()).equals(nic.getValue())) {
        release(hnvf, nic.getKey());
      }
    }
    guest.drainEvents();
    sleep(guest, REST);
    guest.drainEvents();
    return guest;
  }

  private static void release(Orchestrator hnvf, HnUnit unit) {
    try {
      hnvf.release(unit.driverName());
      hnvf.failback(unit.driverName());
    } catch (HnvfException e) {
      throw new IllegalStateException("hn" + unit + " of a copy cannot be released", e);
    }
  }

  @Override
  public void reboot(SimulatedGuest guest, Duration length) {
    guest.reboot(length);
    rc(guest);
  }

  @Override
  public int nics() {
    return captured.nics().size();
  }

  @Override
  public int vlans() {
    return (int) captured.interfaces().values().stream().filter(CapturedGuest::isVlan).count();
  }

  @Override
  public String name() {
    return captured.capture().name();
  }

  @Override
  public Optional<Prefix> lease(HnUnit unit) {
    return Optional.ofNullable(captured.nics().get(unit))
        .map(captured::holder)
        .filter(holder -> captured.clients().contains(holder.name()))
        .flatMap(captured::lease);
  }

  @Override
  public Duration vfDelay() {
    return vfDelay;
  }

  @Override
  public boolean dhcp() {
    return !captured.clients().isEmpty();
  }

  @Override
  public boolean transparent() {
    return captured.hyperV().isTransparent();
  }

  @Override
  public Settings settings() {
    return settings;
  }

  private static void type(SimulatedGuest guest, ImmutableList<String> argv) {
    guest.run(
        Command.changing(
            PATIENCE, argv.get(0), argv.subList(1, argv.size()).toArray(String[]::new)));
  }

  private static void sleep(SimulatedGuest guest, Duration time) {
    if (time.isNegative()) {
      return;
    }
    try {
      guest.timer().sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
