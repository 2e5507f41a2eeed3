package org.hnvf.plan;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
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

/**
 * The first bring-up: there is no lagg, hn holds the configuration, the VF is there.
 *
 * <p>What does not touch the traffic comes first: hn is kept from making itself a wrong link-local
 * address, and its dhclient, which would act when its address goes, is ended. Then the cut: VF up
 * (unless it is), the lagg with both ports and the first address in one command, the address off
 * hn, the default route. Then, reachable again, the other addresses and routes. What may take
 * seconds comes after the look whether traffic passes: dhclient, and asking for a router.
 */
final class BondPlan {

  private final Situation s;
  private final Configuration conf;
  private final InterfaceName hn;
  private final InterfaceName vf;
  private final InterfaceName lagg;
  private final StepList steps = new StepList();

  BondPlan(Situation situation) {
    this.s = situation;
    this.conf = situation.configuration();
    this.hn = situation.pair().hn();
    this.vf = situation.pair().vf().orElseThrow();
    this.lagg = Planner.freeLagg(situation.guest(), situation.pair(), situation.rc());
  }

  Plan build() {
    if (s.isUp(vf)) {
      steps.cutBegins();
    } else {
      VfSteps.seeGateway(s, steps);
    }
    Dhcp.stop(s, hn, steps);
    VfSteps.clear(s, steps);
    if (conf.ipv6()) {
      keepLinkLocalOff();
    }
    steps.cutBegins();
    if (!s.isUp(vf)) {
      steps.add(
          "bring " + vf + " up",
          ImmutableList.of(Actions.up(vf)),
          ImmutableList.of(Actions.down(vf)));
    }
    makeLagg();
    conf.inet().stream().limit(1).forEach(this::leaveHn);
    if (conf.defaultRoute().isPresent()) {
      // The way to the gateway may be such a route itself.
      steps.add(
          "routes without a gateway through " + lagg,
          Actions.addRoutes(
              conf.routes().stream().filter(route -> !route.isViaGateway()).toList(), lagg),
          ImmutableList.of());
    }
    defaultRoute();
    steps.cutIsOver();
    conf.inet().stream()
        .skip(1)
        .forEach(
            address -> {
              steps.add(
                  "add " + address.prefix() + " to " + lagg,
                  ImmutableList.of(Actions.addInet(lagg, address)),
                  ImmutableList.of());
              leaveHn(address);
            });
    steps.add(
        "static routes through " + lagg,
        Actions.addRoutes(conf.routes(), lagg),
        ImmutableList.of());
    Ipv6.onto(s, lagg, steps);
    conf.description()
        .ifPresent(
            text ->
                steps.add(
                    "description of " + lagg,
                    ImmutableList.of(Action.Run.of(Ifconfig.description(lagg, text))),
                    ImmutableList.of()));
    VfSteps.awaitTraffic(s, lagg, vf, steps);
    Ipv6.afterwards(s, lagg, steps);
    if (conf.dhcp()) {
      Dhcp.start(s, hn, lagg, steps);
    }
    return new Plan(
        new Pair(s.pair().unit(), hn, Optional.of(vf), Optional.of(lagg)),
        Intent.BOND,
        steps.build(),
        steps.size(),
        VfSteps.firstUndo(s),
        ImmutableList.<Expectation>builder()
            .addAll(Holding.expectations(s, lagg))
            .add(new Expectation.HasNoAddress(hn))
            .add(new Expectation.HasNoAddress(vf))
            .add(new Expectation.HasNoDhcpClient(hn))
            .add(new Expectation.HasCarrier(vf))
            .add(new Expectation.ActivePort(lagg, vf))
            .build(),
        ImmutableList.<Expectation>builder()
            .addAll(Holding.expectations(s, hn))
            .add(new Expectation.IsDown(vf))
            .add(new Expectation.IsGone(lagg))
            .build(),
        conf.notes());
  }

  /**
   * The kernel takes hn's IPv6 addresses when it joins, and then makes it a link-local one of
   * another interface's MAC, unless it is told not to.
   */
  private void keepLinkLocalOff() {
    NetInterface now = s.guest().find(hn).orElseThrow();
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

  private void makeLagg() {
    Optional<InetAddressAt> first = conf.inet().stream().findFirst();
    // An odd broadcast address, or another FIB, has no place in the one command that does it all.
    boolean together = conf.fib().isEmpty() && first.flatMap(InetAddressAt::broadcast).isEmpty();
    ImmutableList.Builder<Action> actions = ImmutableList.builder();
    actions.add(
        Action.Run.of(
            Ifconfig.createFailoverLagg(
                lagg,
                ImmutableList.of(hn, vf),
                first.filter(address -> together).map(InetAddressAt::prefix),
                true)));
    conf.fib().ifPresent(fib -> actions.add(Action.Run.of(Ifconfig.fib(lagg, fib))));
    first
        .filter(address -> !together)
        .ifPresent(address -> actions.add(Actions.addInet(lagg, address)));
    ImmutableList.Builder<Action> undo = ImmutableList.builder();
    undo.add(Actions.removePort(lagg, hn), Actions.destroy(lagg), Actions.up(hn));
    undo.addAll(Actions.addRoutes(conf.routes(), hn));
    conf.defaultRoute().ifPresent(route -> undo.add(Actions.addRoute(route, hn)));
    conf.inet6().forEach(prefix -> undo.add(Actions.addInet6(hn, prefix)));
    undo.addAll(Actions.replaceRoutes(conf.routes6(), hn));
    steps.add("make " + lagg + " of " + hn + " and " + vf, actions.build(), undo.build());
  }

  private void leaveHn(InetAddressAt address) {
    steps.add(
        "take " + address.prefix() + " off " + hn,
        ImmutableList.of(Actions.removeInet(hn, address.prefix())),
        ImmutableList.of(Actions.addInet(hn, address)));
  }

  private void defaultRoute() {
    conf.defaultRoute()
        .ifPresent(
            route ->
                steps.add(
                    "default route through " + lagg,
                    ImmutableList.of(Actions.addRoute(route, lagg)),
                    ImmutableList.of()));
  }
}
