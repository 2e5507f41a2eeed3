package org.hnvf.model;

/** When the configuration moves to the lagg, where hnvf itself brings the VF up. */
public enum Strategy {
  /** Everything after the VF is up, in the shortest critical section. The default. */
  ON_VF_UP,
  /**
   * While the VF's delay runs and hn still carries the traffic: the lagg is built over hn alone,
   * and the VF joins it before it is brought up.
   */
  BEFORE_VF_UP
}
