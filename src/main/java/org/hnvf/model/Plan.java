package org.hnvf.model;

import com.google.common.collect.ImmutableList;

/**
 * What hnvf would do to bring a pair where an intent wants it. {@code hnvf plan} prints the object
 * that {@code hnvf vf-up} runs.
 *
 * @param pair the pair, with the lagg that the plan will have made
 * @param intent where it leads
 * @param steps what is done, in order
 * @param pointOfNoReturn the index of the first step that is never undone: when that one or a later
 *     one fails the rest is done all the same, because going on is what keeps the guest reachable
 * @param firstUndo what is undone before anything else when a step fails: the VF goes down, which
 *     alone restores the traffic over hn
 * @param expectations what must be true when all steps are done
 * @param fallback what must be true when they have been undone
 * @param notes what an operator should know: what is carried along though rc.conf does not have it
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
