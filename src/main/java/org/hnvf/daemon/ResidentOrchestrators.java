package org.hnvf.daemon;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hnvf.model.HnUnit;
import org.hnvf.model.Settings;
import org.hnvf.service.Orchestrator;
import org.hnvf.service.Orchestrators;

/** The daemon's orchestrators with the current settings: one for each pair, one for all. */
final class ResidentOrchestrators {

  private final Orchestrators orchestrators;
  private final Map<HnUnit, Orchestrator> ofPairs = new HashMap<>();
  private Settings settings;
  private Optional<Orchestrator> ofAll = Optional.empty();

  ResidentOrchestrators(Orchestrators orchestrators, Settings settings) {
    this.orchestrators = orchestrators;
    this.settings = settings;
  }

  synchronized Settings settings() {
    return settings;
  }

  /** Replaces the settings. Running reconciliations end with the previous ones. */
  synchronized void settings(Settings others) {
    settings = others;
    ofPairs.clear();
    ofAll = Optional.empty();
  }

  /** Returns the orchestrator of this pair, which keeps the pair's preparation. */
  synchronized Orchestrator of(HnUnit unit) {
    return ofPairs.computeIfAbsent(unit, known -> orchestrators.of(settings, "hn" + known));
  }

  /** Removes the orchestrator of a pair that is gone. */
  synchronized void dismiss(HnUnit unit) {
    ofPairs.remove(unit);
  }

  /** Returns the orchestrator that finds the pairs. */
  synchronized Orchestrator ofAll() {
    Orchestrator all = ofAll.orElseGet(() -> orchestrators.of(settings, "all"));
    ofAll = Optional.of(all);
    return all;
  }

  /**
   * Returns an orchestrator for an operator's verb.
   *
   * @param about the prefix of its messages
   */
  synchronized Orchestrator another(String about) {
    return orchestrators.of(settings, about);
  }
}
