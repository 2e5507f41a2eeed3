package org.hnvf.service;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.PairDependents;
import org.hnvf.model.Plan;
import org.hnvf.model.UserException;

/**
 * The plan for a pair, and the other users of its hn.
 *
 * @param plan the plan; empty if it is refused
 * @param refusal the reason for the refusal, with the remedy
 * @param dependents the other users of the hn
 */
public record Planned(Optional<Plan> plan, Optional<String> refusal, PairDependents dependents) {

  /** Creates the plan of an override script, which knows the other users. */
  static Planned of(Plan plan, InterfaceName hn) {
    return new Planned(
        Optional.of(plan),
        Optional.empty(),
        new PairDependents(hn, ImmutableList.of(), ImmutableList.of()));
  }

  /**
   * Returns the plan.
   *
   * @throws UserException (configuration) if it is refused
   */
  Plan orThrow() throws UserException {
    return plan.orElseThrow(() -> UserException.configuration(refusal.orElseThrow()));
  }
}
