package org.hnvf.journal;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.model.Configuration;
import org.hnvf.model.HnUnit;
import org.hnvf.model.Intent;
import org.hnvf.model.InterfaceName;

/**
 * What is written down before the first changing command of a workflow: enough to finish it, or to
 * rebuild the guest, from whatever state a dead hnvf left it in. Commands are not among it: a
 * recovery plans anew.
 *
 * @param unit the pair
 * @param boot {@code kern.boottime} then, where it was known
 * @param begun when it began
 * @param attempt 1 for the workflow itself, one more for each recovery of it
 * @param intent where it leads
 * @param hn the synthetic NIC's name then
 * @param vf the VF's name then
 * @param lagg the lagg that stood, or the one that is made
 * @param laggStood whether the lagg was there before the first step
 * @param before what belonged to the pair before the first step
 * @param steps the plan, step by step, to be read by a person
 * @param outcome how it ended; empty while it runs, and where hnvf died in it
 */
public record JournalEntry(
    HnUnit unit,
    Optional<Instant> boot,
    Instant begun,
    int attempt,
    Intent intent,
    InterfaceName hn,
    Optional<InterfaceName> vf,
    Optional<InterfaceName> lagg,
    boolean laggStood,
    Configuration before,
    ImmutableList<String> steps,
    Optional<String> outcome) {

  /** Whether nobody has said how it ended: hnvf died in it. */
  public boolean isCutShort() {
    return outcome.isEmpty();
  }

  /** Whether it ended with something not in its place, which only this entry may know of. */
  public boolean isIncomplete() {
    return outcome.filter(text -> text.startsWith(Journal.INCOMPLETE)).isPresent();
  }

  /** Whether nothing of it is left to be done. */
  boolean isFinished() {
    return !isCutShort() && !isIncomplete();
  }
}
