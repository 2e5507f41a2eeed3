package org.hnvf.plan;

import com.google.common.collect.ImmutableList;
import org.hnvf.model.Action;
import org.hnvf.model.InterfaceAddress;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;

/** The steps that concern the VF alone. */
final class VfSteps {

  private VfSteps() {}

  /** The VF goes down, if it is up: the host then brings the traffic back to hn at once. */
  static void down(Situation s, StepList steps) {
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

  /** The VF leaves the lagg, if it is in it. */
  static void takeOut(Situation s, InterfaceName lagg, StepList steps) {
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

  /** A VF carries no configuration of its own; {@code ifconfig_DEFAULT} may have given it one. */
  static void clear(Situation s, StepList steps) {
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

  /** What every undo begins with. */
  static ImmutableList<Action> firstUndo(Situation s) {
    return s.pair().vf().stream().map(Actions::down).collect(ImmutableList.toImmutableList());
  }
}
