package org.hnvf.freebsd;

import org.hnvf.model.Command;
import org.hnvf.model.InterfaceName;

/** The argument vectors of rtsol(8). */
public final class Rtsol {

  private Rtsol() {}

  /** Solicits a router advertisement. It waits about 10 s if no router answers. */
  public static Command solicit(InterfaceName name) {
    return Command.changing(TimeLimits.RTSOL, "rtsol", name.value());
  }
}
