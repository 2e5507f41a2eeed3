package org.hnvf.state;

import java.util.Optional;
import org.hnvf.model.Intent;

/**
 * What a look at a pair was asked for.
 *
 * @param intent what an operator wants done whatever the pair is; empty where the pair decides
 * @param startsDelay whether a VF has just been attached, so that its delay starts anew
 */
public record Asked(Optional<Intent> intent, boolean startsDelay) {

  /** Nothing in particular: what is to be done follows from what the pair is. */
  public static final Asked NOTHING = new Asked(Optional.empty(), false);
}
