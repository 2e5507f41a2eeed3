package org.hnvf.control;

import java.util.Locale;
import org.hnvf.model.Intent;

/** The verbs whose plans can be shown, by their words on the command line. */
public enum PlannedVerb {
  /** {@code vf-up}. */
  VF_UP(Intent.USE_LAGG),
  /** {@code vf-down}. */
  VF_DOWN(Intent.TIDY),
  /** {@code failover}. */
  FAILOVER(Intent.HOLD_VF_DOWN),
  /** {@code release}. */
  RELEASE(Intent.RELEASE);

  private final Intent intent;

  PlannedVerb(Intent intent) {
    this.intent = intent;
  }

  /** Returns the intent of the verb. */
  public Intent intent() {
    return intent;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
