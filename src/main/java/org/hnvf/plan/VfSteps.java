package org.hnvf.plan;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.model.Action;
import org.hnvf.model.Configuration;
import org.hnvf.model.Gateway;
import org.hnvf.model.InterfaceAddress;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Route;

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
    vf.addresses().stream()
        .map(InterfaceAddress::prefix)
        .filter(prefix -> !prefix.isIpv6LinkLocal())
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

  /** Checks whether the gateways answer while hn still carries the traffic. */
  static void seeGateway(PlanInput s, StepList steps) {
    Stream.concat(gateway(s).stream(), VlanSteps.gateways(s).stream())
        .forEach(
            gateway ->
                steps.add(
                    "look for the gateway " + gateway,
                    ImmutableList.of(new Action.SeeGateway(gateway)),
                    ImmutableList.of()));
  }

  /** Checks whether traffic passes through the VF, which is up in the lagg. */
  static void awaitTraffic(PlanInput s, InterfaceName lagg, InterfaceName vf, StepList steps) {
    steps.add(
        "see that traffic passes through " + vf,
        ImmutableList.of(
            new Action.AwaitTraffic(
                s.pair().unit(),
                lagg,
                vf,
                gateway(s).map(gateway -> gateway.on(lagg)),
                VlanSteps.gateways(s))),
        ImmutableList.of());
  }

  /**
   * Returns the gateway that hnvf can probe. A gateway that is one of the pair's own addresses has
   * no neighbour entry, and a gateway of another FIB cannot be reached by ping(8), which hnvf runs
   * in FIB 0.
   */
  private static Optional<Gateway> gateway(PlanInput s) {
    Configuration conf = s.configuration();
    InterfaceName holder = s.pair().lagg().orElse(s.pair().hn());
    return Stream.concat(
            conf.defaultRoute().stream(), conf.routes6().stream().filter(Route::isDefault))
        .filter(Route::isViaGateway)
        .filter(route -> route.fib() == 0)
        .filter(
            route -> route.ipv6() || conf.routesToGateway().stream().noneMatch(Route::isViaGateway))
        .map(route -> new Gateway(route.ipv6(), route.gateway()).on(holder))
        .findFirst();
  }

  /** Returns the first actions of every rollback. */
  static ImmutableList<Action> firstUndo(PlanInput s) {
    return s.pair().vf().stream().map(Actions::down).collect(ImmutableList.toImmutableList());
  }
}
