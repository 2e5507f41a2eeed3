package org.hnvf.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import java.util.Optional;
import org.hnvf.freebsd.Ifconfig;
import org.hnvf.model.Action;
import org.hnvf.model.Configuration;
import org.hnvf.model.Configuration.InetAddressAt;
import org.hnvf.model.DhcpClient;
import org.hnvf.model.Expectation;
import org.hnvf.model.Intent;
import org.hnvf.model.InterfaceAddress;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.LaggPort;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Plan;
import org.hnvf.model.Prefix;
import org.hnvf.model.Route;
import org.hnvf.model.Step;

/**
 * The plan for an existing lagg: the VF joins or leaves it, and stray configuration on a port is
 * deleted.
 *
 * <p>A VF joins before it is up, which loses no packet. lagg(4) sets the MAC address of every later
 * port, which stops and restarts a driver that is up.
 */
final class StandingLaggPlan {

  private final PlanInput s;
  private final Intent intent;
  private final InterfaceName hn;
  private final InterfaceName lagg;
  private final NetInterface laggNow;
  private final StepList steps = new StepList();
  private boolean looked;

  StandingLaggPlan(PlanInput situation, Intent intent) {
    this.s = situation;
    this.intent = intent;
    this.hn = situation.pair().hn();
    this.lagg = situation.pair().lagg().orElseThrow();
    this.laggNow = situation.guest().find(lagg).orElseThrow();
  }

  Plan build() {
    if (intent == Intent.HOLD_VF_DOWN) {
      VfSteps.downAndOut(s, lagg, steps);
    } else if (s.pair().vf().flatMap(laggNow::port).isEmpty()) {
      // A VF that is up outside the lagg cuts the guest off, and the next steps may wait for an
      // answer.
      VfSteps.down(s, steps);
    }
    if (!s.isUp(hn)) {
      steps.add("bring " + hn + " up", ImmutableList.of(Actions.up(hn)), ImmutableList.of());
    }
    if (!laggNow.isUp()) {
      steps.add("bring " + lagg + " up", ImmutableList.of(Actions.up(lagg)), ImmutableList.of());
    }
    if (!s.usersOwnLagg()) {
      repair();
    }
    if (intent == Intent.USE_LAGG) {
      s.pair().vf().ifPresent(this::join);
    }
    ImmutableList<Expectation> overHn = expectations(Intent.HOLD_VF_DOWN);
    ImmutableList<Step> all = steps.build();
    return new Plan(
        s.pair(),
        intent,
        all,
        intent == Intent.USE_LAGG ? steps.size() : 0,
        intent == Intent.TIDY ? ImmutableList.of() : VfSteps.firstUndo(s),
        expectations(intent),
        overHn,
        VfSteps.notes(s.usersOwnLagg() ? ImmutableList.of() : s.configuration().notes(), all));
  }

  /** Returns the expectations for the target of this intent. */
  private ImmutableList<Expectation> expectations(Intent goal) {
    ImmutableList.Builder<Expectation> all = ImmutableList.builder();
    if (!s.usersOwnLagg()) {
      all.addAll(Expectations.of(s, lagg))
          .add(new Expectation.HasNoAddress(hn))
          .add(new Expectation.HasNoDhcpClient(hn));
    }
    if (goal == Intent.HOLD_VF_DOWN) {
      if (!hasCompany()) {
        all.add(new Expectation.ActivePort(lagg, hn));
      }
      s.pair().vf().ifPresent(vf -> all.add(new Expectation.IsDown(vf)));
    } else if (goal == Intent.USE_LAGG) {
      s.pair()
          .vf()
          .ifPresent(
              vf ->
                  all.add(new Expectation.HasCarrier(vf))
                      .add(new Expectation.ActivePort(lagg, vf)));
    }
    return all.build();
  }

  /** Returns whether the lagg has other ports, any of which may be the active one. */
  private boolean hasCompany() {
    return laggNow.ports().stream()
        .map(LaggPort::name)
        .anyMatch(
            port ->
                !port.equals(hn.value())
                    && s.pair().vf().filter(vf -> vf.value().equals(port)).isEmpty());
  }

  private void join(InterfaceName vf) {
    boolean port = laggNow.port(vf).isPresent();
    if (s.unproven() && isPortAndUp(vf)) {
      seeThatTrafficPasses();
    }
    if (!port) {
      VfSteps.sameMtu(s, vf, laggNow, steps);
      steps.add(
          "add " + vf + " to " + lagg,
          ImmutableList.of(Actions.addPort(lagg, vf)),
          ImmutableList.of(Actions.removePort(lagg, vf)));
    }
    if (!port || !s.isUp(vf)) {
      VfSteps.seeGateway(s, steps);
      steps.add(
          "bring " + vf + " up",
          ImmutableList.of(Actions.up(vf)),
          ImmutableList.of(Actions.down(vf)));
      VfSteps.awaitTraffic(s, lagg, vf, true, steps);
    }
  }

  private boolean isPortAndUp(InterfaceName vf) {
    return laggNow.port(vf).isPresent() && s.isUp(vf);
  }

  /**
   * Adds the traffic check before any step that waits for an answer from the network: if the VF
   * passes no packets, such a step waits in vain and the guest stays cut off.
   */
  private void seeThatTrafficPasses() {
    s.pair()
        .vf()
        .filter(vf -> intent == Intent.USE_LAGG && !looked && isPortAndUp(vf))
        .ifPresent(
            vf -> {
              looked = true;
              VfSteps.awaitTraffic(s, lagg, vf, false, steps);
            });
  }

  /** Adds the steps for configuration that is missing on the lagg or is on a port. */
  private void repair() {
    Configuration conf = s.configuration();
    LabelSteps.join(s, lagg, steps);
    Dhcp.stopStray(s, hn, steps);
    VfSteps.clear(s, steps);
    NetInterface hnNow = s.guest().find(hn).orElseThrow();
    BridgeSteps.leave(s, hn, steps);
    BridgeSteps.join(s, lagg, steps);
    boolean moved = false;
    for (InetAddressAt address : conf.inet()) {
      moved |= move(hnNow, address);
    }
    OldLease.takeOff(s, lagg, steps);
    for (Prefix stray : strays(hnNow)) {
      steps.add(
          "take " + stray + " off " + hn,
          ImmutableList.of(Actions.removeInet(hn, stray)),
          ImmutableList.of());
    }
    boolean routes = moved || Expectations.lacksRoutes(s, lagg);
    if (routes) {
      steps.add(
          "the way to the gateway through " + lagg,
          lead(conf.routesToGateway()),
          ImmutableList.of());
    }
    Optional<Route> routeToMove = conf.defaultRoute().filter(this::isLostOrOnPort);
    routeToMove.ifPresent(
        route ->
            steps.add(
                "default route through " + lagg,
                ImmutableList.of(Actions.deleteRoute(route), Actions.addRoute(route, lagg)),
                ImmutableList.of()));
    if (routes) {
      steps.add("static routes through " + lagg, lead(conf.routes()), ImmutableList.of());
    }
    VlanSteps.onto(lagg, VlanSteps.notOn(s, lagg), steps);
    if (Ipv6.isMissing(s, laggNow)) {
      restoreIpv6(hnNow);
    }
    labels(conf);
    ImmutableList<DhcpClient> clients = s.guest().dhcpClientsOn(lagg);
    ImmutableSet<String> resolvers = s.guest().resolvers();
    boolean stale = resolvers.contains(hn.value()) && resolvers.contains(lagg.value());
    if (stale && !clients.isEmpty()) {
      steps.add(
          "forget the name servers of " + hn,
          ImmutableList.of(Actions.forgetResolver(hn, lagg)),
          ImmutableList.of());
    }
    // dhclient-script(8) updates resolvconf(8) only if its interface has the default route.
    boolean unheard =
        routeToMove.isPresent()
            && resolvers.contains(hn.value())
            && !resolvers.contains(lagg.value());
    if (conf.dhcp() && (clients.isEmpty() || unheard)) {
      seeThatTrafficPasses();
      Dhcp.stopStray(s, lagg, steps);
      Dhcp.start(s, hn, lagg, steps);
    } else if (clients.size() > 1) {
      steps.add(
          "stop all but one dhclient on " + lagg,
          ImmutableList.copyOf(Iterables.transform(Iterables.skip(clients, 1), Actions::terminate)),
          ImmutableList.of());
    }
  }

  /** Moves the routes to the lagg; routes that were added through the port are deleted first. */
  private ImmutableList<Action> lead(ImmutableList<Route> routes) {
    ImmutableList.Builder<Action> actions = ImmutableList.builder();
    for (Route route : routes) {
      s.guest()
          .routesOn(hn)
          .filter(route::hasSameDestination)
          .findFirst()
          .ifPresent(stray -> actions.add(Actions.deleteRoute(stray)));
      actions.add(Actions.addRoute(route, lagg));
    }
    return actions.build();
  }

  /** The FIB, the groups and the description, if an interrupted bring-up did not set them. */
  private void labels(Configuration conf) {
    conf.fib()
        .filter(fib -> laggNow.fib().isEmpty())
        .ifPresent(
            fib ->
                steps.add(
                    "FIB of " + lagg,
                    ImmutableList.of(Action.Run.of(Ifconfig.fib(lagg, fib))),
                    ImmutableList.of()));
    LabelSteps.leave(s, hn, steps);
    LabelSteps.describe(
        conf.description().filter(text -> laggNow.description().isEmpty()), lagg, steps);
  }

  /** Returns the addresses on a port that are not the pair's, such as that of a stray client. */
  private ImmutableList<Prefix> strays(NetInterface hnNow) {
    return hnNow
        .inet()
        .filter(v4 -> !v4.others().contains("vhid"))
        .map(InterfaceAddress.V4::prefix)
        .filter(p -> s.configuration().inet().stream().noneMatch(a -> a.prefix().equals(p)))
        .collect(ImmutableList.toImmutableList());
  }

  private boolean move(NetInterface hnNow, InetAddressAt address) {
    Prefix prefix = address.prefix();
    boolean onLagg = laggNow.inet().anyMatch(v4 -> v4.prefix().equals(prefix));
    boolean onHn = hnNow.inet().anyMatch(v4 -> v4.prefix().equals(prefix));
    if (!onLagg) {
      steps.add(
          "add " + prefix + " to " + lagg,
          ImmutableList.of(Actions.addInet(lagg, address)),
          ImmutableList.of());
    }
    if (onHn) {
      steps.add(
          "take " + prefix + " off " + hn,
          ImmutableList.of(Actions.removeInet(hn, prefix)),
          ImmutableList.of());
    }
    return onHn || !onLagg;
  }

  private void restoreIpv6(NetInterface hnNow) {
    hnNow
        .inet6()
        .filter(v6 -> !v6.prefix().isIpv6LinkLocal())
        .forEach(
            v6 ->
                steps.add(
                    "take " + v6.prefix() + " off " + hn,
                    ImmutableList.of(Actions.removeInet6(hn, v6.prefix())),
                    ImmutableList.of()));
    Ipv6.onto(s, lagg, Ipv6.missing(s.configuration(), laggNow), steps);
    if (s.configuration().acceptRtadv()) {
      seeThatTrafficPasses();
    }
    Ipv6.afterwards(s, lagg, steps);
  }

  /**
   * Returns whether a route of the pair is missing or goes through a port; a route through another
   * interface is not the pair's.
   */
  private boolean isLostOrOnPort(Route route) {
    Optional<String> standing =
        s.guest().routes().stream().filter(route::hasSameDestination).map(Route::netif).findFirst();
    return standing.map(n -> n.equals(route.netif()) && !n.equals(lagg.value())).orElse(true);
  }
}
