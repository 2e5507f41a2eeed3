package org.hnvf.plan;

import com.google.common.collect.ImmutableList;
import org.hnvf.freebsd.Bridge;
import org.hnvf.model.BridgeMembership;
import org.hnvf.model.GuestState;
import org.hnvf.model.InterfaceName;

/**
 * Replaces hn by its lagg in a bridge(4), and back. hn leaves the bridge before it becomes a lagg
 * port, because a port that stays a member receives no packets, and the lagg joins after hn is its
 * port (transcript 61).
 */
final class BridgeSteps {

  private BridgeSteps() {}

  static boolean isMember(GuestState guest, BridgeMembership how, InterfaceName member) {
    return guest
        .find(how.bridge())
        .filter(bridge -> Bridge.has(bridge, member.value()))
        .isPresent();
  }

  /** Removes the interface from each of the pair's bridges of which it is a member. */
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

  /** Adds the interface to each of the pair's bridges of which it is not a member. */
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
