package org.hnvf.service;

import org.hnvf.event.DevdEvent;

/**
 * A request to reconcile a pair.
 *
 * @param trigger the reason
 * @param startsDelay whether a VF has just been attached, so that its delay starts again
 */
public record Hint(Trigger trigger, boolean startsDelay) {

  private static final String STARTS_DELAY = "+delay";

  public static final Hint OTHER = new Hint(Trigger.OTHER, false);

  /** The delay of a VF has ended. */
  public static final Hint DELAY_OVER = new Hint(Trigger.IFATTACH, false);

  public static Hint of(DevdEvent event) {
    return new Hint(Trigger.of(event), event instanceof DevdEvent.IfAttach);
  }

  /**
   * Returns the hint that replaces this one and a later one if one reconciliation answers both: the
   * later one, unless only this one runs an override script. The end of a previous delay does not
   * replace the start of another one.
   */
  public Hint then(Hint later) {
    if (trigger.callsOverride() && !later.trigger.callsOverride()) {
      return this;
    }
    return startsDelay && later.equals(DELAY_OVER) ? this : later;
  }

  /** Returns the hint of this text; {@link #OTHER} for an unknown text. */
  static Hint named(String text) {
    return text.endsWith(STARTS_DELAY)
        ? new Hint(Trigger.named(text.substring(0, text.length() - STARTS_DELAY.length())), true)
        : new Hint(Trigger.named(text), false);
  }

  /** Returns the text for {@link #named}. */
  String text() {
    return trigger.name() + (startsDelay ? STARTS_DELAY : "");
  }
}
