package org.hnvf.workflow;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.exec.Timer;
import org.hnvf.guest.Traffic;
import org.hnvf.model.Action;
import org.hnvf.model.Gateway;

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

  /** The number of gateway probes; each one takes two seconds without an answer. */
  private static final int TRIES = 2;

  private final Traffic traffic;
  private final Timer timer;
  private final Progress progress;
  private final Map<String, Boolean> seen = new HashMap<>();

  TrafficCheck(Traffic traffic, Timer timer, Progress progress) {
    this.progress = progress;
    this.traffic = traffic;
    this.timer = timer;
  }

  /** Records whether the gateway answers now over the interface that carries the traffic. */
  void see(Gateway gateway) {
    seen.put(host(gateway), traffic.isThere(gateway));
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
    // Do not give the VF up because of a gateway that did not answer before; the gateway of a VLAN
    // counts only if it is known to have answered.
    return Stream.concat(
            await.gateway().stream().filter(gateway -> seen.getOrDefault(host(gateway), true)),
            await.ofVlans().stream().filter(gateway -> seen.getOrDefault(host(gateway), false)))
        .filter(gateway -> !answers(gateway))
        .map(gateway -> "the gateway " + gateway + " does not answer through " + await.vf())
        .findFirst();
  }

  private boolean answers(Gateway gateway) {
    for (int i = 0; i < TRIES; i++) {
      if (traffic.answersAnew(gateway)) {
        return true;
      }
    }
    return false;
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

  private static String host(Gateway gateway) {
    int zone = gateway.address().indexOf('%');
    return zone < 0 ? gateway.address() : gateway.address().substring(0, zone);
  }
}
