package org.hnvf.workflow;

import java.time.Instant;
import org.hnvf.exec.Timer;
import org.hnvf.journal.Journal;
import org.hnvf.model.Ending;
import org.hnvf.model.HnUnit;
import org.hnvf.model.Intent;
import org.hnvf.model.SystemException;

/**
 * Writes the progress of one run to the journal of its pair. The entry must be written before the
 * first change. A later write may fail, because stopping in the middle would be worse.
 */
final class RunLog {

  private final Journal journal;
  private final Timer timer;
  private final Progress progress;
  private final HnUnit unit;
  private boolean begun;
  private boolean open;

  RunLog(Journal journal, Timer timer, Progress progress, HnUnit unit) {
    this.journal = journal;
    this.timer = timer;
    this.progress = progress;
    this.unit = unit;
  }

  /**
   * Writes the entry.
   *
   * @throws SystemException if it cannot be written and the plan must not start. A plan without
   *     undo (it takes a VF down or repairs a port) and a recovery that rolls back run
   *     nevertheless, because the guest may be cut off until then. A recovery that uses the VF does
   *     not: without an entry each reconciliation would start it again
   */
  void begin(Attempt attempt) throws SystemException {
    if (!attempt.journaled()) {
      progress.says(
          "no journal is written: if hnvf is killed now, the next one cannot tell "
              + "what is missing");
      return;
    }
    Instant now = timer.now();
    try {
      journal.begin(attempt.entry(now));
      begun = true;
      open = true;
    } catch (SystemException e) {
      Intent intent = attempt.plan().intent();
      if (!needsNoUndo(intent) && (attempt.number() == 1 || intent == Intent.USE_LAGG)) {
        throw e;
      }
      progress.says("without a journal: " + e.getMessage());
    }
  }

  private static boolean needsNoUndo(Intent intent) {
    return intent == Intent.HOLD_VF_DOWN || intent == Intent.TIDY;
  }

  void says(String what) {
    if (open) {
      try {
        journal.remark(unit, what);
      } catch (SystemException e) {
        open = false;
        progress.says("the journal cannot be written any more: " + e.getMessage());
      }
    }
  }

  /**
   * Writes the outcome. If it cannot be written, the next reconciliation finds that all is done; if
   * the finished journal cannot be moved, a later reconciliation moves it. The outcome does not
   * change.
   */
  void end(Outcome outcome) {
    if (!begun) {
      return;
    }
    try {
      journal.end(unit, words(outcome));
    } catch (SystemException e) {
      progress.says("the journal could not be closed or moved to the history: " + e.getMessage());
    }
  }

  private static String words(Outcome outcome) {
    if (outcome instanceof Outcome.Done) {
      return Ending.DONE.words();
    }
    if (outcome instanceof Outcome.Incomplete incomplete) {
      return Ending.INCOMPLETE.words(String.join("; ", incomplete.missing()));
    }
    if (outcome instanceof Outcome.VfTaken) {
      return Ending.VF_TAKEN.words();
    }
    if (outcome instanceof Outcome.Refused) {
      return Ending.REFUSED.words(outcome.failures().get(0));
    }
    return Ending.ROLLED_BACK.words(outcome.failures().get(0));
  }
}
