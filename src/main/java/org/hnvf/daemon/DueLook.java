package org.hnvf.daemon;

import com.google.common.collect.ImmutableMap;
import org.hnvf.model.HnUnit;
import org.hnvf.model.InterfaceName;
import org.hnvf.service.Hint;

/** Something to be done now, on a thread of its own. */
sealed interface DueLook {

  /** One pair is to be looked at. */
  record Pair(HnUnit unit, Hint hint) implements DueLook {}

  /**
   * The guest is to be looked at, to see which pairs are to be looked at.
   *
   * @param names interfaces of which something was told
   * @param everything whether all pairs are
   */
  record Round(ImmutableMap<InterfaceName, Hint> names, boolean everything) implements DueLook {}
}
