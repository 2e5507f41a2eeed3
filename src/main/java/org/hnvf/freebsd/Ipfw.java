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

  /** The in-kernel NAT instances; fails if the module for them is not loaded. */
  public static Command nat() {
    return Command.reading(TimeLimits.QUESTION, PROGRAM, "nat", "show", "config");
  }

  /** All tables, those of interfaces among them. */
  public static Command tables() {
    return Command.reading(TimeLimits.QUESTION, PROGRAM, "table", "all", "list");
  }
}
