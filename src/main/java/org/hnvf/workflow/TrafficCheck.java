package org.hnvf.workflow;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.exec.Timer;
import org.hnvf.guest.Traffic;
import org.hnvf.model.Action;
import org.hnvf.model.Gateway;

/**
 * Looks whether the traffic passes through a VF that has just been brought up: a configuration that
 * stands where it should is of no use when the VF has no link, or passes nothing.
 */
final class TrafficCheck {

  /** A link may need a moment: five looks, 3 s in all. */
  private static final ImmutableList<Duration> PAUSES =
      ImmutableList.of(
          Duration.ofMillis(250),
          Duration.ofMillis(500),
          Duration.ofMillis(1000),
          Duration.ofMillis(1250));

  /**
   * How long the host is waited for that has not switched the data path yet: the hn(4) of 2026 has
   * a task do it, while the host says that the VF's association is allocated. The traffic stays on
   * hn meanwhile. In 10 s all is seen that comes by itself; what comes later is looked at then.
   */
  private static final int POLLS = 20;

  private static final Duration POLL = Duration.ofMillis(500);

  /** How often the gateway is asked for; each time costs two seconds where nothing answers. */
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

  /** Remembers whether the gateway is there now, over the interface that carries the traffic. */
  void see(Gateway gateway) {
    seen.put(host(gateway), traffic.isThere(gateway));
  }

  /** What is wrong; empty where traffic passes. */
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
    // A gateway that did not answer before is no reason to give the VF up; of the gateway of a VLAN
    // it must be known that it did.
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

  /** Waits while it may still become active; one that is no port never will. */
  private Traffic.PortState settled(Action.AwaitTraffic await) {
    Traffic.PortState port = switched(await);
    for (Duration pause : PAUSES) {
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

  /** Waits while the host has not switched the data path. */
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

  /** Whether the pause was not cut short: whoever ends hnvf does not want it to wait. */
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
