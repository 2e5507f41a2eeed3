package org.hnvf.daemon;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hnvf.model.HnUnit;
import org.hnvf.model.Settings;
import org.hnvf.service.Orchestrator;
import org.hnvf.service.Orchestrators;

/** The daemon's orchestrators under the settings in force: one for each pair, one for all. */
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

  /** From now on others hold. What is under way ends with those it began with. */
  synchronized void settings(Settings others) {
    settings = others;
    ofPairs.clear();
    ofAll = Optional.empty();
  }

  /** The one that remembers what it has prepared for this pair. */
  synchronized Orchestrator of(HnUnit unit) {
    return ofPairs.computeIfAbsent(unit, known -> orchestrators.of(settings, "hn" + known));
  }

  /** The pair is gone. */
  synchronized void dismiss(HnUnit unit) {
    ofPairs.remove(unit);
  }

  /** The one that looks which pairs there are. */
  synchronized Orchestrator ofAll() {
    Orchestrator all = ofAll.orElseGet(() -> orchestrators.of(settings, "all"));
    ofAll = Optional.of(all);
    return all;
  }

  /**
   * One for what an operator wants.
   *
   * @param about what to put before what is told
   */
  synchronized Orchestrator another(String about) {
    return orchestrators.of(settings, about);
  }
}
