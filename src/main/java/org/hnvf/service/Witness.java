package org.hnvf.service;

import java.time.Instant;
import java.util.Optional;
import org.hnvf.exec.Timer;
import org.hnvf.journal.Sightings;
import org.hnvf.model.CommandResult;
import org.hnvf.model.HnUnit;
import org.hnvf.model.PastScript;
import org.hnvf.model.Sighting;
import org.hnvf.model.SystemException;
import org.hnvf.workflow.Progress;

/**
 * Records for the history the state of a pair at the end of a reconciliation, and each run of an
 * override script.
 */
final class Witness {

  private final Sightings sightings;
  private final Timer timer;
  private final Progress progress;
  private String told = "";

  Witness(Sightings sightings, Timer timer, Progress progress) {
    this.sightings = sightings;
    this.timer = timer;
    this.progress = progress;
  }

  /**
   * Records the state if it has changed. A failure is reported once and changes nothing else: no
   * decision depends on the history.
   */
  void saw(Look look) {
    record(
        () ->
            sightings.record(
                look.pair().unit(),
                Sighting.of(timer.now(), look.guest().bootTime(), look.status())));
  }

  /** Records a run of an override script, which has just ended. */
  void ran(HnUnit unit, String path, CommandResult result) {
    Instant began = timer.now().minus(result.elapsed());
    Optional<String> failure =
        result.succeeded() ? Optional.empty() : Optional.of(result.summary());
    record(() -> sightings.record(unit, new PastScript(began, result.elapsed(), path, failure)));
  }

  /** A record to be written. */
  @FunctionalInterface
  private interface Entry {
    void write() throws SystemException;
  }

  private void record(Entry entry) {
    try {
      entry.write();
      told = "";
    } catch (SystemException e) {
      String failure = String.valueOf(e.getMessage());
      if (!failure.equals(told)) {
        told = failure;
        progress.says("the state could not be recorded in the history: " + failure);
      }
    }
  }
}
