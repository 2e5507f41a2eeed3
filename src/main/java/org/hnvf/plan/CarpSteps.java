package org.hnvf.plan;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import org.hnvf.freebsd.Carp;
import org.hnvf.model.Action;
import org.hnvf.model.CarpGroup;
import org.hnvf.model.InterfaceName;

/**
 * Moves the virtual hosts of carp(4) (transcript 62). They are added to the lagg while it has no
 * port, where they are inactive; then they are deleted from hn, and hn becomes a port. They become
 * master again after three advertisement intervals.
 */
final class CarpSteps {

  private CarpSteps() {}

  /** Adds the virtual hosts to the lagg, which has no port yet. */
  static void prepare(PlanInput s, InterfaceName lagg, StepList steps) {
    InterfaceName hn = s.pair().hn();
    for (CarpGroup group : s.configuration().carps()) {
      steps.add(
          "give vhid " + group.vhid() + " to " + lagg,
          ImmutableList.of(new Action.CarryCarp(hn, lagg, group)),
          remove(lagg, group));
    }
  }

  /** Deletes the virtual hosts from hn before it becomes a port. */
  static void leaveHn(PlanInput s, InterfaceName lagg, StepList steps) {
    InterfaceName hn = s.pair().hn();
    for (CarpGroup group : s.configuration().carps()) {
      steps.add(
          "take vhid " + group.vhid() + " off " + hn,
          remove(hn, group),
          ImmutableList.of(new Action.CarryCarp(lagg, hn, group)));
    }
  }

  /** Adds the virtual hosts to hn, which is no longer a port, before the lagg is destroyed. */
  static ImmutableList<Action> back(PlanInput s, InterfaceName lagg) {
    return s.configuration().carps().stream()
        .map(group -> (Action) new Action.CarryCarp(lagg, s.pair().hn(), group))
        .collect(toImmutableList());
  }

  /** Adds a step for each virtual host that hn does not have. */
  static void back(PlanInput s, InterfaceName lagg, StepList steps) {
    InterfaceName hn = s.pair().hn();
    for (CarpGroup group : s.configuration().carps()) {
      boolean there =
          s.guest().find(hn).stream()
              .flatMap(now -> Carp.groups(now).stream())
              .anyMatch(g -> g.vhid() == group.vhid());
      if (!there) {
        steps.add(
            "give vhid " + group.vhid() + " to " + hn,
            ImmutableList.of(new Action.CarryCarp(lagg, hn, group)),
            remove(hn, group));
      }
    }
  }

  private static ImmutableList<Action> remove(InterfaceName name, CarpGroup group) {
    return group.prefixes().stream()
        .map(prefix -> Actions.removeInet(name, prefix))
        .collect(toImmutableList());
  }
}
