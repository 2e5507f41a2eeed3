package org.hnvf.workflow;

import java.util.Optional;
import org.hnvf.model.Configuration;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Plan;

/**
 * A plan that is about to run, and what is needed to rebuild the guest should its undo fail.
 *
 * @param plan the plan
 * @param rc what rc.conf says
 * @param before what belonged to the pair before the first step
 * @param laggBefore the pair's lagg before the first step
 */
public record Attempt(
    Plan plan, GuestConfig rc, Configuration before, Optional<InterfaceName> laggBefore) {

  /** Whether the lagg was there before the first step. */
  boolean laggStood() {
    return laggBefore.isPresent();
  }

  /** The pair's lagg: the one that was there, or the one that the plan makes. */
  Optional<InterfaceName> lagg() {
    return laggBefore.or(() -> plan.pair().lagg());
  }
}
