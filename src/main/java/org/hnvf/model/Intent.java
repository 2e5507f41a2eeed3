package org.hnvf.model;

import java.util.Locale;

/** The target of a plan for a pair. */
public enum Intent {
  /** The lagg holds the configuration and the VF, where there is one, carries the traffic. */
  USE_LAGG,
  /** The lagg holds the configuration over hn alone; the VF stays down until its delay is over. */
  PREPARE,
  /** The VF is not changed. hnvf removes only a stray dhclient on a lagg port and its address. */
  TIDY,
  /** The VF is out of the lagg and down; hn carries the traffic, wherever the configuration is. */
  HOLD_VF_DOWN,
  /** hn holds its own configuration again, the VF is down, the lagg is gone. */
  RELEASE;

  /** Whether the configuration moves to the lagg, or is there already. */
  public boolean moves() {
    return this == USE_LAGG || this == PREPARE;
  }

  /** Returns the text for the administrator: {@code hold vf down}. */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
