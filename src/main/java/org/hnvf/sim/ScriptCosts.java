package org.hnvf.sim;

import java.time.Duration;

/** The costs of the scripts around a guest's commands, for a caller that replaces such a script. */
public final class ScriptCosts {

  private ScriptCosts() {}

  /** A program of this name from its start to its end, as {@code costs.json} has it. */
  public static Duration program(String name) {
    return Micros.duration(Costs.recorded().program(name));
  }

  /** From the start of a script of the base system until it does something of its own. */
  public static Duration loading() {
    return Micros.duration(Costs.recorded().loadingScript());
  }

  /** From an event until devd(8) has started what its rule says. */
  public static Duration devdDispatch() {
    return Micros.duration(Costs.recorded().devdDispatch());
  }
}
