package org.hnvf.service;

import java.util.Arrays;
import org.hnvf.event.DevdEvent;

/** Why a pair is looked at. An event is only a hint: what is done is decided from what is there. */
public enum Trigger {
  /** A VF was attached (ETHERNET/IFATTACH), and its delay is over. */
  IFATTACH,
  /** The host switched the data path to the VF (HYPERV_NIC_VF/VF_UP). */
  VF_UP,
  /** The host switched it back, or the VF is gone (HYPERV_NIC_VF/VF_DOWN, IFNET/DETACH). */
  VF_DOWN,
  /** The operator said so. */
  OPERATOR,
  /** Something else happened that may concern the pair. */
  OTHER;

  /** Why a pair is looked at after this event. */
  public static Trigger of(DevdEvent event) {
    if (event instanceof DevdEvent.IfAttach) {
      return IFATTACH;
    }
    if (event instanceof DevdEvent.VfUp) {
      return VF_UP;
    }
    return event instanceof DevdEvent.VfDown ? VF_DOWN : OTHER;
  }

  /** The one of this name; {@link #OTHER} where there is none. */
  static Trigger named(String name) {
    return Arrays.stream(values()).filter(t -> t.name().equals(name)).findFirst().orElse(OTHER);
  }

  /** Whether an administrator's script for VF_UP is due now. */
  boolean callsOverride() {
    return this == IFATTACH || this == VF_UP || this == OPERATOR;
  }
}
