package org.hnvf.plan;

import com.google.common.collect.ImmutableList;
import org.hnvf.freebsd.Bridge;
import org.hnvf.model.Action;
import org.hnvf.model.BridgeMembership;
import org.hnvf.model.GuestState;
import org.hnvf.model.InterfaceName;

/**
 * hn and its lagg change places in a bridge(4). hn leaves it before it becomes a port, since a port
 * stays a member that hears nothing, and the lagg joins when it has hn (transcript 61).
 */
final class BridgeSteps {

  private static final String NO_SUCH_MEMBER = "No such file or directory";
  private static final String IS_ONE = "File exists";
  private static final String NO_SUCH_INTERFACE = "does not exist";

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
                    ImmutableList.of(leave(how, member)),
                    ImmutableList.of(join(how, member))));
  }

  /** The interface joins each bridge that it is not in. */
  static void join(PlanInput s, InterfaceName member, StepList steps) {
    s.configuration().bridges().stream()
        .filter(how -> !isMember(s.guest(), how, member))
        .forEach(
            how ->
                steps.add(
                    "make " + member + " a member of " + how.bridge(),
                    ImmutableList.of(join(how, member)),
                    ImmutableList.of(leave(how, member))));
  }

  private static Action join(BridgeMembership how, InterfaceName member) {
    return Action.Run.tolerating(Bridge.join(how, member), IS_ONE);
  }

  private static Action leave(BridgeMembership how, InterfaceName member) {
    return Action.Run.tolerating(
        Bridge.leave(how.bridge(), member), NO_SUCH_MEMBER, NO_SUCH_INTERFACE);
  }
}
