package org.hnvf.service;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.PairDependents;
import org.hnvf.model.Plan;
import org.hnvf.model.UserException;

/**
 * What would be done about a pair now, and who else uses its hn.
 *
 * @param plan what would be done; empty where it is refused
 * @param refusal why it is refused, and what can be done about it
 * @param dependents who else uses the hn
 */
public record Planned(Optional<Plan> plan, Optional<String> refusal, PairDependents dependents) {

  /** An administrator's script does it, and knows what else there is. */
  static Planned of(Plan plan, InterfaceName hn) {
    return new Planned(
        Optional.of(plan),
        Optional.empty(),
        new PairDependents(hn, ImmutableList.of(), ImmutableList.of()));
  }

  /**
   * The plan.
   *
   * @throws UserException (configuration) where it is refused
   */
  Plan orThrow() throws UserException {
    return plan.orElseThrow(() -> UserException.configuration(refusal.orElseThrow()));
  }
}
