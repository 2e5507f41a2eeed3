package org.hnvf.lab.sandbox;

import java.time.Duration;
import java.time.Instant;
import org.hnvf.exec.Timer;

/**
 * Lets a guest's time pass with the wall clock. A command takes its time in the guest at once, so
 * the guest may be ahead for a moment; its time then waits for the wall clock's.
 */
final class GuestClock {

  private final Timer guest;
  private final Timer wall;
  private final Instant opened;
  private final Instant origin;

  /**
   * A clock that starts now. A guest whose time is behind goes on from now, as one that was saved;
   * one whose time is ahead keeps it.
   */
  GuestClock(Timer guest, Timer wall) {
    this.guest = guest;
    this.wall = wall;
    this.opened = wall.now();
    this.origin = guest.now().isAfter(opened) ? guest.now() : opened;
  }

  /** Lets everything happen in the guest that is due by now. */
  void catchUp() throws InterruptedException {
    Duration behind = Duration.between(guest.now(), due());
    if (!behind.isNegative() && !behind.isZero()) {
      guest.sleep(behind);
    }
  }

  /** How far the guest is ahead; nothing where it is behind. */
  Duration ahead() {
    Duration ahead = Duration.between(due(), guest.now());
    return ahead.isNegative() ? Duration.ZERO : ahead;
  }

  private Instant due() {
    return origin.plus(Duration.between(opened, wall.now()));
  }
}
