package org.hnvf.service;

import org.hnvf.event.DevdEvent;

/**
 * That a pair should be looked at, and why.
 *
 * @param trigger why
 * @param startsDelay whether a VF has just been attached, so that its delay starts anew
 */
public record Hint(Trigger trigger, boolean startsDelay) {

  public static final Hint OTHER = new Hint(Trigger.OTHER, false);

  /** The delay of a VF is over. */
  public static final Hint DELAY_OVER = new Hint(Trigger.IFATTACH, false);

  public static Hint of(DevdEvent event) {
    return new Hint(Trigger.of(event), event instanceof DevdEvent.IfAttach);
  }

  /**
   * What is left of this and a later one, where both are answered by one look: the later one,
   * unless only this one calls an administrator's script.
   */
  public Hint then(Hint later) {
    return trigger.callsOverride() && !later.trigger.callsOverride() ? this : later;
  }
}
