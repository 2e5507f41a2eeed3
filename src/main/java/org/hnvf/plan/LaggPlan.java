package org.hnvf.plan;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.freebsd.Ifconfig;
import org.hnvf.model.Action;
import org.hnvf.model.Configuration;
import org.hnvf.model.Configuration.InetAddressAt;
import org.hnvf.model.Expectation;
import org.hnvf.model.Intent;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Pair;
import org.hnvf.model.Plan;
import org.hnvf.model.Prefix;
import org.hnvf.model.Route;
import org.hnvf.model.Step;
import org.hnvf.model.Strategy;

/**
 * The first bring-up: there is no lagg, hn holds the configuration, and the VF is attached.
 *
 * <p>The first steps do not interrupt the traffic: dhclient, which reacts to the deletion of its
 * address, is stopped; {@code -auto_linklocal} prevents a wrong link-local address on hn; and all
 * addresses are added to a lagg without a port. The critical section follows: hn joins, and the
 * same process adds the IPv6 address to the lagg, because hn and lagg cannot both have it; the
 * address that holds the prefix is deleted from hn; the default route is added. The guest is then
 * reachable, and the VLANs, which receive no packets on a port, and the remaining steps follow.
 * Steps that may take seconds are last: dhclient and the router solicitation. The order is that of
 * transcripts 54, 55 and 57, in which hn joined and the IPv6 address was added by two processes.
 *
 * <p>Depending on the strategy, the VF comes up at the beginning of the critical section, or joins
 * and comes up after it. If the VF is already up, the guest is cut off and the plan prepares
 * nothing: one command creates the lagg with its ports and the first address (transcript 52).
 */
final class LaggPlan {

  private final PlanInput s;
  private final Intent intent;
  private final Strategy strategy;
  private final Configuration conf;
  private final InterfaceName hn;
  private final InterfaceName vf;
  private final InterfaceName lagg;
  private final StepList steps = new StepList();

  LaggPlan(PlanInput situation, Intent intent, Strategy strategy) {
    this.s = situation;
    this.intent = intent;
    this.strategy = strategy;
    this.conf = situation.configuration();
    this.hn = situation.pair().hn();
    this.vf = situation.pair().vf().orElseThrow();
    this.lagg = Planner.freeLagg(situation.guest(), situation.pair(), situation.rc());
  }

  Plan build() {
    boolean vfIsUp = s.isUp(vf);
    // hnvf reads the carp(4) password from hn, which is possible only before hn is a port. So with
    // CARP the lagg is created first.
    boolean atOnce = vfIsUp && conf.carps().isEmpty();
    boolean withVf = intent == Intent.USE_LAGG;
    // A VF that is up receives all packets, so it joins in the cut with either strategy.
    boolean vfFirst = withVf && (vfIsUp || strategy == Strategy.ON_VF_UP);
    if (vfIsUp) {
      steps.cutBegins();
    } else {
      VfSteps.sameMtu(s, vf, hnNow(), steps);
      if (withVf) {
        VfSteps.seeGateway(s, steps);
      }
    }
    Dhcp.stop(s, hn, steps);
    VfSteps.clear(s, steps);
    OldLease.takeOff(s, hn, steps);
    if (conf.ipv6()) {
      turnOffAutoconfOnHn();
    }
    if (atOnce) {
      BridgeSteps.leave(s, hn, steps);
      makeLaggAtOnce();
    } else {
      prepareLagg();
      CarpSteps.prepare(s, lagg, steps);
      steps.cutBegins();
      if (vfFirst && !vfIsUp) {
        bringUp();
      }
      BridgeSteps.leave(s, hn, steps);
      CarpSteps.leaveHn(s, lagg, steps);
      join(vfFirst ? ImmutableList.of(hn, vf) : ImmutableList.of(hn));
    }
    BridgeSteps.join(s, lagg, steps);
    conf.inet().stream().limit(1).forEach(this::leaveHn);
    ImmutableList<InetAddressAt> alike = SamePrefixAddresses.of(conf);
    alike.forEach(this::leaveHn);
    if (atOnce) {
      // The gateway may be in the network of an alias.
      alike.forEach(this::addAlias);
    }
    ImmutableList<Route> waiting =
        WaitingRoutes.of(
            conf, Stream.concat(conf.inet().stream().limit(1), alike.stream()).toList());
    ImmutableList<Route> stand = routesOfTheCut(waiting);
    steps.cutIsOver();
    VlanSteps.onto(lagg, conf.vlans(), steps);
    if (atOnce) {
      conf.inet().stream()
          .skip(1)
          .filter(address -> !alike.contains(address))
          .forEach(this::addAlias);
    }
    steps.add(
        "static routes through " + lagg,
        Actions.addRoutes(
            conf.routes().stream()
                .filter(route -> !stand.contains(route) && !waiting.contains(route))
                .toList(),
            lagg),
        ImmutableList.of());
    removeIpv6FromHnUnlessTheKernelDoes();
    if (atOnce) {
      Ipv6.onto(s, lagg, steps);
    } else {
      Ipv6.addresses(s, lagg, further6(), steps);
    }
    conf.inet().stream().skip(1).filter(address -> !alike.contains(address)).forEach(this::leaveHn);
    steps.add(
        "static routes through further addresses of " + lagg,
        Actions.addRoutes(waiting, lagg),
        ImmutableList.of());
    LabelSteps.leave(s, hn, steps);
    LabelSteps.describe(conf.description(), lagg, steps);
    if (withVf && !vfFirst && !atOnce) {
      joinVf();
      bringUp();
    }
    if (withVf) {
      VfSteps.awaitTraffic(s, lagg, vf, !vfIsUp, steps);
    }
    Ipv6.afterwards(s, lagg, steps);
    if (conf.dhcp()) {
      Dhcp.start(s, hn, lagg, steps);
    }
    return plan(withVf);
  }

  private Plan plan(boolean withVf) {
    ImmutableList.Builder<Expectation> expected = ImmutableList.builder();
    expected
        .addAll(Expectations.of(s, lagg))
        .add(new Expectation.HasNoAddress(hn))
        .add(new Expectation.HasNoAddress(vf))
        .add(new Expectation.HasNoDhcpClient(hn));
    if (withVf) {
      expected.add(new Expectation.HasCarrier(vf)).add(new Expectation.ActivePort(lagg, vf));
    } else {
      expected.add(new Expectation.ActivePort(lagg, hn));
    }
    ImmutableList<Step> all = steps.build();
    return new Plan(
        new Pair(s.pair().unit(), hn, Optional.of(vf), Optional.of(lagg)),
        intent,
        all,
        steps.size(),
        VfSteps.firstUndo(s),
        expected.build(),
        ImmutableList.<Expectation>builder()
            .addAll(Expectations.of(s, hn))
            .add(new Expectation.IsDown(vf))
            .add(new Expectation.IsGone(lagg))
            .build(),
        VfSteps.notes(conf.notes(), all));
  }

  /**
   * The kernel takes hn's IPv6 addresses away when it joins only if it has a link-local one
   * (lagg_port_create of sys/net/if_lagg.c). hn has none after an interrupted rollback.
   */
  private boolean kernelRemovesIpv6OnJoin() {
    return hnNow().inet6().anyMatch(v6 -> v6.prefix().isIpv6LinkLocal());
  }

  private void removeIpv6FromHnUnlessTheKernelDoes() {
    if (!kernelRemovesIpv6OnJoin()) {
      hnNow()
          .inet6()
          .forEach(
              v6 ->
                  steps.add(
                      "take " + v6.prefix() + " off " + hn,
                      ImmutableList.of(Actions.removeInet6(hn, v6.prefix())),
                      ImmutableList.of()));
    }
  }

  /**
   * Turns off automatic link-local addresses and router advertisements on hn. When hn joins, the
   * kernel removes its IPv6 addresses; it would then create a link-local one from the MAC of
   * another interface. The undo asks a router again.
   */
  private void turnOffAutoconfOnHn() {
    NetInterface now = hnNow();
    ImmutableList.Builder<String> off = ImmutableList.builder();
    ImmutableList.Builder<String> on = ImmutableList.builder();
    for (String flag : List.of("AUTO_LINKLOCAL", "ACCEPT_RTADV")) {
      if (now.hasNd6(flag)) {
        String word = flag.equals("AUTO_LINKLOCAL") ? "auto_linklocal" : "accept_rtadv";
        off.add("-" + word);
        on.add(word);
      }
    }
    ImmutableList<String> words = off.build();
    if (words.isEmpty()) {
      return;
    }
    ImmutableList.Builder<Action> undo = ImmutableList.builder();
    undo.add(Actions.inet6Flags(hn, on.build()));
    if (now.hasNd6("ACCEPT_RTADV")) {
      undo.add(Ipv6.solicit(hn));
    }
    steps.add(
        "keep " + hn + " from making a link-local address",
        ImmutableList.of(Actions.inet6Flags(hn, words)),
        undo.build());
  }

  private NetInterface hnNow() {
    return s.guest().find(hn).orElseThrow();
  }

  /** Returns the IPv6 address to add when hn joins; ifconfig sets only one address per command. */
  private Optional<Prefix> joinsWith() {
    return conf.inet6().stream().filter(first -> kernelRemovesIpv6OnJoin()).findFirst();
  }

  private ImmutableList<Prefix> further6() {
    return conf.inet6().stream()
        .skip(joinsWith().isPresent() ? 1 : 0)
        .collect(ImmutableList.toImmutableList());
  }

  /** Creates the lagg with all its addresses and without a port; hn still carries the traffic. */
  private void prepareLagg() {
    ImmutableList.Builder<Action> actions = ImmutableList.builder();
    Optional<InetAddressAt> first = firstInOneCommand();
    actions.add(make(ImmutableList.of(), first));
    conf.inet().stream()
        .filter(address -> first.filter(address::equals).isEmpty())
        .forEach(address -> actions.add(Actions.addInet(lagg, address)));
    if (conf.ipv6()) {
      actions.add(Ipv6.on(s, lagg));
    }
    steps.add("prepare " + lagg, actions.build(), unprepare());
  }

  /**
   * Returns the undo of {@link #prepareLagg}. A client that is restarted on hn sets its address
   * again, and the kernel then moves the prefix to another interface with the same address. So the
   * addresses are also deleted from a lagg that cannot be destroyed.
   */
  private ImmutableList<Action> unprepare() {
    return Stream.concat(
            Stream.of(Actions.destroy(lagg)),
            conf.leased().stream().map(leased -> Actions.removeInet(lagg, leased)))
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * Creates the lagg, with as much as possible in one command, because the guest is already cut
   * off.
   */
  private void makeLaggAtOnce() {
    Optional<InetAddressAt> first = firstInOneCommand();
    ImmutableList.Builder<Action> actions = ImmutableList.builder();
    actions.add(make(ImmutableList.of(hn, vf), first));
    conf.inet().stream()
        .limit(1)
        .filter(address -> first.isEmpty())
        .forEach(address -> actions.add(Actions.addInet(lagg, address)));
    steps.add(
        "make " + lagg + " of " + hn + " and " + vf, actions.build(), leave(Optional.empty()));
  }

  private Action make(ImmutableList<InterfaceName> ports, Optional<InetAddressAt> address) {
    return Action.Run.of(
        Ifconfig.createFailoverLagg(
            lagg, conf.groups(), conf.fib(), ports, address.map(InetAddressAt::prefix), true));
  }

  /**
   * Returns the address for the single command; empty with a non-default broadcast address or
   * another FIB, which that command cannot set.
   */
  private Optional<InetAddressAt> firstInOneCommand() {
    return conf.inet().stream()
        .findFirst()
        .filter(address -> conf.fib().isEmpty() && address.broadcast().isEmpty());
  }

  private void join(ImmutableList<InterfaceName> ports) {
    String what = "put " + (ports.contains(vf) ? hn + " and " + vf : hn) + " into " + lagg;
    Optional<Prefix> with = joinsWith();
    steps.add(
        what + with.map(prefix -> ", with " + prefix).orElse(""),
        ImmutableList.of(Actions.addPorts(lagg, ports, with)),
        leave(with));
  }

  private ImmutableList<Action> leave(Optional<Prefix> with) {
    ImmutableList.Builder<Action> undo = ImmutableList.builder();
    undo.add(Actions.removePort(lagg, hn));
    undo.addAll(CarpSteps.back(s, lagg));
    // A lagg that cannot be destroyed must not keep the prefix, because the gateway is reached
    // through it.
    Stream.concat(conf.inet().stream().limit(1), SamePrefixAddresses.of(conf).stream())
        .forEach(address -> undo.add(Actions.removeInet(lagg, address.prefix())));
    // It must not keep the IPv6 address either, because hn and lagg cannot both have it.
    with.ifPresent(prefix -> undo.add(Actions.removeInet6(lagg, prefix)));
    if (!conf.vlans().isEmpty()) {
      // The VLANs leave the lagg before it is destroyed, after the guest is reachable.
      undo.addAll(
          Actions.addRoutes(
              conf.routes().stream().filter(route -> !route.isViaGateway()).toList(), hn));
      conf.defaultRoute().ifPresent(route -> undo.add(Actions.addRoute(route, hn)));
      undo.addAll(VlanSteps.back(conf.vlans(), hn));
    }
    undo.add(Actions.destroy(lagg), Actions.up(hn));
    undo.addAll(Actions.addRoutes(conf.routes(), hn));
    conf.defaultRoute().ifPresent(route -> undo.add(Actions.addRoute(route, hn)));
    conf.inet6().forEach(prefix -> undo.add(Actions.addInet6(hn, prefix)));
    undo.addAll(Actions.replaceRoutes(conf.routes6(), hn));
    return undo.build();
  }

  /** Adds the VF to the lagg before it is up, which loses no packet. */
  private void joinVf() {
    steps.add(
        "add " + vf + " to " + lagg,
        ImmutableList.of(Actions.addPort(lagg, vf)),
        ImmutableList.of(Actions.removePort(lagg, vf)));
  }

  private void bringUp() {
    steps.add(
        "bring " + vf + " up",
        ImmutableList.of(Actions.up(vf)),
        ImmutableList.of(Actions.down(vf)));
  }

  private void leaveHn(InetAddressAt address) {
    ImmutableList.Builder<Action> undo = ImmutableList.builder();
    undo.add(Actions.addInet(hn, address));
    if (conf.leased().filter(address.prefix()::equals).isPresent()) {
      // The client replaces hn's first address, so the others are added again after it.
      conf.inet().stream().skip(1).forEach(other -> undo.add(Actions.addInet(hn, other)));
    }
    steps.add(
        "take " + address.prefix() + " off " + hn,
        ImmutableList.of(Actions.removeInet(hn, address.prefix())),
        undo.build());
  }

  /**
   * Adds the default route and, before it, the route to its gateway; returns the static routes that
   * exist then.
   */
  private ImmutableList<Route> routesOfTheCut(ImmutableList<Route> waiting) {
    if (conf.defaultRoute().isEmpty()) {
      return ImmutableList.of();
    }
    ImmutableList<Route> ways =
        conf.routesToGateway().stream()
            .filter(route -> !waiting.contains(route))
            .collect(ImmutableList.toImmutableList());
    steps.add(
        "the way to the gateway through " + lagg,
        Actions.addRoutes(ways, lagg),
        ImmutableList.of());
    steps.add(
        "default route through " + lagg,
        conf.defaultRoute().stream().map(route -> Actions.addRoute(route, lagg)).toList(),
        ImmutableList.of());
    return ways;
  }

  private void addAlias(InetAddressAt address) {
    steps.add(
        "add " + address.prefix() + " to " + lagg,
        ImmutableList.of(Actions.addInet(lagg, address)),
        ImmutableList.of());
  }
}
