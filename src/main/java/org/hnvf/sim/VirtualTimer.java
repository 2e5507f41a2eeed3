package org.hnvf.sim;

import java.time.Duration;
import java.time.Instant;
import org.hnvf.exec.Timer;

/** The guest's clock: to sleep is to let virtual time pass, and all that is due in it happen. */
final class VirtualTimer implements Timer {
  private final SimState state;
  private final Scheduler engine;

  VirtualTimer(SimState state, Scheduler engine) {
    this.state = state;
    this.engine = engine;
  }

  @Override
  public Instant now() {
    synchronized (state) {
      return Micros.instant(state.now);
    }
  }

  @Override
  public void sleep(Duration duration) {
    synchronized (state) {
      engine.advanceTo(state.now + Math.max(0, Micros.of(duration)));
    }
  }
}
