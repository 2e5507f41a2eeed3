package org.hnvf.service;

import java.util.Arrays;
import org.hnvf.event.DevdEvent;

/**
 * The reason for a reconciliation. An event is only a hint: the decision depends on the snapshot.
 */
public enum Trigger {
  /** A VF was attached (ETHERNET/IFATTACH), and its delay has ended. */
  IFATTACH,
  /** The host switched the data path to the VF (HYPERV_NIC_VF/VF_UP). */
  VF_UP,
  /** The host switched it back, or the VF is gone (HYPERV_NIC_VF/VF_DOWN, IFNET/DETACH). */
  VF_DOWN,
  /** The operator requested it. */
  OPERATOR,
  /** Another event that may concern the pair. */
  OTHER;

  /** Returns the trigger for this event. */
  public static Trigger of(DevdEvent event) {
    if (event instanceof DevdEvent.IfAttach) {
      return IFATTACH;
    }
    if (event instanceof DevdEvent.VfUp) {
      return VF_UP;
    }
    return event instanceof DevdEvent.VfDown ? VF_DOWN : OTHER;
  }

  /** Returns the trigger of this name; {@link #OTHER} for an unknown name. */
  static Trigger named(String name) {
    return Arrays.stream(values()).filter(t -> t.name().equals(name)).findFirst().orElse(OTHER);
  }

  /** Returns whether an override script for VF_UP is due. */
  boolean callsOverride() {
    return this == IFATTACH || this == VF_UP || this == OPERATOR;
  }
}
