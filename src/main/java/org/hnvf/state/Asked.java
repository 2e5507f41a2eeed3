package org.hnvf.state;

import java.util.Optional;
import org.hnvf.model.Intent;

/**
 * The request that a pair's reconciliation answers.
 *
 * @param intent the operator's intent, which applies in every state of the pair; empty if the state
 *     decides
 * @param startsDelay whether a VF has just been attached, so that its delay starts again
 * @param runsScript whether the override script is run in every state and during a back-off
 */
public record Asked(Optional<Intent> intent, boolean startsDelay, boolean runsScript) {

  /** A request without an intent: the pair's state decides. */
  public static final Asked NOTHING = new Asked(Optional.empty(), false, false);
}
