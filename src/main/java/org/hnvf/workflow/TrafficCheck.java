package org.hnvf.workflow;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.exec.Timer;
import org.hnvf.guest.Traffic;
import org.hnvf.model.Action;

/**
 * Checks whether traffic passes through a VF that has just been brought up: the configuration may
 * be correct while the VF has no link or passes no packets.
 */
final class TrafficCheck {

  /** The pauses between five checks, 3 s in total, because a link may need time to come up. */
  private static final ImmutableList<Duration> PAUSES =
      ImmutableList.of(
          Duration.ofMillis(250),
          Duration.ofMillis(500),
          Duration.ofMillis(1000),
          Duration.ofMillis(1250));

  /**
   * The number of polls for the host to switch the data path: the hn(4) of 2026 does it in a task,
   * after the host reports that the VF's association is allocated. The traffic stays on hn
   * meanwhile. A switch without a fault happens within 10 s; a later reconciliation handles a later
   * one.
   */
  private static final int POLLS = 20;

  private static final Duration POLL = Duration.ofMillis(500);

  /** The time that a link may need; a switch of the data path that took longer leaves one pause. */
  private static final Duration LINK_TIME = Duration.ofSeconds(3);

  private final Traffic traffic;
  private final Timer timer;
  private final Progress progress;
  private final Asked asked;
  private Optional<String> note = Optional.empty();

  TrafficCheck(Traffic traffic, Timer timer, Progress progress) {
    this.progress = progress;
    this.traffic = traffic;
    this.timer = timer;
    this.asked = new Asked(traffic);
  }

  /** Records whether the gateway answers now over the interface that carries the traffic. */
  void see(Action.SeeGateway see) {
    asked.see(see);
  }

  /** Records neighbours that answer now over the interface that carries the traffic. */
  void see(Action.SeeNeighbours see) {
    asked.see(see);
  }

  /** Returns the reason why the last check could not say whether traffic passes. */
  ImmutableList<String> notes() {
    return note.stream().collect(ImmutableList.toImmutableList());
  }

  /** Returns the fault; empty if traffic passes. */
  Optional<String> fault(Action.AwaitTraffic await) {
    Traffic.PortState port = settled(await);
    if (port == Traffic.PortState.BEHIND && traffic.isBeforeSwitch(await.unit())) {
      progress.says(
          "the host has not switched the data path to "
              + await.vf()
              + " yet; the traffic stays where it was until it does");
      return Optional.empty();
    }
    if (port != Traffic.PortState.ACTIVE) {
      return Optional.of(
          await.vf()
              + (port == Traffic.PortState.NONE
                  ? " is no port of " + await.lagg()
                  : " does not become the active port of " + await.lagg() + ": it has no link"));
    }
    Asked.Result result = asked.through(await);
    note = result.note();
    return result.fault();
  }

  /**
   * Waits while the VF may still become the active port; an interface that is not a port never
   * does. A VF that has no link when the host switches the data path cuts the guest off from then
   * on, so the time before the switch counts.
   */
  private Traffic.PortState settled(Action.AwaitTraffic await) {
    Instant begun = timer.now();
    Traffic.PortState port = switched(await);
    boolean late = Duration.between(begun, timer.now()).compareTo(LINK_TIME) >= 0;
    for (Duration pause : late ? PAUSES.subList(0, 1) : PAUSES) {
      boolean later = port == Traffic.PortState.BEHIND && traffic.isBeforeSwitch(await.unit());
      if (later || port == Traffic.PortState.ACTIVE || port == Traffic.PortState.NONE) {
        return port;
      }
      if (!paused(pause)) {
        return port;
      }
      port = traffic.port(await.lagg(), await.vf());
    }
    return port;
  }

  /** Waits until the host has switched the data path. */
  private Traffic.PortState switched(Action.AwaitTraffic await) {
    Traffic.PortState port = traffic.port(await.lagg(), await.vf());
    for (int i = 0; i < POLLS && port == Traffic.PortState.BEHIND; i++) {
      if (!traffic.isBeforeSwitch(await.unit())) {
        return port;
      }
      if (!paused(POLL)) {
        return port;
      }
      port = traffic.port(await.lagg(), await.vf());
    }
    return port;
  }

  /** Sleeps; returns false if the thread was interrupted, because hnvf is then being stopped. */
  private boolean paused(Duration pause) {
    try {
      timer.sleep(pause);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
