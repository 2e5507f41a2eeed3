package org.hnvf.model;

import com.google.common.collect.ImmutableList;

/**
 * The steps that bring a pair to the target of an intent. {@code hnvf plan} prints the object that
 * {@code hnvf vf-up} runs.
 *
 * @param pair the pair, including the lagg that the plan creates
 * @param intent the target
 * @param steps the steps, in order
 * @param pointOfNoReturn the index of the first step that is never rolled back: if this step or a
 *     later one fails, the engine still runs the remaining steps, because they make the guest
 *     reachable
 * @param firstUndo the actions that the rollback runs first: they take the VF down, which restores
 *     the traffic over hn
 * @param expectations the conditions to meet after all steps
 * @param fallback the conditions to meet after a rollback
 * @param notes the information for the administrator: the moved configuration that rc.conf does not
 *     have
 */
public record Plan(
    Pair pair,
    Intent intent,
    ImmutableList<Step> steps,
    int pointOfNoReturn,
    ImmutableList<Action> firstUndo,
    ImmutableList<Expectation> expectations,
    ImmutableList<Expectation> fallback,
    ImmutableList<String> notes) {

  /** Whether there is nothing to do. */
  public boolean isEmpty() {
    return steps.isEmpty();
  }
}
