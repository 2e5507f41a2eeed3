package org.hnvf.freebsd;

import org.hnvf.model.Command;

/** The argument vectors of ps(1). */
public final class Ps {

  private Ps() {}

  /** Shows process id and full command of every process, without a heading. */
  public static Command all() {
    return Command.reading(TimeLimits.PS, "ps", "-axww", "-o", "pid=", "-o", "command=");
  }
}
