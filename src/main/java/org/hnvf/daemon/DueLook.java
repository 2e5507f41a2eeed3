package org.hnvf.daemon;

import com.google.common.collect.ImmutableMap;
import org.hnvf.model.HnUnit;
import org.hnvf.model.InterfaceName;
import org.hnvf.service.Hint;

/** A task that is due, on its own thread. */
sealed interface DueLook {

  /** One pair is to be reconciled. */
  record Pair(HnUnit unit, Hint hint) implements DueLook {}

  /**
   * The guest is to be read, to find the pairs to reconcile.
   *
   * @param names the interfaces of events
   * @param everything whether all pairs are to be reconciled
   */
  record Round(ImmutableMap<InterfaceName, Hint> names, boolean everything) implements DueLook {}
}
