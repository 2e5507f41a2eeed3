package org.hnvf.lab.compare;

import com.google.common.collect.ImmutableList;

/**
 * The cost of one occasion.
 *
 * @param contender the program that looked after the guest
 * @param kind the configuration of the guest
 * @param nics the number of its NICs
 * @param start what started the work
 * @param occasion the occasion
 * @param cuts the worst of all NICs, for each view
 * @param processesInCut processes from hn's joining, or after the VF came up, until the first
 *     address and the default route exist
 * @param processes all of them, for all NICs
 */
public record Result(
    Contender contender,
    Kind kind,
    int nics,
    Start start,
    Occasion occasion,
    ImmutableList<Cut> cuts,
    int processesInCut,
    int processes) {

  /** The worst of all views. */
  Cut worst() {
    return cuts.stream().reduce(Cut::or).orElseThrow();
  }

  /** The cut of this view. */
  Cut cut(String view) {
    return cuts.stream().filter(c -> c.view().equals(view)).findFirst().orElseThrow();
  }
}
