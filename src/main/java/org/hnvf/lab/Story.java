package org.hnvf.lab;

import com.google.common.collect.ImmutableList;
import org.hnvf.model.PairStatus;

/**
 * A whole story.
 *
 * @param lines what happened
 * @param transitions what each transition cost
 * @param pairs the pairs at its end
 */
public record Story(
    ImmutableList<StoryLine> lines,
    ImmutableList<Transition> transitions,
    ImmutableList<PairStatus> pairs) {

  /** Whether every transition led where it should. */
  public boolean succeeded() {
    return transitions.stream().noneMatch(t -> t.state().name().equals("INCONSISTENT"));
  }
}
