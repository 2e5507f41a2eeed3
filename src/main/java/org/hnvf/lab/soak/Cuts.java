package org.hnvf.lab.soak;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.hnvf.model.HnUnit;
import org.hnvf.model.Plan;
import org.hnvf.workflow.Outcome;

/**
 * Counts the failed tries of a VF, each of which cuts the guest off. For one cause there are two at
 * most, until something changes: an injected fault, an action of the host, the operator or another
 * program, a boot, or a try that succeeds.
 */
final class Cuts {

  /** For one cause. */
  private static final int MOST = 2;

  private static final Pattern VARIES = Pattern.compile("(?s)` exited .*|[0-9]+");

  private final Timeline timeline;
  private final Map<HnUnit, Map<String, Integer>> counted = new HashMap<>();
  private final Map<String, Integer> tooMany = new HashMap<>();

  Cuts(Timeline timeline) {
    this.timeline = timeline;
  }

  /** A workflow has ended. */
  void ended(Plan plan, Outcome outcome) {
    if (!plan.intent().moves()) {
      return;
    }
    HnUnit unit = plan.pair().unit();
    if (outcome instanceof Outcome.Done || outcome instanceof Outcome.VfTaken) {
      counted.remove(unit);
      return;
    }
    if (outcome instanceof Outcome.NotBegun || outcome instanceof Outcome.Refused) {
      return;
    }
    timeline.count("cut: a try that failed");
    String cause = VARIES.matcher(outcome.failures().get(0)).replaceAll("#");
    int cuts = counted.computeIfAbsent(unit, u -> new HashMap<>()).merge(cause, 1, Integer::sum);
    if (cuts > MOST) {
      tooMany.put("hn" + unit + " was cut off time and again for one cause: " + cause, cuts);
    }
  }

  /** Something is no longer as it was. */
  void somethingChanged() {
    counted.clear();
  }

  /** Returns the causes with too many tries. */
  Iterable<String> violated() {
    return tooMany.entrySet().stream().map(e -> e.getKey() + " (" + e.getValue() + ")").toList();
  }
}
