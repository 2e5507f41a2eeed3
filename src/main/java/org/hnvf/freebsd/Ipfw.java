package org.hnvf.freebsd;

import org.hnvf.model.Command;

/** The argument vectors of ipfw(8). */
public final class Ipfw {

  private static final String PROGRAM = "ipfw";

  private Ipfw() {}

  /** The loaded rules. */
  public static Command rules() {
    return Command.reading(TimeLimits.QUESTION, PROGRAM, "list");
  }

  /**
   * The in-kernel NAT instances. If the module for them is not loaded, it fails, and the kernel
   * logs {@code ipfw_ctl3 invalid option 114v1}.
   */
  public static Command nat() {
    return Command.reading(TimeLimits.QUESTION, PROGRAM, "nat", "show", "config");
  }

  /** All tables, those of interfaces among them. */
  public static Command tables() {
    return Command.reading(TimeLimits.QUESTION, PROGRAM, "table", "all", "list");
  }
}
