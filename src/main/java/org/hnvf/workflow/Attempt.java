package org.hnvf.workflow;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.journal.JournalEntry;
import org.hnvf.model.Action;
import org.hnvf.model.Configuration;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Plan;
import org.hnvf.model.Step;

/**
 * A plan that is about to run, and what is needed to rebuild the guest should its undo fail.
 *
 * @param plan the plan
 * @param rc what rc.conf says
 * @param before what belonged to the pair before the first step
 * @param laggBefore the pair's lagg before the first step
 * @param boot {@code kern.boottime}, as far as it is known
 * @param number 1, or one more for each recovery of the same workflow
 * @param journaled whether it is written down before it begins: always, but for an operator who
 *     wants everything back on hn though the disk is full
 */
public record Attempt(
    Plan plan,
    GuestConfig rc,
    Configuration before,
    Optional<InterfaceName> laggBefore,
    Optional<Instant> boot,
    int number,
    boolean journaled) {

  /** The same, of which nothing is written down. */
  public Attempt withoutJournal() {
    return new Attempt(plan, rc, before, laggBefore, boot, number, false);
  }

  /** Whether the lagg was there before the first step. */
  boolean laggStood() {
    return laggBefore.isPresent();
  }

  /** The pair's lagg: the one that was there, or the one that the plan makes. */
  Optional<InterfaceName> lagg() {
    return laggBefore.or(() -> plan.pair().lagg());
  }

  /** What the journal has of it before the first step. */
  JournalEntry entry(Instant begun) {
    return new JournalEntry(
        plan.pair().unit(),
        boot,
        begun,
        number,
        plan.intent(),
        plan.pair().hn(),
        plan.pair().vf(),
        lagg(),
        laggStood(),
        before,
        steps(),
        Optional.empty());
  }

  private ImmutableList<String> steps() {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    int number = 1;
    for (Step step : plan.steps()) {
      lines.add(number++ + " " + step.name());
      step.actions().stream().map(Action::line).forEach(line -> lines.add("    " + line));
    }
    return lines.build();
  }
}
