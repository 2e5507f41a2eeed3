package org.hnvf.plan;

import com.google.common.collect.ImmutableList;
import org.hnvf.freebsd.Bridge;
import org.hnvf.model.BridgeMembership;
import org.hnvf.model.GuestState;
import org.hnvf.model.InterfaceName;

/**
 * hn and its lagg change places in a bridge(4). hn leaves it before it becomes a port, since a port
 * stays a member that hears nothing, and the lagg joins when it has hn (transcript 61).
 */
final class BridgeSteps {

  private BridgeSteps() {}

  static boolean isMember(GuestState guest, BridgeMembership how, InterfaceName member) {
    return guest
        .find(how.bridge())
        .filter(bridge -> Bridge.has(bridge, member.value()))
        .isPresent();
  }

  /** The interface leaves each bridge that it is in. */
  static void leave(PlanInput s, InterfaceName member, StepList steps) {
    s.configuration().bridges().stream()
        .filter(how -> isMember(s.guest(), how, member))
        .forEach(
            how ->
                steps.add(
                    "take " + member + " out of " + how.bridge(),
                    ImmutableList.of(Actions.leaveBridge(how, member)),
                    ImmutableList.of(Actions.joinBridge(how, member))));
  }

  /** The interface joins each bridge that it is not in. */
  static void join(PlanInput s, InterfaceName member, StepList steps) {
    s.configuration().bridges().stream()
        .filter(how -> !isMember(s.guest(), how, member))
        .forEach(
            how ->
                steps.add(
                    "make " + member + " a member of " + how.bridge(),
                    ImmutableList.of(Actions.joinBridge(how, member)),
                    ImmutableList.of(Actions.leaveBridge(how, member))));
  }
}
