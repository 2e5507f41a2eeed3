package org.hnvf.model;

/** Where a plan is to bring a pair. */
public enum Intent {
  /** The lagg holds the configuration and the VF carries the traffic. */
  BOND,
  /** The VF is out of the lagg and down; the configuration stays where it is. */
  HOLD_VF_DOWN,
  /** hn holds its own configuration again, the VF is down, the lagg is gone. */
  RELEASE,
  /** Only what others put in the wrong place is taken away: a stray dhclient and its address. */
  TIDY
}
