package org.hnvf.lab.soak;

import java.util.Optional;

/** Whether a process of hnvf lives. From its death on it can do nothing to the guest. */
final class Life {

  private Optional<KilledError> death = Optional.empty();

  /** To be asked before anything that a process does. */
  void check() {
    if (death.isPresent()) {
      throw death.get();
    }
  }

  /** It has died of this, which is to be thrown. */
  KilledError endedBy(KilledError killed) {
    death = death.or(() -> Optional.of(killed));
    return killed;
  }

  boolean isOver() {
    return death.isPresent();
  }

  /** How it ended. */
  String told() {
    return death.map(Throwable::getMessage).orElse("");
  }
}
