package org.hnvf.freebsd;

import org.hnvf.model.Command;

/** The argument vectors of sysctl(8). */
public final class Sysctl {

  private Sysctl() {}

  /** Reads what hn(4) tells, and the boot time. With {@code -i} a missing name is no error. */
  public static Command hyperV() {
    return Command.reading(
        TimeLimits.SYSCTL,
        "sysctl",
        "-i",
        "hw.hn.vf_transparent",
        "hw.hn.vflist",
        "hw.hn.vfmap",
        "dev.hn",
        "kern.boottime");
  }
}
