package org.hnvf.lab.compare;

import java.util.Optional;
import org.hnvf.model.Strategy;

/** Who looks after a guest. */
public enum Contender {
  /** The newest scripts of the base system. */
  STOCK("stock", Optional.empty()),
  /** hnvf, moving everything once the VF is up. */
  ON_VF_UP("on-vf-up", Optional.of(Strategy.ON_VF_UP)),
  /** hnvf, moving everything before. */
  BEFORE_VF_UP("before-vf-up", Optional.of(Strategy.BEFORE_VF_UP));

  private final String title;
  private final Optional<Strategy> strategy;

  Contender(String title, Optional<Strategy> strategy) {
    this.title = title;
    this.strategy = strategy;
  }

  String title() {
    return title;
  }

  Optional<Strategy> strategy() {
    return strategy;
  }
}
