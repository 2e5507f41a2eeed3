package org.hnvf.service;

import org.hnvf.exec.Timer;
import org.hnvf.journal.Sightings;
import org.hnvf.model.Sighting;
import org.hnvf.model.SystemException;
import org.hnvf.workflow.Progress;

/** Records the state of a pair at the end of a reconciliation, for the history. */
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
    try {
      sightings.record(
          look.pair().unit(), Sighting.of(timer.now(), look.guest().bootTime(), look.status()));
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
