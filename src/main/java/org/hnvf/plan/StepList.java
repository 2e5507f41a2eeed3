package org.hnvf.plan;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.hnvf.model.Action;
import org.hnvf.model.Step;

/** Gathers steps; one without an action is none. */
final class StepList {

  private final ImmutableList.Builder<Step> steps = ImmutableList.builder();
  private boolean critical;
  private int size;

  /** From here on the guest cannot be reached. */
  void cutBegins() {
    critical = true;
  }

  /** From here on it can. */
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
