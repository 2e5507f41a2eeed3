package org.hnvf.service;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hnvf.exec.Timer;
import org.hnvf.model.HnUnit;
import org.hnvf.model.Intent;
import org.hnvf.workflow.Outcome;

/**
 * Keeps the last outcome of each pair until its lock is released, and then gives it to the hooks.
 */
final class Outcomes {

  private final Hooks hooks;
  private final Duration limit;
  private final Timer timer;
  private final Map<HnUnit, HookOccasion> last = new ConcurrentHashMap<>();

  Outcomes(Hooks hooks, Duration limit, Timer timer) {
    this.hooks = hooks;
    this.limit = limit;
    this.timer = timer;
  }

  /** Returns the time, which is the begin of a workflow that is about to run. */
  Instant now() {
    return timer.now();
  }

  /** Keeps the outcome of a workflow. */
  void workflow(
      Look before, Look after, Intent intent, String cause, Instant began, Outcome outcome) {
    word(outcome).ifPresent(word -> keep(before, after, word, intent.name(), cause, began));
  }

  /** Keeps the outcome of an override script. */
  void script(Look before, Look after, boolean succeeded, String cause, Instant began) {
    keep(before, after, succeeded ? "done" : "failed", "SCRIPT", cause, began);
  }

  /** Gives the last outcome of the pair to the hooks: its lock has been released. */
  void unlocked(HnUnit unit) {
    HookOccasion occasion = last.remove(unit);
    if (occasion != null) {
      hooks.after(occasion, limit);
    }
  }

  private void keep(
      Look before, Look after, String word, String intent, String cause, Instant began) {
    HookOccasion occasion =
        new HookOccasion(
            after.pair(),
            word,
            before.status().state(),
            after.status().state(),
            intent,
            cause,
            began,
            timer.now());
    last.put(occasion.unit(), occasion);
  }

  private static Optional<String> word(Outcome outcome) {
    if (outcome instanceof Outcome.Done) {
      return Optional.of("done");
    }
    if (outcome instanceof Outcome.RolledBack) {
      return Optional.of("rolled-back");
    }
    if (outcome instanceof Outcome.VfTaken) {
      return Optional.of("vf-taken");
    }
    if (outcome instanceof Outcome.Refused) {
      return Optional.of("refused");
    }
    return outcome instanceof Outcome.Incomplete ? Optional.of("incomplete") : Optional.empty();
  }
}
