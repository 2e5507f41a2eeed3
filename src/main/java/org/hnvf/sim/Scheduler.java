package org.hnvf.sim;

import com.google.common.collect.ImmutableList;
import java.util.Comparator;
import java.util.Optional;
import org.hnvf.model.HnUnit;

/** Passes virtual time, and lets everything that is due happen at its instant. */
final class Scheduler {
  private static final long ADVERTISEMENT_INTERVAL = 7 * Micros.SECOND;
  private static final long MIN_DELAY_BETWEEN_ADVERTISEMENTS = 3 * Micros.SECOND;

  private final Kernel kernel;
  private final Dhclients dhclients;
  private final Probe probe;

  Scheduler(Kernel kernel, Dhclients dhclients) {
    this.kernel = kernel;
    this.dhclients = dhclients;
    this.probe = new Probe(kernel);
  }

  private SimState state() {
    return kernel.state();
  }

  /** Hands the kernel's messages to who listens, and looks what has become of reachability. */
  void settle() {
    while (!state().messages.isEmpty()) {
      ImmutableList<KernelMessage> messages = ImmutableList.copyOf(state().messages);
      state().messages.clear();
      messages.forEach(dhclients::hear);
    }
    probe.forgetWhatHasNoRoute();
    kernel.carps().observe();
    probe.observe();
  }

  /** Lets time pass until {@code target}. */
  void advanceTo(long target) {
    settle();
    for (long due = nextDue(); due <= target; due = nextDue()) {
      state().now = Math.max(state().now, due);
      runDue();
      settle();
    }
    state().now = Math.max(state().now, target);
  }

  /** The next instant at which something is due. */
  long nextDue() {
    long due = Math.min(dhclients.nextDue(), Math.min(kernel.inet6().nextDue(), probe.nextDue()));
    for (SimState.Scheduled scheduled : state().scheduled) {
      due = Math.min(due, scheduled.at());
    }
    for (Segment segment : state().segments) {
      if (segment.advertises) {
        due = Math.min(due, segment.nextAdvertisement);
      }
    }
    return due;
  }

  private void runDue() {
    long now = state().now;
    ImmutableList<SimState.Scheduled> actions =
        state().scheduled.stream()
            .filter(s -> s.at() <= now)
            .sorted(
                Comparator.comparingLong(SimState.Scheduled::at)
                    .thenComparingLong(SimState.Scheduled::number))
            .collect(ImmutableList.toImmutableList());
    state().scheduled.removeAll(actions);
    actions.forEach(s -> perform(s.action()));
    kernel.inet6().endDetections();
    for (Segment segment : state().segments) {
      if (segment.advertises && segment.nextAdvertisement <= now) {
        advertise(segment);
      }
    }
    dhclients.runDue();
  }

  void schedule(long at, HostAction action) {
    state().scheduled.add(new SimState.Scheduled(at, state().scheduledSoFar++, action));
  }

  void perform(HostAction action) {
    HnUnit unit = new HnUnit(action.unit());
    boolean on = action.on();
    switch (action.kind()) {
      case PLUG -> kernel.nics().plug(unit, action.text());
      case UNPLUG -> kernel.nics().unplug(unit);
      case VF_CARRIER ->
          kernel.nics().vf(action.unit()).ifPresent(i -> kernel.nics().setCarrier(i, on));
      case HN_LINK ->
          kernel.nics().hn(action.unit()).ifPresent(i -> kernel.nics().setCarrier(i, on));
      case VF_PASSES -> segment(unit).vfPasses = on;
      case VF_PASSES_TAG -> vlan(action).ifPresent(network -> network.vfPasses = on);
      case VLAN_GATEWAY -> vlan(action).ifPresent(network -> network.gatewayThere = on);
      case DHCP -> segment(unit).dhcp = action.dhcp();
      case ADVERTISE -> {
        segment(unit).advertises = on;
        segment(unit).nextAdvertisement = state().now + ADVERTISEMENT_INTERVAL;
      }
      case GATEWAY -> segment(unit).gatewayThere = on;
      case GATEWAY_PINGS -> segment(unit).gatewayPings = on;
      case ASSOCIATION -> {
        segment(unit).associated = on;
        kernel.nics().associationChanged(action.unit());
      }
      case PATH_TASK -> kernel.nics().pathTask(action.unit());
      case NOTIFY -> kernel.devd().line(action.text());
    }
  }

  private Optional<Segment> vlan(HostAction action) {
    return kernel.path().segment(action.unit(), Integer.parseInt(action.text()));
  }

  Segment segment(HnUnit unit) {
    return kernel
        .path()
        .segment(unit.number())
        .orElseThrow(() -> new IllegalArgumentException("the guest has no hn" + unit));
  }

  private void advertise(Segment segment) {
    segment.lastAdvertisement = state().now;
    segment.nextAdvertisement = state().now + ADVERTISEMENT_INTERVAL;
    if (segment.gatewayThere) {
      kernel.path().delivered(segment).ifPresent(i -> kernel.inet6().advertised(i, segment));
    }
  }

  /** Sends a solicited advertisement at once, but not too soon after the last one. */
  void solicited(Segment segment) {
    long earliest =
        segment.lastAdvertisement == 0
            ? state().now
            : Math.max(state().now, segment.lastAdvertisement + MIN_DELAY_BETWEEN_ADVERTISEMENTS);
    segment.nextAdvertisement = Math.min(segment.nextAdvertisement, earliest + Micros.SECOND / 4);
  }
}
