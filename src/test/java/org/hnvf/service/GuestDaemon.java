package org.hnvf.service;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hnvf.daemon.Daemon;
import org.hnvf.daemon.FactLog;
import org.hnvf.event.DevdLine;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Settings;
import org.hnvf.model.Strategy;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.sim.DevdNotice;
import org.hnvf.workflow.Progress;

/**
 * A daemon on a simulated guest: one thread, virtual time. devd's lines are delivered every 50 ms.
 */
final class GuestDaemon {

  private static final Duration SLICE = Duration.ofMillis(50);

  final Guest guest;
  final Daemon daemon;
  final List<String> log = new ArrayList<>();
  Optional<Settings> configured = Optional.empty();

  /** The defaults, but for these two. */
  static Settings settings(Strategy strategy, Duration lookEvery) {
    return new Settings(
        strategy,
        lookEvery,
        Settings.DEFAULTS.scriptTimeLimit(),
        Settings.DEFAULTS.hookTimeLimit(),
        Settings.DEFAULTS.holdFirst(),
        Settings.DEFAULTS.holdLongest(),
        Settings.DEFAULTS.logLevel(),
        Settings.DEFAULTS.moving(),
        Settings.DEFAULTS.reporting());
  }

  GuestDaemon(Guest guest, Settings settings) {
    this.guest = guest;
    Machine machine = new Machine(guest.sim, guest.files, guest.sim.timer(), guest.sim.root());
    this.daemon =
        new Daemon(
            machine.timer(),
            Runnable::run,
            Wiring.residents(machine, OwnerPolicy.ANYBODY, about -> Progress.NONE),
            settings,
            () -> configured.orElse(settings),
            FactLog.lines(log::add));
  }

  static GuestDaemon of(Guest guest) {
    return new GuestDaemon(guest, Settings.DEFAULTS);
  }

  static GuestDaemon of(Guest guest, Strategy strategy) {
    return new GuestDaemon(guest, Settings.DEFAULTS.with(strategy));
  }

  /** Lets virtual time pass; what happens in it is told. */
  GuestDaemon run(Duration duration) throws HnvfException, InterruptedException {
    Instant end = guest.sim.timer().now().plus(duration);
    while (guest.sim.timer().now().isBefore(end)) {
      tellAll();
      Instant next = guest.sim.timer().now().plus(SLICE);
      daemon.runUntil(next.isBefore(end) ? next : end);
      if (daemon.fatal().isPresent()) {
        return this;
      }
    }
    return this;
  }

  void tellAll() throws HnvfException {
    for (DevdNotice event : guest.sim.drainEvents()) {
      boolean unused = daemon.tell(DevdLine.parse(event.line()));
    }
  }

  /** The same, but no event arrives. */
  GuestDaemon runDeaf(Duration duration) throws InterruptedException {
    daemon.runUntil(guest.sim.timer().now().plus(duration));
    guest.sim.drainEvents();
    return this;
  }

  long processes() {
    return guest.sim.history().size();
  }
}
