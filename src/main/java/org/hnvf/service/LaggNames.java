package org.hnvf.service;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.plan.Planner;

/** Which lagg an administrator's script is told of. */
final class LaggNames {

  private final PairConfigSource configs;

  LaggNames(PairConfigSource configs) {
    this.configs = configs;
  }

  /**
   * The pair's lagg, or the one that hnvf would make. Without rc.conf nobody knows which names it
   * has a use for, and hnvf would make none.
   */
  Told of(Look look) {
    if (look.pair().lagg().isPresent()) {
      return new Told(look.pair().lagg(), ImmutableList.of());
    }
    try {
      return new Told(
          Optional.of(Planner.freeLagg(look.guest(), look.pair(), configs.rc(look.pair().hn()))),
          ImmutableList.of());
    } catch (HnvfException e) {
      return new Told(
          Optional.empty(),
          ImmutableList.of("HNVF_LAGG is empty for the script: " + e.getMessage()));
    }
  }

  /**
   * What the script is told.
   *
   * @param lagg the lagg
   * @param notes why there is none
   */
  record Told(Optional<InterfaceName> lagg, ImmutableList<String> notes) {}
}
