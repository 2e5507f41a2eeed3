package org.hnvf.plan;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import org.hnvf.freebsd.Carp;
import org.hnvf.model.Action;
import org.hnvf.model.CarpGroup;
import org.hnvf.model.InterfaceName;

/**
 * Virtual hosts of carp(4) move (transcript 62). The lagg gets them while it has no port, where
 * they do nothing; then they leave hn, and hn becomes a port. The kernel has them wait for three
 * advertisements before they are the master again.
 */
final class CarpSteps {

  private CarpSteps() {}

  /** The lagg, which has no port yet, gets them. */
  static void prepare(PlanInput s, InterfaceName lagg, StepList steps) {
    InterfaceName hn = s.pair().hn();
    for (CarpGroup group : s.configuration().carps()) {
      steps.add(
          "give vhid " + group.vhid() + " to " + lagg,
          ImmutableList.of(new Action.CarryCarp(hn, lagg, group)),
          remove(lagg, group));
    }
  }

  /** They leave hn, which is about to become a port. */
  static void leaveHn(PlanInput s, InterfaceName lagg, StepList steps) {
    InterfaceName hn = s.pair().hn();
    for (CarpGroup group : s.configuration().carps()) {
      steps.add(
          "take vhid " + group.vhid() + " off " + hn,
          remove(hn, group),
          ImmutableList.of(new Action.CarryCarp(lagg, hn, group)));
    }
  }

  /** hn, which is a port no more, has them again before the lagg is destroyed. */
  static ImmutableList<Action> back(PlanInput s, InterfaceName lagg) {
    return s.configuration().carps().stream()
        .map(group -> (Action) new Action.CarryCarp(lagg, s.pair().hn(), group))
        .collect(toImmutableList());
  }

  /** The same as steps, of those that hn does not have. */
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
