package org.hnvf.lab.compare;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hnvf.event.DevdEvent;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.lab.EventFeed;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Settings;
import org.hnvf.model.Strategy;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.service.Machine;
import org.hnvf.service.Orchestrator;
import org.hnvf.service.Report;
import org.hnvf.service.Trigger;
import org.hnvf.service.Wiring;
import org.hnvf.sim.ScriptCosts;
import org.hnvf.sim.SimulatedGuest;
import org.hnvf.workflow.Progress;

/** hnvf. */
final class HnvfCare implements Caretaker {

  private static final Duration HALF_A_DELAY = Duration.ofSeconds(1);

  private final SimulatedGuest guest;
  private final Host host;
  private final Start start;
  private final Orchestrator orchestrator;
  private final EventFeed feed;

  HnvfCare(SimulatedGuest guest, int nics, Start start, Strategy strategy) {
    this.guest = guest;
    this.host = new Host(guest, nics);
    this.start = start;
    this.orchestrator =
        Wiring.orchestrator(
            new Machine(guest, new NioDurableFiles(guest.root()), guest.timer(), guest.root()),
            Settings.DEFAULTS.with(strategy),
            OwnerPolicy.ANYBODY,
            Progress.NONE);
    this.feed = new EventFeed(guest, event -> {});
  }

  @Override
  public void live(Occasion occasion) throws HnvfException, InterruptedException {
    switch (occasion) {
      case BRING_UP, BACK -> {
        host.plug(occasion);
        tell(() -> attached(occasion));
      }
      case REVOKED -> {
        host.unplug();
        tell(() -> each(orchestrator::vfDown));
      }
      case FAILOVER -> each(hn -> orchestrator.failover(hn, Optional.empty()));
      case FAILBACK -> each(orchestrator::failback);
      case RELEASE -> each(orchestrator::release);
      case UP_BY_OTHERS -> {
        host.plug(occasion);
        for (int unit = 0; unit < host.nics(); unit++) {
          host.bringUp(Host.driver(occasion) + unit);
          if (start == Start.DIRECTLY) {
            orchestrator.vfUp(new HnUnit(unit).driverName());
          }
        }
        tell(() -> {});
      }
      case UP_DURING_DELAY -> {
        host.plug(occasion);
        for (int unit = 0; unit < host.nics(); unit++) {
          orchestrator.handle(
              new DevdEvent.IfAttach(new InterfaceName(Host.driver(occasion) + unit)));
        }
        guest.timer().sleep(HALF_A_DELAY);
        for (int unit = 0; unit < host.nics(); unit++) {
          host.bringUp(Host.driver(occasion) + unit);
          orchestrator.handle(new DevdEvent.VfUp(new HnUnit(unit).driverName()));
        }
        guest.drainEvents();
      }
    }
  }

  /** A verb for one pair. */
  @FunctionalInterface
  private interface Verb {
    Report on(InterfaceName hn) throws HnvfException;
  }

  /** The work without an event script. */
  @FunctionalInterface
  private interface Work {
    void run() throws HnvfException;
  }

  private void tell(Work directly) throws HnvfException, InterruptedException {
    if (start == Start.DIRECTLY) {
      directly.run();
      guest.drainEvents();
      return;
    }
    do {
      guest.timer().sleep(betweenEventAndHnvf());
    } while (feed.deliverNext(orchestrator, report -> {}).isPresent());
  }

  /**
   * devd starts the event script, a sh that runs sysctl(8) and passes the event to the resident
   * hnvf. A Java that is started for it takes longer; that time is measured, not simulated.
   */
  private static Duration betweenEventAndHnvf() {
    return ScriptCosts.devdDispatch()
        .plus(ScriptCosts.program("sh"))
        .plus(ScriptCosts.program("sysctl"))
        .plus(ScriptCosts.program("nc"));
  }

  private void attached(Occasion occasion) throws HnvfException {
    List<Report> reports = new ArrayList<>();
    for (int unit = 0; unit < host.nics(); unit++) {
      reports.add(orchestrator.attach(new InterfaceName(Host.driver(occasion) + unit)));
    }
    for (Report report : reports) {
      orchestrator.patiently(report, Trigger.IFATTACH);
    }
  }

  private void each(Verb verb) throws HnvfException {
    for (int unit = 0; unit < host.nics(); unit++) {
      verb.on(new HnUnit(unit).driverName());
    }
  }
}
