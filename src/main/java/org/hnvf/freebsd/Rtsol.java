package org.hnvf.freebsd;

import org.hnvf.model.Command;
import org.hnvf.model.InterfaceName;

/** The argument vectors of rtsol(8). */
public final class Rtsol {

  private Rtsol() {}

  /** Asks for a router's advertisement. Where no router answers it waits about 10 s. */
  public static Command solicit(InterfaceName name) {
    return Command.changing(TimeLimits.RTSOL, "rtsol", name.value());
  }
}
