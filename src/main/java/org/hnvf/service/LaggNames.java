package org.hnvf.service;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.plan.Planner;

/** Chooses the lagg name that an override script receives. */
final class LaggNames {

  private final PairConfigSource configs;

  LaggNames(PairConfigSource configs) {
    this.configs = configs;
  }

  /**
   * Returns the pair's lagg, or the name that hnvf would use. Without rc.conf it is not known which
   * names rc.conf uses, so there is no name.
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
   * The name for the script.
   *
   * @param lagg the lagg
   * @param notes why it is absent
   */
  record Told(Optional<InterfaceName> lagg, ImmutableList<String> notes) {}
}
