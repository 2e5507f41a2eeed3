package org.hnvf.workflow;

import java.time.Duration;
import java.util.Optional;
import org.hnvf.model.Action;
import org.hnvf.model.CommandResult;
import org.hnvf.model.Pair;
import org.hnvf.model.Plan;
import org.hnvf.model.Step;

/** Receives the progress of a workflow. All methods do nothing by default. */
public interface Progress {

  /** Ignores all progress. */
  Progress NONE = new Progress() {};

  /** An operation without a step of its own has started, or hnvf waits for it. */
  default void says(String text) {}

  /** hnvf waits for the end of a delay, so long still; called each second, and with zero last. */
  default void waits(Duration left) {}

  /** A plan is about to run; its journal entry has been written, or could not be written. */
  default void planBegins(Plan plan) {}

  /** A step starts. */
  default void stepBegins(Step step) {}

  /** A step has ended, with its failure, if any. */
  default void stepEnded(Step step, Optional<String> failure) {}

  /**
   * A command has ended; {@code tolerated} if its failure means that the guest is already in the
   * wanted state.
   */
  default void ran(CommandResult result, boolean tolerated) {}

  /** An action other than a command has ended. */
  default void did(Action action) {}

  /** A step has failed and the rollback is about to start. */
  default void undoing(String failure) {}

  /** An expectation was checked and is not met. */
  default void unmet(String expectation) {}

  /** An override script is about to run instead of a plan. */
  default void scriptBegins(Pair pair, String path) {}

  /** The override script has ended, successfully or not. */
  default void scriptEnded() {}

  /** The plan and its rollback, if any, have ended; the journal records it. */
  default void planEnded(Outcome outcome) {}
}
