package org.hnvf.lab.soak;

import java.time.Duration;
import java.time.Instant;
import org.hnvf.sim.SimulatedGuest;

/** For how long a guest may be cut off because of what struck it. */
final class FaultCauses {

  private final Case drawn;
  private final SimulatedGuest guest;
  private final Instant began;
  private final Bounds bounds;

  FaultCauses(Case drawn, SimulatedGuest guest, Instant began, Bounds bounds) {
    this.drawn = drawn;
    this.guest = guest;
    this.began = began;
    this.bounds = bounds;
  }

  /**
   * Something struck.
   *
   * @param first the first command of the work that it struck in, of the guest's history
   * @param to when that work was over
   */
  void add(FaultInjector.Struck struck, int first, Instant to, Baseline baseline) {
    Duration vlans = Bounds.VLAN.multipliedBy(drawn.guest().vlans());
    bounds.cause(
        struck.fault().toString(), struck.at(), to, struck.limit().plus(Bounds.FAULT).plus(vlans));
    if (struck.where().startsWith("ifconfig ") && struck.where().endsWith(" down")) {
      // The VF leaves its lagg, or hn gets its link back, in another order than it should.
      baseline.units().forEach(unit -> baseline.flapped(unit.number));
    }
    if (struck.fault().kind() == Fault.Kind.VF_WITHOUT_CARRIER) {
      Instant end = began.plus(drawn.latest()).plus(Bounds.REPAIR);
      bounds.cause("a VF without carrier", struck.at(), end, noCarrier(struck, first));
      baseline.units().forEach(unit -> baseline.flapped(unit.number));
    }
  }

  /** In a workflow its check sees it; outside, and on another pair, the next look. */
  private Duration noCarrier(FaultInjector.Struck struck, int first) {
    if (!struck.inWorkflow() || drawn.guest().nics() > 1) {
      return drawn.delivery().period().plus(Bounds.REPAIR);
    }
    boolean looked =
        guest.history().subList(first, guest.history().size()).stream()
            .filter(entry -> entry.started().isBefore(struck.at()))
            .anyMatch(entry -> entry.result().command().line().startsWith("arp -d "));
    Duration seen = Bounds.NO_CARRIER.plus(Bounds.FAULT);
    return looked ? seen.plus(Bounds.UNANSWERED) : seen;
  }
}
