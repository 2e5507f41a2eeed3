package org.hnvf.lab;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.hnvf.event.DevdLine;
import org.hnvf.model.HnvfException;
import org.hnvf.service.Orchestrator;
import org.hnvf.service.Report;
import org.hnvf.service.Trigger;
import org.hnvf.sim.DevdNotice;
import org.hnvf.sim.SimulatedGuest;

/**
 * Stands for devd and the event script between a simulated guest and the orchestrator: what our
 * rules hand over is handed over, in its order, one event after the other.
 */
public final class EventFeed {

  /** The types of event that our devd rules give to hnvf; the script itself answers the others. */
  private static final ImmutableSet<String> HANDED_OVER =
      ImmutableSet.of("IFATTACH", "VF_UP", "VF_DOWN", "DETACH", "RENAME");

  private final SimulatedGuest guest;
  private final Consumer<DevdNotice> witness;
  private final Deque<DevdNotice> waiting = new ArrayDeque<>();

  /**
   * A feed of this guest's events.
   *
   * @param witness is told of each event that will be handed over, when it is collected
   */
  public EventFeed(SimulatedGuest guest, Consumer<DevdNotice> witness) {
    this.guest = guest;
    this.witness = witness;
  }

  /** Collects what has happened by now. */
  public void collect() {
    for (DevdNotice event : guest.drainEvents()) {
      if (HANDED_OVER.stream().anyMatch(type -> event.line().contains(" type=" + type))) {
        waiting.add(event);
        witness.accept(event);
      }
    }
  }

  /** The next event, handed over and worked on to its end; empty where there is none. */
  public Optional<Report> deliverNext(Orchestrator orchestrator, Consumer<Report> audience)
      throws HnvfException {
    collect();
    DevdNotice next = waiting.poll();
    if (next == null) {
      return Optional.empty();
    }
    org.hnvf.event.DevdEvent event = DevdLine.parse(next.line());
    Report report = orchestrator.handle(event);
    audience.accept(report);
    Report last = orchestrator.patiently(report, Trigger.of(event));
    if (!last.equals(report)) {
      audience.accept(last);
    }
    return Optional.of(last);
  }

  /** Hands over until there is nothing left. */
  public void deliverAll(Orchestrator orchestrator, Consumer<Report> audience)
      throws HnvfException {
    while (deliverNext(orchestrator, audience).isPresent()) {
      // Each delivery may have caused further events.
    }
  }
}
