package org.hnvf.plan;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.hnvf.freebsd.Ifconfig;
import org.hnvf.model.Action;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;

/**
 * What an administrator wrote on an interface moves with the rest: its description, and the groups
 * that it is in. A rule of a firewall may name a group, so whichever of hn and lagg gets the
 * traffic is in it before, and the other one leaves it after (transcripts 67 and 73).
 */
final class LabelSteps {

  private LabelSteps() {}

  /** Gives the interface its description, where there is one to give. */
  static void describe(Optional<String> description, InterfaceName name, StepList steps) {
    description.ifPresent(
        text ->
            steps.add(
                "description of " + name,
                ImmutableList.of(Action.Run.of(Ifconfig.description(name, text))),
                ImmutableList.of()));
  }

  /** Puts the interface into those of the pair's groups that it is not in. */
  static void join(PlanInput s, InterfaceName name, StepList steps) {
    groups(s, name, false)
        .forEach(
            group ->
                steps.add(
                    "put " + name + " into the group " + group,
                    ImmutableList.of(Actions.group(name, group)),
                    ImmutableList.of(Actions.ungroup(name, group))));
  }

  /** Takes the interface out of those of the pair's groups that it is in. */
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
