package org.hnvf.journal;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.model.Configuration;
import org.hnvf.model.Ending;
import org.hnvf.model.HnUnit;
import org.hnvf.model.Intent;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Pair;

/**
 * The entry that is written before the first changing command of a workflow: the data to finish it,
 * or to rebuild the guest, after hnvf was killed at any moment. It contains no commands: a recovery
 * makes a new plan.
 *
 * @param pair the pair with its names at that time; its lagg is the existing one, or the one that
 *     the workflow creates
 * @param cause the event or verb that began it, for a person
 * @param boot {@code kern.boottime} at that time, if known
 * @param begun when the workflow began
 * @param attempt 1 for the workflow itself, one more for each recovery of it
 * @param intent its target
 * @param laggStood whether the lagg existed before the first step
 * @param before the pair's configuration before the first step
 * @param steps the plan, step by step, for a person
 * @param outcome the outcome; empty while the workflow runs, and if hnvf was killed in it
 */
public record JournalEntry(
    Pair pair,
    String cause,
    Optional<Instant> boot,
    Instant begun,
    int attempt,
    Intent intent,
    boolean laggStood,
    Configuration before,
    ImmutableList<String> steps,
    Optional<String> outcome) {

  /** Returns the pair's unit. */
  public HnUnit unit() {
    return pair.unit();
  }

  /** Returns the existing lagg, or the one that the workflow creates. */
  public Optional<InterfaceName> lagg() {
    return pair.lagg();
  }

  /** Returns whether the entry has no outcome: hnvf was killed in the workflow. */
  public boolean isCutShort() {
    return outcome.isEmpty();
  }

  /**
   * Returns whether the workflow ended incomplete; only this entry may contain the missing part.
   */
  public boolean isIncomplete() {
    return outcome.filter(text -> Ending.of(text) == Ending.INCOMPLETE).isPresent();
  }

  /** Returns whether the workflow needs no further step. */
  boolean isFinished() {
    return !isCutShort() && !isIncomplete();
  }
}
