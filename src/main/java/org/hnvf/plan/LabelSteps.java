package org.hnvf.plan;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.hnvf.freebsd.Ifconfig;
import org.hnvf.model.Action;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;

/**
 * Moves the description and the groups of an interface. A firewall rule may name a group, so the
 * interface that receives the traffic joins the group before the move, and the other one leaves it
 * afterwards (transcripts 67 and 73).
 */
final class LabelSteps {

  private LabelSteps() {}

  /** Sets the description of the interface, if the pair has one. */
  static void describe(Optional<String> description, InterfaceName name, StepList steps) {
    description.ifPresent(
        text ->
            steps.add(
                "description of " + name,
                ImmutableList.of(Action.Run.of(Ifconfig.description(name, text))),
                ImmutableList.of()));
  }

  /** Adds the interface to those of the pair's groups in which it is not a member. */
  static void join(PlanInput s, InterfaceName name, StepList steps) {
    groups(s, name, false)
        .forEach(
            group ->
                steps.add(
                    "put " + name + " into the group " + group,
                    ImmutableList.of(Actions.group(name, group)),
                    ImmutableList.of(Actions.ungroup(name, group))));
  }

  /** Removes the interface from the pair's groups. */
  static void leave(PlanInput s, InterfaceName name, StepList steps) {
    groups(s, name, true)
        .forEach(
            group ->
                steps.add(
                    "take " + name + " out of the group " + group,
                    ImmutableList.of(Actions.ungroup(name, group)),
                    ImmutableList.of(Actions.group(name, group))));
  }

  private static ImmutableList<String> groups(PlanInput s, InterfaceName name, boolean in) {
    ImmutableList<String> now =
        s.guest().find(name).map(NetInterface::groups).orElse(ImmutableList.of());
    return s.configuration().groups().stream()
        .filter(group -> now.contains(group) == in)
        .collect(ImmutableList.toImmutableList());
  }
}
