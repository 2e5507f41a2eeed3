package org.hnvf.lab.soak;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hnvf.model.Settings;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.service.Orchestrator;
import org.hnvf.service.Orchestrators;
import org.hnvf.service.Wiring;
import org.hnvf.sim.SimulatedGuest;

/** Starts processes of hnvf on one guest. They share its locks. */
final class Processes {

  private final SimulatedGuest guest;
  private final FaultInjector injector;
  private final Timeline timeline;
  private final Cuts cuts;
  private final Settings settings;
  private final Map<String, Object> locks = new HashMap<>();

  Processes(
      SimulatedGuest guest, Case drawn, FaultInjector injector, Timeline timeline, Cuts cuts) {
    this.cuts = cuts;
    this.guest = guest;
    this.injector = injector;
    this.timeline = timeline;
    Settings own =
        drawn
            .guest()
            .copy()
            .map(copy -> copy.guest().settings())
            .orElseGet(() -> Settings.DEFAULTS.moving(drawn.guest().extras().beside().policy()));
    this.settings = own.with(drawn.guest().strategy()).lookingEvery(drawn.delivery().period());
  }

  /** Returns the settings on this guest. */
  Settings settings() {
    return settings;
  }

  /** One that may be struck. */
  HnvfProcess start() {
    return new HnvfProcess(guest, injector, injector::fileChange, locks, timeline, cuts);
  }

  /** Another one, without faults. */
  Orchestrator unharmed() {
    return oneShot(
        new HnvfProcess(guest, guest, change -> Optional.empty(), locks, timeline, cuts), settings);
  }

  /** Creates the orchestrator of {@code hnvf event} and the operator's verbs. */
  Orchestrator oneShot(HnvfProcess process) {
    return oneShot(process, settings);
  }

  private static Orchestrator oneShot(HnvfProcess process, Settings settings) {
    return Wiring.orchestrator(process.machine(), settings, OwnerPolicy.ANYBODY, process.undo());
  }

  /** Creates the orchestrators of a daemon in this process, for each pair. */
  static Orchestrators residents(HnvfProcess process) {
    return Wiring.residents(process.machine(), OwnerPolicy.ANYBODY, about -> process.undo());
  }

  /** The guest has booted: no process has anything any more. */
  void guestBoots() {
    locks.clear();
  }
}
