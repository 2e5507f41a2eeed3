package org.hnvf.lab.soak;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hnvf.exec.CommandRunner;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.model.Settings;
import org.hnvf.model.Strategy;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.service.Machine;
import org.hnvf.service.Orchestrator;
import org.hnvf.service.Wiring;
import org.hnvf.sim.SimulatedGuest;
import org.hnvf.workflow.Progress;

/** The processes of hnvf on one guest: the one that suffers, and others beside it. */
final class Processes {

  private final SimulatedGuest guest;
  private final Strategy strategy;
  private final Trouble trouble;
  private final Map<String, Object> locks = new HashMap<>();
  private Optional<Orchestrator> alive = Optional.empty();

  Processes(SimulatedGuest guest, Strategy strategy, Trouble trouble) {
    this.guest = guest;
    this.strategy = strategy;
    this.trouble = trouble;
  }

  /** The one that runs, or a new one. */
  Orchestrator hnvf() {
    if (alive.isEmpty()) {
      alive = Optional.of(process(trouble, trouble::fileChange));
    }
    return alive.get();
  }

  /** What it had in its memory is gone, and its locks are free. */
  void die() {
    alive = Optional.empty();
    locks.clear();
  }

  /** Another one, which nothing strikes. */
  Orchestrator another() {
    return process(guest, change -> Optional.empty());
  }

  private Orchestrator process(CommandRunner runner, TroubledFiles.Fate fate) {
    return Wiring.resident(
        new Machine(
            runner,
            new TroubledFiles(new NioDurableFiles(guest.root()), fate, locks),
            guest.timer(),
            guest.root()),
        Settings.DEFAULTS.with(strategy),
        OwnerPolicy.ANYBODY,
        Progress.NONE);
  }
}
