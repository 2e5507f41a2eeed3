package org.hnvf.plan;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.hnvf.model.Action;
import org.hnvf.model.Step;

/** Collects steps and drops steps without an action. */
final class StepList {

  private final ImmutableList.Builder<Step> steps = ImmutableList.builder();
  private boolean critical;
  private int size;

  /** Starts the critical section, in which the guest is unreachable. */
  void cutBegins() {
    critical = true;
  }

  /** Ends the critical section. */
  void cutIsOver() {
    critical = false;
  }

  void add(String name, List<? extends Action> actions, List<? extends Action> undo) {
    if (!actions.isEmpty()) {
      steps.add(
          new Step(name, ImmutableList.copyOf(actions), ImmutableList.copyOf(undo), critical));
      size++;
    }
  }

  int size() {
    return size;
  }

  ImmutableList<Step> build() {
    return steps.build();
  }
}
