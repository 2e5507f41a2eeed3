package org.hnvf.workflow;

import java.util.Optional;
import org.hnvf.model.Action;
import org.hnvf.model.CommandResult;
import org.hnvf.model.Pair;
import org.hnvf.model.Plan;
import org.hnvf.model.Step;

/** Is told what a workflow does, as it does it. All methods do nothing by default. */
public interface Progress {

  /** Tells nobody. */
  Progress NONE = new Progress() {};

  /** Something is begun, or waited for, that has no step of its own. */
  default void says(String text) {}

  /** A plan is about to be run; its entry stands in the journal, or could not be written. */
  default void planBegins(Plan plan) {}

  /** A step begins. */
  default void stepBegins(Step step) {}

  /** A step has ended, with what failed in it. */
  default void stepEnded(Step step, Optional<String> failure) {}

  /** A command has ended; {@code tolerated} where its failure means that it is so already. */
  default void ran(CommandResult result, boolean tolerated) {}

  /** Something other than a command was done. */
  default void did(Action action) {}

  /** A step has failed and what was done is about to be undone. */
  default void undoing(String failure) {}

  /** An expectation was looked at and is not met. */
  default void unmet(String expectation) {}

  /** An administrator's script is about to run in the place of a plan. */
  default void scriptBegins(Pair pair, String path) {}

  /** It has ended, well or not. */
  default void scriptEnded() {}

  /** The plan, and what had to be undone of it, has ended; the journal says so too. */
  default void planEnded(Outcome outcome) {}
}
