package org.hnvf.plan;

import com.google.common.collect.ImmutableList;
import java.util.stream.Stream;
import org.hnvf.model.Action;
import org.hnvf.model.Configuration;
import org.hnvf.model.Firewalls;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.ProbeTarget;
import org.hnvf.model.Step;
import org.hnvf.state.Gateways;

/** The steps that concern the VF alone. */
final class VfSteps {

  private VfSteps() {}

  /** Takes the VF down if it is up; the host then switches the traffic back to hn at once. */
  static void down(PlanInput s, StepList steps) {
    s.pair()
        .vf()
        .filter(s::isUp)
        .ifPresent(
            vf ->
                steps.add(
                    "bring " + vf + " down",
                    ImmutableList.of(Actions.down(vf)),
                    ImmutableList.of()));
  }

  /**
   * Takes the VF down and removes it from the lagg. A VF that cannot be taken down stays in the
   * lagg, because outside the lagg its traffic would be lost.
   */
  static void downAndOut(PlanInput s, InterfaceName lagg, StepList steps) {
    s.pair()
        .vf()
        .ifPresent(
            vf -> {
              boolean port = s.guest().find(lagg).flatMap(l -> l.port(vf)).isPresent();
              ImmutableList.Builder<Action> actions = ImmutableList.builder();
              if (s.isUp(vf)) {
                actions.add(Actions.down(vf));
              }
              if (port) {
                actions.add(Actions.removePort(lagg, vf));
              }
              steps.add(
                  "bring " + vf + " down" + (port ? " and take it out of " + lagg : ""),
                  actions.build(),
                  ImmutableList.of());
            });
  }

  /** Removes the VF from the lagg if it is a port. */
  static void takeOut(PlanInput s, InterfaceName lagg, StepList steps) {
    s.pair()
        .vf()
        .filter(vf -> s.guest().find(lagg).flatMap(l -> l.port(vf)).isPresent())
        .ifPresent(
            vf ->
                steps.add(
                    "take " + vf + " out of " + lagg,
                    ImmutableList.of(Actions.removePort(lagg, vf)),
                    ImmutableList.of()));
  }

  /**
   * Sets the MTU of the VF, which is still down, to that of the other port. The current lagg(4)
   * sets its own MTU on a joining port, older versions refuse a port with another MTU (transcript
   * 03; lagg_port_create of sys/net/if_lagg.c); a VF that does not support the MTU must fail before
   * anything is moved.
   */
  static void sameMtu(PlanInput s, InterfaceName vf, NetInterface as, StepList steps) {
    s.guest()
        .find(vf)
        .filter(now -> now.mtu() != as.mtu())
        .ifPresent(
            now ->
                steps.add(
                    "MTU of " + vf + " as that of " + as.name(),
                    ImmutableList.of(Actions.demandMtu(vf, as.mtu(), new InterfaceName(as.name()))),
                    ImmutableList.of(Actions.mtuAsBefore(vf, now.mtu()))));
  }

  /** A VF carries no configuration of its own; {@code ifconfig_DEFAULT} may have given it one. */
  static void clear(PlanInput s, StepList steps) {
    s.pair().vf().ifPresent(vf -> Dhcp.stopStray(s, vf, steps));
    s.pair()
        .vf()
        .flatMap(s.guest()::find)
        .ifPresent(vf -> clear(new InterfaceName(vf.name()), vf, steps));
  }

  private static void clear(InterfaceName name, NetInterface vf, StepList steps) {
    vf.prefixesBeyondLink()
        .forEach(
            prefix ->
                steps.add(
                    "take " + prefix + " off " + name,
                    ImmutableList.of(
                        prefix.isIpv6()
                            ? Actions.removeInet6(name, prefix)
                            : Actions.removeInet(name, prefix)),
                    ImmutableList.of()));
  }

  /**
   * Checks whether the gateways answer while hn still carries the traffic. Without a gateway, it
   * looks for neighbours that answer.
   */
  static void seeGateway(PlanInput s, StepList steps) {
    boolean filtered = !s.guest().firewalls().equals(Firewalls.NONE);
    ImmutableList<ProbeTarget> gateways = gateways(s);
    Stream.concat(gateways.stream(), VlanSteps.gateways(s).stream())
        .forEach(
            gateway ->
                steps.add(
                    "look for the gateway " + gateway,
                    ImmutableList.of(new Action.SeeGateway(gateway, filtered)),
                    ImmutableList.of()));
    if (gateways.isEmpty() && hasNeighbours(s)) {
      InterfaceName holder = holder(s);
      steps.add(
          "look for neighbours of " + holder + " that answer",
          ImmutableList.of(new Action.SeeNeighbours(holder)),
          ImmutableList.of());
    }
  }

  /**
   * Checks whether traffic passes through the VF, which is up in the lagg.
   *
   * @param looked whether the plan has looked for gateways and neighbours before the VF came up
   */
  static void awaitTraffic(
      PlanInput s, InterfaceName lagg, InterfaceName vf, boolean looked, StepList steps) {
    ImmutableList<ProbeTarget> gateways = gateways(s);
    steps.add(
        "see that traffic passes through " + vf,
        ImmutableList.of(
            new Action.AwaitTraffic(
                s.pair().unit(),
                lagg,
                vf,
                gateways.stream()
                    .map(gateway -> gateway.on(lagg))
                    .collect(ImmutableList.toImmutableList()),
                looked && gateways.isEmpty() && hasNeighbours(s),
                VlanSteps.gateways(s))),
        ImmutableList.of());
  }

  private static InterfaceName holder(PlanInput s) {
    return s.pair().lagg().orElse(s.pair().hn());
  }

  /** Returns whether the pair has addresses in FIB 0, in which hnvf runs ping(8). */
  private static boolean hasNeighbours(PlanInput s) {
    Configuration conf = s.configuration();
    return conf.routingFib() == 0 && (!conf.inet().isEmpty() || conf.ipv6());
  }

  /**
   * Returns the gateways that hnvf can ask. The default route of router advertisements is in the
   * snapshot only, because the kernel adds it again by itself.
   */
  private static ImmutableList<ProbeTarget> gateways(PlanInput s) {
    Configuration conf = s.configuration();
    if (conf.routingFib() != 0) {
      return ImmutableList.of();
    }
    return Gateways.of(
        Stream.of(
                conf.inetRoutes().stream(),
                conf.routes6().stream(),
                Stream.of(s.pair().hn(), holder(s))
                    .flatMap(s.guest()::routesOn)
                    .filter(route -> route.ipv6() && route.isDefault() && !route.isStatic()))
            .flatMap(some -> some)
            .collect(ImmutableList.toImmutableList()),
        Stream.of(
                conf.inet().stream().map(at -> at.prefix()),
                conf.inet6().stream(),
                s.guest().find(holder(s)).stream().flatMap(NetInterface::prefixes))
            .flatMap(some -> some)
            .collect(ImmutableList.toImmutableList()),
        holder(s));
  }

  /** Returns the notes of a plan, with one more if its traffic check can ask no host. */
  static ImmutableList<String> notes(ImmutableList<String> others, ImmutableList<Step> steps) {
    return Stream.concat(
            others.stream(),
            steps.stream()
                .flatMap(step -> step.actions().stream())
                .filter(Action.AwaitTraffic.class::isInstance)
                .map(Action.AwaitTraffic.class::cast)
                .filter(Action.AwaitTraffic::asksNoHost)
                .map(await -> Action.AwaitTraffic.noHostToAsk(await.vf())))
        .distinct()
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns the first actions of every rollback. */
  static ImmutableList<Action> firstUndo(PlanInput s) {
    return s.pair().vf().stream().map(Actions::down).collect(ImmutableList.toImmutableList());
  }
}
