package org.hnvf.model;

import java.util.Arrays;
import java.util.Optional;

/** When the configuration moves to the lagg, where hnvf itself brings the VF up. */
public enum Strategy {
  /** After the VF is up, in the shortest critical section. The default. */
  ON_VF_UP("on-vf-up"),
  /**
   * During the VF's delay, while hn still carries the traffic: hnvf builds the lagg over hn alone,
   * and adds the VF to it before it brings the VF up.
   */
  BEFORE_VF_UP("before-vf-up");

  private final String text;

  Strategy(String text) {
    this.text = text;
  }

  /** Its name on the command line and in the configuration file. */
  public String text() {
    return text;
  }

  /** The strategy of this name. */
  public static Optional<Strategy> named(String text) {
    return Arrays.stream(values()).filter(strategy -> strategy.text.equals(text)).findFirst();
  }
}
