package org.hnvf.workflow;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hnvf.model.Action;
import org.hnvf.model.Expectation;
import org.hnvf.model.Step;

/** Runs steps and rollbacks, and checks the guest after them. */
final class StepRunner {

  private final ActionRunner actor;
  private final Verifier verifier;
  private final Progress progress;

  StepRunner(ActionRunner actor, Verifier verifier, Progress progress) {
    this.actor = actor;
    this.verifier = verifier;
    this.progress = progress;
  }

  /** Creates the traffic check of one run of a plan. */
  TrafficCheck trafficCheck() {
    return actor.trafficCheck();
  }

  /** Runs the step up to its first action that fails, unless the failure is incidental. */
  Optional<ActionRunner.Failure> run(Step step, TrafficCheck traffic) {
    progress.stepBegins(step);
    Optional<ActionRunner.Failure> failure = firstFailure(step.actions(), traffic);
    progress.stepEnded(step, failure.map(ActionRunner.Failure::text));
    return failure.map(what -> what.in(step.name()));
  }

  private Optional<ActionRunner.Failure> firstFailure(
      Collection<Action> actions, TrafficCheck traffic) {
    Optional<ActionRunner.Failure> incidental = Optional.empty();
    for (Action action : actions) {
      Optional<ActionRunner.Failure> failure = actor.perform(action, traffic);
      if (failure.isPresent() && failure.get().kind() != ActionRunner.Failure.Kind.INCIDENTAL) {
        return failure;
      }
      incidental = incidental.isPresent() ? incidental : failure;
    }
    return incidental;
  }

  /** Runs all steps, also after one that fails. */
  void runAllDespiteFailures(Collection<Step> steps, List<String> failures) {
    TrafficCheck traffic = trafficCheck();
    for (Step step : steps) {
      run(step, traffic).map(ActionRunner.Failure::text).ifPresent(failures::add);
    }
  }

  /** Runs every action of a rollback, even after one of them has failed. */
  void undo(Collection<Action> actions, List<String> failures) {
    for (Action action : actions) {
      actor
          .perform(action, trafficCheck())
          .map(failure -> failure.in("undo").text())
          .ifPresent(failures::add);
    }
  }

  /** Checks the guest. Adds the reason to the failures if the guest cannot be read. */
  Verifier.Verdict verify(Collection<Expectation> expectations, List<String> failures) {
    Verifier.Verdict verdict = verifier.await(expectations);
    verdict.problem().ifPresent(failures::add);
    return verdict;
  }

  /** Returns the texts of the expectations. */
  static ImmutableList<String> texts(Collection<Expectation> expectations) {
    return ImmutableList.copyOf(Iterables.transform(expectations, Expectation::text));
  }
}
