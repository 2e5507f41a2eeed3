package org.hnvf.workflow;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.journal.JournalEntry;
import org.hnvf.journal.StepMarks;
import org.hnvf.model.Action;
import org.hnvf.model.Configuration;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Pair;
import org.hnvf.model.Plan;
import org.hnvf.model.Step;

/**
 * A plan to run, with the data to rebuild the guest if the rollback fails.
 *
 * @param plan the plan
 * @param cause the event or verb that began it, for a person
 * @param rc the configuration in rc.conf
 * @param before the pair's configuration before the first step
 * @param laggBefore the pair's lagg before the first step
 * @param boot {@code kern.boottime}, if known
 * @param number 1, or one more for each recovery of the same workflow
 * @param journaled whether the journal entry is written before the first step; false only if an
 *     administrator requests to move everything back to hn while the disk is full
 */
public record Attempt(
    Plan plan,
    String cause,
    GuestConfig rc,
    Configuration before,
    Optional<InterfaceName> laggBefore,
    Optional<Instant> boot,
    int number,
    boolean journaled) {

  /** Returns a copy without a journal. */
  public Attempt withoutJournal() {
    return new Attempt(plan, cause, rc, before, laggBefore, boot, number, false);
  }

  /** Returns whether the lagg existed before the first step. */
  boolean laggStood() {
    return laggBefore.isPresent();
  }

  /** Returns the pair's lagg: the existing one, or the one that the plan creates. */
  Optional<InterfaceName> lagg() {
    return laggBefore.or(() -> plan.pair().lagg());
  }

  /** Returns the journal entry to write before the first step. */
  JournalEntry entry(Instant begun) {
    return new JournalEntry(
        new Pair(plan.pair().unit(), plan.pair().hn(), plan.pair().vf(), lagg()),
        cause,
        boot,
        begun,
        number,
        plan.intent(),
        laggStood(),
        before,
        steps(),
        Optional.empty());
  }

  private ImmutableList<String> steps() {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    int number = 1;
    for (Step step : plan.steps()) {
      lines.add(number++ + " " + step.name() + StepMarks.of(step));
      step.actions().stream().map(Action::line).forEach(line -> lines.add("    " + line));
    }
    return lines.build();
  }
}
