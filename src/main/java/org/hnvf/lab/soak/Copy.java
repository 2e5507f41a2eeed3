package org.hnvf.lab.soak;

import org.hnvf.model.HnUnit;

/**
 * A copied guest, and what is tried on it.
 *
 * @param unit the hn that gets VFs
 * @param refused whether hnvf refuses to move its configuration, so that its VF is never used
 * @param configured what rc.conf gives it; what of that is not there hnvf may add
 */
record Copy(CopiedGuest guest, HnUnit unit, boolean refused, Baseline configured) {

  @Override
  public String toString() {
    return "a copy, hn" + unit + (refused ? ", whose VF is refused" : "");
  }
}
