package org.hnvf.lab.soak;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.hnvf.event.DevdEvent;
import org.hnvf.model.InterfaceName;
import org.hnvf.sim.SimulatedGuest;

/**
 * The actions of scripts/event on a line of devd: it calls the daemon, or starts one for the event;
 * and if that leaves a VF up outside a lagg, it takes the VF down. Its own commands take no time
 * here.
 */
final class EventScript {

  /** {@code watch_after} of scripts/event. */
  static final Duration WATCH_AFTER = Duration.ofSeconds(15);

  /** {@code watch_looks} of scripts/event. */
  static final int WATCH_LOOKS = 11;

  /** {@code watch_every} of scripts/event. */
  static final Duration WATCH_EVERY = Duration.ofSeconds(15);

  private final Stage stage;
  private final SimulatedGuest guest;
  private final Resident resident;
  private final OneShots oneShots;
  private final Set<InterfaceName> watched = new HashSet<>();
  private final Set<InterfaceName> served = new HashSet<>();

  EventScript(Stage stage, Resident resident, OneShots oneShots) {
    this.stage = stage;
    this.guest = stage.guest;
    this.resident = resident;
    this.oneShots = oneShots;
  }

  /**
   * A line of devd comes.
   *
   * @param at when it came, which may be in the middle of a look that has just ended
   */
  void event(DevdEvent event, Instant at) {
    if (!isForTheDaemon(event)) {
      return;
    }
    if (resident.tookAndDied(at)) {
      taken(event, "a daemon that was killed then");
    } else if (resident.tell(event)) {
      taken(event, "the daemon");
    } else if (isForAOneShot(event)) {
      stage.timeline.tell(() -> "event: " + event + ", no daemon");
      oneShots.event(event, ended -> rescue(event, ended));
    }
  }

  private void taken(DevdEvent event, String who) {
    stage.timeline.tell(() -> "event: " + event + ", taken by " + who);
    if (event instanceof DevdEvent.VfUp up) {
      watch(up.hn());
    }
  }

  /** As {@code serve_by_daemon}: links of an hn are its own business. */
  private boolean isForTheDaemon(DevdEvent event) {
    if (event instanceof DevdEvent.LinkUp up) {
      return isManaged(up.name());
    }
    return !(event instanceof DevdEvent.LinkDown down && down.name().hnUnit().isPresent());
  }

  /** As {@code serve_interface}. */
  private boolean isForAOneShot(DevdEvent event) {
    if (isTransparent()) {
      return false;
    }
    if (event instanceof DevdEvent.IfAttach attach) {
      return isVf(attach.name());
    }
    if (event instanceof DevdEvent.LinkDown down) {
      return isVf(down.name()) && guest.isUp(down.name().value());
    }
    return !(event instanceof DevdEvent.LinkUp);
  }

  private void rescue(DevdEvent event, boolean ended) {
    if (ended) {
      return;
    }
    if (event instanceof DevdEvent.IfAttach attach) {
      rescue(attach.name());
    } else if (event instanceof DevdEvent.VfUp up) {
      vfOf(up.hn()).ifPresent(this::rescue);
    }
  }

  /** However many events come, one sleeps for each hn. */
  private void watch(InterfaceName hn) {
    if (!hasOverride(hn) && watched.add(hn)) {
      later(WATCH_AFTER, () -> watchEnds(hn));
    }
  }

  private void watchEnds(InterfaceName hn) {
    watched.remove(hn);
    if (isLeftCutOff(hn) && served.add(hn)) {
      stage.timeline.tell(() -> "event script: " + hn + " is cut off, hnvf is started for it");
      stage.timeline.count("event script starts hnvf");
      oneShots.event(
          new DevdEvent.VfUp(hn),
          ended -> {
            if (ended) {
              outlast(hn, WATCH_LOOKS);
            } else {
              giveUp(hn);
            }
          });
    }
  }

  private void outlast(InterfaceName hn, int left) {
    if (!isLeftCutOff(hn)) {
      served.remove(hn);
    } else if (left == 0) {
      giveUp(hn);
    } else {
      later(WATCH_EVERY, () -> outlast(hn, left - 1));
    }
  }

  private void giveUp(InterfaceName hn) {
    served.remove(hn);
    vfOf(hn).ifPresent(this::rescue);
  }

  private void later(Duration delay, Runnable deed) {
    stage.agenda.add(Agenda.Kind.PROCESS, stage.now().plus(delay), deed::run);
  }

  /** Runs {@code ifconfig VF down}, even while another process has the lock. */
  private void rescue(InterfaceName vf) {
    if (cutsOff(vf)) {
      boolean down = GuestFactory.type(guest, "ifconfig " + vf + " down");
      stage.timeline.tell(() -> "event script: " + vf + " down: " + (down ? "done" : "failed"));
      stage.timeline.count("event script takes a VF down");
    }
  }

  private boolean isLeftCutOff(InterfaceName hn) {
    return !hasOverride(hn) && !isTransparent() && vfOf(hn).filter(this::cutsOff).isPresent();
  }

  private boolean cutsOff(InterfaceName vf) {
    return guest.isUp(vf.value()) && !isPort(vf);
  }

  private boolean isPort(InterfaceName name) {
    return guest.interfaces().stream().anyMatch(lagg -> guest.portsOf(lagg).contains(name.value()));
  }

  private boolean hasOverride(InterfaceName hn) {
    return stage.drawn.guest().script() != GuestDraw.Script.NONE
        && hn.equals(GuestFactory.SCRIPTED);
  }

  private boolean isTransparent() {
    return stage.drawn.guest().kernel() == GuestDraw.Kernel.TRANSPARENT;
  }

  private boolean isManaged(InterfaceName name) {
    boolean port = guest.isHn(name.value()) && isPort(name);
    boolean ours = guest.portsOf(name.value()).stream().anyMatch(guest::isHn);
    return !isTransparent() && (port || ours || isVf(name));
  }

  private boolean isVf(InterfaceName name) {
    return guest.isVf(name.value());
  }

  private Optional<InterfaceName> vfOf(InterfaceName hn) {
    OptionalInt unit = guest.unitOf(hn.value());
    return guest.interfaces().stream()
        .flatMap(name -> InterfaceName.of(name).stream())
        .filter(this::isVf)
        .filter(vf -> guest.unitOf(vf.value()).equals(unit))
        .findFirst();
  }

  /** No process of before is there any more. */
  void guestBoots() {
    watched.clear();
    served.clear();
  }
}
