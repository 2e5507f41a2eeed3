package org.hnvf.service;

import org.hnvf.event.DevdEvent;

/**
 * A request to reconcile a pair.
 *
 * @param trigger the reason
 * @param startsDelay whether a VF has just been attached, so that its delay starts again
 */
public record Hint(Trigger trigger, boolean startsDelay) {

  public static final Hint OTHER = new Hint(Trigger.OTHER, false);

  /** The delay of a VF has ended. */
  public static final Hint DELAY_OVER = new Hint(Trigger.IFATTACH, false);

  public static Hint of(DevdEvent event) {
    return new Hint(Trigger.of(event), event instanceof DevdEvent.IfAttach);
  }

  /**
   * Returns the hint that replaces this one and a later one if one reconciliation answers both: the
   * later one, unless only this one runs an override script.
   */
  public Hint then(Hint later) {
    return trigger.callsOverride() && !later.trigger.callsOverride() ? this : later;
  }
}
